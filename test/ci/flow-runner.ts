import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { runScript } from "./shell.ts";

type Step = { readonly step: string; readonly with: { readonly run: string } };
type Job = { readonly condition?: string; readonly steps: Readonly<Record<string, Step>> };
type Pipeline = {
  readonly stages: Readonly<Record<string, { readonly jobs: Readonly<Record<string, Job>> }>>;
};

/** Where a pipeline runs. */
export type FlowMachine = {
  readonly folder: string;
  readonly remote: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Runs a pipeline of Flow on a branch, stage by stage, each job in a checkout of its own; the first failure ends it. */
export async function runFlow(
  { folder, remote, env }: FlowMachine,
  file: string,
  branch: string,
): Promise<{ readonly code: number; readonly log: string }> {
  const source = await checkout(join(folder, "source"), { folder, remote, env }, "main");
  const { stages } = load(readFileSync(join(source.path, file), "utf8")) as Pipeline;
  const jobs = Object.values(stages).flatMap((stage) => Object.entries(stage.jobs));
  let log = "";
  for (const [name, job] of jobs) {
    const { path, commit } = await checkout(join(folder, name), { folder, remote, env }, branch);
    const variables = { CI_COMMIT_REF_NAME: branch, CI_COMMIT_SHA: commit };
    if (job.condition !== undefined && !conditionHolds(job.condition, variables)) continue;
    for (const { step, with: settings } of Object.values(job.steps)) {
      if (step !== "Command") throw new Error(`the pipeline uses ${step}, which is not played here`);
      const { code, output } = await runScript(settings.run, { cwd: path, env: { ...env, ...variables } });
      log += `## ${name}\n${output}exit ${code}\n`;
      if (code !== 0) return { code, log };
    }
  }
  return { code: 0, log };
}

async function checkout(path: string, { folder, remote, env }: FlowMachine, branch: string) {
  const script = 'git clone -q --single-branch --branch "$BRANCH" "$REMOTE" "$CLONE" && git -C "$CLONE" rev-parse HEAD';
  const variables = { ...env, BRANCH: branch, REMOTE: remote, CLONE: path };
  const { code, output } = await runScript(script, { cwd: folder, env: variables });
  if (code !== 0) throw new Error(output);
  return { path, commit: output.trim() };
}

/** `"${A}" == "x"` */
function conditionHolds(condition: string, variables: Readonly<Record<string, string>>): boolean {
  const [, name, value] = /^"\$\{(\w+)\}" == "([^"]*)"\s*$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`cannot read the condition ${condition}`);
  return variables[name] === value;
}
