import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { load } from "js-yaml";
import { runScript, type ScriptEnd } from "./shell.ts";

type Job = {
  readonly rules: readonly { readonly if: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
  readonly artifacts?: {
    readonly when?: string;
    readonly paths?: readonly string[];
    readonly reports?: Readonly<Record<string, string>>;
  };
};
type Common = { readonly before_script: readonly string[] };

/** What starts a pipeline: its variables, and the ref of the repository that it works on. */
export type GitlabEvent = { readonly ref: string; readonly variables: Readonly<Record<string, string>> };

/** Where a job runs. */
export type GitlabMachine = {
  readonly folder: string;
  readonly remote: string;
  /** Where the artifacts of this job go. */
  readonly artifacts: string;
  readonly env: Readonly<Record<string, string>>;
  /** Gets what kills the script and all that it has started, as a cancellation does in a container. */
  readonly onStart?: (kill: () => void) => void;
};

/** A job that was run. */
export type RanGitlabJob = { readonly job: string; readonly code: number; readonly log: string };

const keywords = new Set(["image", "variables", "default"]);

/** Runs the one job that an event starts, as GitLab's runner does: before_script and script in one shell, after_script in another. */
export async function runGitlabJob(machine: GitlabMachine, event: GitlabEvent): Promise<RanGitlabJob> {
  const checkout = join(machine.folder, "checkout");
  await mustRun(
    `git clone -q "$REMOTE" "$CHECKOUT" && cd "$CHECKOUT" && git fetch -q origin "$REF" && git checkout -q FETCH_HEAD`,
    {
      cwd: machine.folder,
      env: { ...machine.env, CHECKOUT: checkout, REMOTE: machine.remote, REF: event.ref },
    },
  );
  const { common, jobs } = pipelineIn(checkout);
  const commit = (await mustRun("git rev-parse HEAD", { cwd: checkout, env: machine.env })).output.trim();
  const variables = { CI: "true", CI_COMMIT_SHA: commit, CI_PROJECT_DIR: checkout, ...event.variables };
  const started = Object.entries(jobs).filter(([, { rules }]) => rules.some((rule) => ruleHolds(rule.if, variables)));
  const [first, ...others] = started;
  if (first === undefined || others.length > 0) throw new Error(`${started.length} jobs start`);
  const [name, job] = first;
  const own = mapped(job.variables ?? {}, (text) => expanded(text, variables));
  const env = { ...machine.env, ...variables, ...own };
  const { onStart } = machine;
  const script = [...common.before_script, ...job.script].join("\n");
  const main = await runScript(script, {
    cwd: checkout,
    env,
    onStart: (stop) => onStart?.(() => stop("kill everything")),
  });
  const after = await runScript((job.after_script ?? []).join("\n"), { cwd: checkout, env });
  keepArtifacts(job, main.code === 0, checkout, machine.artifacts);
  return { job: name, code: main.code, log: `${main.output}exit ${main.code}\n## after_script\n${after.output}` };
}

function pipelineIn(folder: string): { readonly common: Common; readonly jobs: Readonly<Record<string, Job>> } {
  const written = load(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8")) as Readonly<Record<string, unknown>>;
  const jobs = Object.entries(written).filter(([name]) => !keywords.has(name));
  return { common: written["default"] as Common, jobs: Object.fromEntries(jobs) as Readonly<Record<string, Job>> };
}

async function mustRun(script: string, world: Parameters<typeof runScript>[1]): Promise<ScriptEnd> {
  const end = await runScript(script, world);
  if (end.code !== 0) throw new Error(end.output);
  return end;
}

/** `$A == "x" && $B == $C`: what the rules of the pipeline are made of. */
function ruleHolds(rule: string, variables: Readonly<Record<string, string>>): boolean {
  return rule.split("&&").every((part) => {
    const [left, right, ...more] = part.split("==").map((side) => side.trim());
    if (left === undefined || right === undefined || more.length > 0) throw new Error(`cannot read the rule ${rule}`);
    return sideOf(left, variables) === sideOf(right, variables);
  });
}

function sideOf(text: string, variables: Readonly<Record<string, string>>): string {
  if (/^"[^"$]*"$/.test(text)) return text.slice(1, -1);
  if (/^\$\w+$/.test(text)) return variables[text.slice(1)] ?? "";
  throw new Error(`cannot read ${text} of a rule`);
}

function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? "");
}

function mapped(values: Readonly<Record<string, string>>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, change(text)]));
}

function keepArtifacts({ artifacts = {} }: Job, succeeded: boolean, checkout: string, folder: string): void {
  const { when = "on_success", paths = [], reports = {} } = artifacts;
  if (when !== "always" && (when === "on_success") !== succeeded) return;
  for (const path of [...paths, ...Object.values(reports)]) {
    const file = path.replace("*.json", "ledger.json");
    if (!existsSync(join(checkout, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(checkout, file), join(folder, file));
  }
}
