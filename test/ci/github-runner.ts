import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { load } from "js-yaml";
import { type Contexts, fill, holds, type Status } from "./expression.ts";
import { runScript } from "./shell.ts";

type Step = {
  readonly id?: string;
  readonly name?: string;
  readonly if?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
};
type Job = {
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
};

/** A workflow as it is written. */
export type Workflow = { readonly on: Readonly<Record<string, unknown>>; readonly jobs: Readonly<Record<string, Job>> };

/** What happened on GitHub. */
export type GithubEvent = {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  /** A ref of the remote repository, which is checked out. */
  readonly ref: string;
  readonly runId: number;
  readonly event?: object;
  readonly baseRef?: string;
  readonly secrets: Readonly<Record<string, string>>;
};

/** A machine for one job. */
export type GithubMachine = {
  /** The folder that holds the checkout and everything that runs leave; a new one for each run. */
  readonly folder: string;
  /** The address of the bare repository. */
  readonly remote: string;
  /** Where artifacts are kept, as RUN/NAME/FILE. */
  readonly artifacts: string;
  readonly env: Readonly<Record<string, string>>;
  /** Told before each step; the function that it gets interrupts the step. */
  readonly onStep?: (name: string, interrupt: () => void) => void;
};

/** A job that was run. */
export type RanJob = {
  readonly job: string;
  readonly status: Status;
  readonly log: string;
  readonly summary: string;
  /** By name; skipped ones too. */
  readonly outcomes: Readonly<Record<string, string>>;
};

/** Runs the jobs of a workflow that an event starts, step by step as GitHub's runner does. */
export async function runWorkflow(machine: GithubMachine, event: GithubEvent): Promise<readonly RanJob[]> {
  const checkout = join(machine.folder, "checkout");
  const script = `git init -q "$CHECKOUT" && cd "$CHECKOUT" && git remote add origin "$REMOTE" && git fetch -q origin "$REF" && git checkout -q --detach FETCH_HEAD`;
  const env = { ...machine.env, CHECKOUT: checkout, REMOTE: machine.remote, REF: event.ref };
  const { code, output } = await runScript(script, { cwd: machine.folder, env });
  if (code !== 0) throw new Error(output);
  const workflow = load(readFileSync(join(checkout, ".github/workflows/cairn.yml"), "utf8")) as Workflow;
  if (!(event.name in workflow.on)) return [];
  const sha = (await runScript("git rev-parse HEAD", { cwd: checkout, env })).output.trim();
  const github = {
    event_name: event.name,
    ref: event.ref,
    sha,
    token: "the-job-token",
    event: event.event ?? {},
    repository: "shop/infra",
  };
  const ran: RanJob[] = [];
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (holds(job.if, { github }, "success")) ran.push(await runJob({ machine, event, github, checkout }, name, job));
  }
  return ran;
}

type Place = {
  readonly machine: GithubMachine;
  readonly event: GithubEvent;
  readonly github: Contexts;
  readonly checkout: string;
};

async function runJob(place: Place, name: string, job: Job): Promise<RanJob> {
  const { machine, event, github } = place;
  const files = runnerFiles(machine.folder);
  const secrets = { ...event.secrets };
  const jobEnv = filled(job.env, { github, secrets });
  const state = { status: "success" as Status, log: "", steps: {} as Record<string, object> };
  const outcomes: Record<string, string> = {};
  for (const step of job.steps) {
    const contexts = { github, secrets, env: jobEnv, steps: state.steps };
    const label = step.name ?? step.uses ?? step.run ?? "";
    if (!holds(step.if, contexts, state.status)) {
      outcomes[label] = "skipped";
      if (step.id !== undefined) state.steps[step.id] = { outcome: "skipped", outputs: {} };
      continue;
    }
    writeFileSync(files.output, "");
    const env = { ...jobEnv, ...filled(step.env, contexts) };
    const { outcome, output } = await runStep(place, files, step, { label, env, contexts });
    outcomes[label] = outcome;
    state.log += `## ${label}\n${output}\n`;
    if (state.status === "success") state.status = outcome;
    if (step.id !== undefined) state.steps[step.id] = { outcome, outputs: outputsIn(files.output) };
  }
  return { job: name, status: state.status, log: state.log, summary: readFileSync(files.summary, "utf8"), outcomes };
}

type Files = ReturnType<typeof runnerFiles>;

function runnerFiles(folder: string) {
  const temp = join(folder, "runner-temp");
  mkdirSync(temp, { recursive: true });
  const file = (name: string): string => {
    writeFileSync(join(temp, name), "");
    return join(temp, name);
  };
  return { temp, output: file("output"), summary: file("summary"), path: file("path") };
}

type StepEnd = { readonly outcome: Status; readonly output: string };

async function runStep(
  place: Place,
  files: Files,
  step: Step,
  { label, env, contexts }: { label: string; env: Readonly<Record<string, string>>; contexts: Contexts },
): Promise<StepEnd> {
  const { machine, checkout } = place;
  if (step.uses !== undefined) return runAction(place, step, contexts);
  const added = readFileSync(files.path, "utf8").trim().split("\n").reverse().join(":");
  const runner = {
    ...machine.env,
    PATH: `${added === "" ? "" : `${added}:`}${machine.env["PATH"]}`,
    ...defaultVariables(place, files),
    ...env,
  };
  const seen = { interrupted: false };
  const { code, output } = await runScript(step.run ?? "", {
    cwd: checkout,
    env: runner,
    onStart: (stop) =>
      machine.onStep?.(label, () => {
        seen.interrupted = true;
        stop("tell the shell");
      }),
  });
  return {
    outcome: seen.interrupted ? "cancelled" : code === 0 ? "success" : "failure",
    output: `${output}exit ${code}`,
  };
}

function defaultVariables({ event, github }: Place, files: Files): Record<string, string> {
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "shop/infra",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_REF: event.ref,
    GITHUB_SHA: String(github["sha"]),
    GITHUB_BASE_REF: event.baseRef ?? "",
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_PATH: files.path,
    RUNNER_TEMP: files.temp,
  };
}

/** The actions that the workflow uses, as far as it uses them. */
async function runAction({ machine, event, checkout }: Place, step: Step, contexts: Contexts): Promise<StepEnd> {
  const settings = filled(step.with as Record<string, string> | undefined, contexts);
  const [action] = (step.uses ?? "").split("@");
  if (action === "actions/setup-node") return { outcome: "success", output: "" };
  if (action === "actions/checkout") {
    const depth = settings["fetch-depth"] === "0" ? "" : "--depth=1";
    const script = `rm -rf .git && git init -q . && git remote add origin "$REMOTE"
      git fetch -q ${depth} origin "+$REF:refs/remotes/pull/merge" ${depth === "" ? '"+refs/heads/*:refs/remotes/origin/*"' : ""}
      git checkout -q --force --detach refs/remotes/pull/merge && git clean -q -ffdx`;
    const env = { ...machine.env, REMOTE: `file://${machine.remote}`, REF: event.ref };
    const { code, output } = await runScript(script, { cwd: checkout, env });
    return { outcome: code === 0 ? "success" : "failure", output };
  }
  if (action === "actions/upload-artifact") return keepArtifact(machine, event, checkout, settings);
  throw new Error(`the workflow uses ${action}, which is not played here`);
}

function keepArtifact(
  { artifacts }: GithubMachine,
  { runId }: GithubEvent,
  checkout: string,
  settings: Readonly<Record<string, string>>,
): StepEnd {
  const { name = "", path = "" } = settings;
  const folder = join(artifacts, String(runId), name);
  const single = join(checkout, path.replace("*.json", "ledger.json"));
  if (!existsSync(single)) {
    return { outcome: settings["if-no-files-found"] === "error" ? "failure" : "success", output: `no ${path}` };
  }
  cpSync(single, join(folder, basename(single)), { recursive: true });
  appendFileSync(join(artifacts, "list"), `${runId} ${name}\n`);
  return { outcome: "success", output: `kept ${name}` };
}

function outputsIn(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

function filled(env: Readonly<Record<string, string>> = {}, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, fill(String(text), contexts)]));
}
