import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GithubEvent, type GithubMachine, type RanJob, runWorkflow } from "./github-runner.ts";
import type { PackageRegistry } from "./package-registry.ts";
import { keys, openRepository, type Repository } from "./repository.ts";

type Comment = { readonly id: number; readonly user: { readonly login: string }; readonly body: string };
type Issue = { readonly number: number; readonly state: string; readonly body: string };

/** What GitHub holds, as the stub of `gh` keeps it. */
export type GithubState = {
  lastId: number;
  calls: string[][];
  comments: Record<string, Comment[]>;
  issues: Issue[];
  labels: string[];
  /** Pull requests by the commit that they led to. */
  pulls: Record<string, object[]>;
  artifacts: object[];
};

/** The repository on a GitHub that is played: pull requests, merges and nights happen by function calls. */
export type Github = Repository & {
  state(): GithubState;
  change(change: (state: GithubState) => void): void;
  /** The review of a pull request; `fork` takes away what forks do not get. */
  pullRequest(number: number, branch: string, options?: Options): Promise<RanJob>;
  /** Merges a branch, which was a pull request unless `number` is left out, and runs what follows. */
  mergePullRequest(branch: string, number?: number, options?: Options): Promise<RanJob>;
  /** What else starts on main. */
  onMain(name: "push" | "schedule" | "workflow_dispatch", options?: Options): Promise<RanJob>;
};

/** How a run differs: without secrets, or watched. */
export type Options = Pick<GithubMachine, "onStep"> & { readonly fork?: boolean };

/** A new project on a GitHub of its own. */
export async function openGithub(registry: PackageRegistry): Promise<Github> {
  const repository = await openRepository(registry);
  const { base, remote, env, git } = repository;
  for (const file of ["stub-gh.mjs", "gh-answers.mjs"]) cpSync(join("test/ci", file), join(base, "tools", file));
  writeFileSync(join(base, "tools/gh"), `#!/bin/sh\nexec node "${join(base, "tools/stub-gh.mjs")}" "$@"\n`);
  chmodSync(join(base, "tools/gh"), 0o755);
  const stateFile = join(base, "github.json");
  const artifacts = join(base, "artifacts");
  const empty: GithubState = { lastId: 1, calls: [], comments: {}, issues: [], labels: [], pulls: {}, artifacts: [] };
  writeFileSync(stateFile, JSON.stringify(empty));
  const state = (): GithubState => JSON.parse(readFileSync(stateFile, "utf8"));
  const change: Github["change"] = (act) => {
    const now = state();
    act(now);
    writeFileSync(stateFile, JSON.stringify(now));
  };
  const runs = { count: 100 };
  const run = async (event: Omit<GithubEvent, "runId" | "secrets">, { fork = false, ...watched }: Options) => {
    runs.count += 1;
    const machine = {
      ...{ folder: repository.machine(), remote, artifacts, ...watched },
      env: { ...env, GH_STATE: stateFile, GH_ARTIFACTS: artifacts },
    };
    const [ran, ...others] = await runWorkflow(machine, { ...event, runId: runs.count, secrets: fork ? {} : keys });
    if (ran === undefined || others.length > 0) throw new Error(`${event.name} does not start one job`);
    return ran;
  };
  const pullRequest: Github["pullRequest"] = async (number, branch, options = {}) => {
    const head = git(`rev-parse ${branch}`).trim();
    // GitHub tries the merge and lets the workflow see its result.
    git(`checkout -q --detach main`);
    git(`merge -q --no-ff --no-edit ${branch}`);
    git(`push -q -f origin HEAD:refs/pull/${number}/merge`);
    git("checkout -q main");
    const event = { pull_request: { number, head: { sha: head } } };
    const ref = `refs/pull/${number}/merge`;
    const ran = await run({ name: "pull_request", ref, event, baseRef: "main" }, options);
    const id = runs.count;
    if (existsSync(join(artifacts, String(id), `plan-${head}`))) {
      change((now) => {
        const ids = { id, head_sha: head, head_repository_id: 1, repository_id: 1 };
        now.artifacts.unshift({ name: `plan-${head}`, expired: false, workflow_run: ids });
      });
    }
    return ran;
  };
  const onMain: Github["onMain"] = (name, options = {}) => run({ name, ref: "refs/heads/main" }, options);
  const mergePullRequest: Github["mergePullRequest"] = async (branch, number, options = {}) => {
    const head = git(`rev-parse ${branch}`).trim();
    const commit = repository.merge(branch);
    if (number !== undefined) {
      change((now) => {
        now.pulls[commit] = [{ number, merged_at: "2026-11-30T10:00:00Z", head: { sha: head } }];
      });
    }
    return onMain("push", options);
  };
  return { ...repository, state, change, pullRequest, mergePullRequest, onMain };
}
