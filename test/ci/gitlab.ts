import { join } from "node:path";
import { type GitlabMachine, type RanGitlabJob, runGitlabJob } from "./gitlab-runner.ts";
import { type GitlabServer, gitlabToken, serveGitlab } from "./gitlab-server.ts";
import type { PackageRegistry } from "./package-registry.ts";
import { keys, openRepository, type Repository } from "./repository.ts";

/** The repository on a GitLab that is played, with one merge request: !5. */
export type Gitlab = Repository & {
  readonly server: GitlabServer;
  /** The pipeline of !5; `fork` takes away what forks do not get, of a private project also the right to read it. */
  mergeRequest(branch: string, fork?: boolean | "of a private project"): Promise<RanGitlabJob>;
  /** Merges a branch, which was !5 unless `direct` says otherwise, and runs what follows. */
  mergeBranch(branch: string, direct?: boolean): Promise<RanGitlabJob>;
  /** What else starts on main. */
  onMain(source: "push" | "web" | "schedule", options?: Options): Promise<RanGitlabJob>;
};

/** How a run differs: without variables, or watched. */
export type Options = Pick<GitlabMachine, "onStart"> & { readonly bare?: boolean };

/** A new project on a GitLab of its own. */
export async function openGitlab(registry: PackageRegistry): Promise<Gitlab> {
  const repository = await openRepository(registry);
  const { base, remote, env } = repository;
  const artifacts = join(base, "artifacts");
  const server = await serveGitlab(artifacts);
  const { state } = server;
  const jobs = { count: 0 };
  const predefined = {
    CI_API_V4_URL: server.url,
    CI_PROJECT_ID: "42",
    CI_PROJECT_URL: remote.replace(/\.git$/, ""),
    CI_DEFAULT_BRANCH: "main",
  };
  const run = (ref: string, variables: Readonly<Record<string, string>>, options: Options = {}) => {
    jobs.count += 1;
    const secrets = options.bare === true ? {} : { ...keys, CAIRN_TOKEN: gitlabToken };
    const machine = {
      ...options,
      folder: repository.machine(),
      remote,
      artifacts: join(artifacts, String(jobs.count)),
    };
    return runGitlabJob(
      { ...machine, env: { ...env, ...secrets } },
      { ref, variables: { ...predefined, ...variables } },
    );
  };
  const mergeRequest: Gitlab["mergeRequest"] = async (branch, fork = false) => {
    const variables = {
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_IID: "5",
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_MERGE_REQUEST_PROJECT_ID: "42",
      CI_MERGE_REQUEST_PROJECT_URL: fork === "of a private project" ? "/nowhere" : predefined.CI_PROJECT_URL,
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: fork === false ? "42" : "43",
      // The pipeline of a fork is the fork's own.
      ...(fork !== false ? { CI_PROJECT_ID: "43", CI_PROJECT_URL: "/nowhere" } : {}),
    };
    const ran = await run(branch, variables, { bare: fork !== false });
    const id = jobs.count;
    state.pipelines.push({ id: id * 10, project_id: fork === false ? 42 : 43 });
    state.jobs[id * 10] = [{ id, name: ran.job, status: ran.code === 0 ? "success" : "failed" }];
    return ran;
  };
  const onMain: Gitlab["onMain"] = (source, options) =>
    run("main", { CI_PIPELINE_SOURCE: source, CI_COMMIT_BRANCH: "main" }, options);
  const mergeBranch: Gitlab["mergeBranch"] = async (branch, direct = false) => {
    const commit = repository.merge(branch);
    if (!direct) state.requests[commit] = [{ iid: 5, state: "merged" }];
    return onMain("push");
  };
  return { ...repository, server, mergeRequest, mergeBranch, onMain };
}
