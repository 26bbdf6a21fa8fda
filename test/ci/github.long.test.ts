import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectsIn } from "../cli/shop.ts";
import { applied, changesIn } from "./applied.ts";
import { type Github, openGithub } from "./github.ts";
import { type PackageRegistry, servePackage } from "./package-registry.ts";
import { keys } from "./repository.ts";

let registry: PackageRegistry;
beforeAll(async () => {
  registry = await servePackage();
}, 240_000);
afterAll(() => registry.close());

function commentsOn(github: Github, number: number): readonly string[] {
  return (github.state().comments[number] ?? []).map(({ body }) => body);
}

/** Everything that stands in files below a folder. */
function textsIn(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => readFileSync(file, "latin1")).join("\n");
}

describe("the workflow for GitHub", { timeout: 240_000 }, () => {
  it("shows the plan of a pull request in one comment, and applies exactly that when it is merged", async () => {
    const github = await openGithub(registry);
    const { state, emulator } = github;
    github.edit("cairn.yaml", "replicas: 2", "replicas: 3");
    github.propose("more");
    const first = await github.pullRequest(7, "more");
    expect(first.status, first.log).toBe("success");
    expect(commentsOn(github, 7)).toEqual([expect.stringContaining("4 to create")]);
    expect(first.summary).toContain("4 to create");
    expect(changesIn(github)).toEqual([]);

    github.git("checkout -q more");
    github.edit("cairn.yaml", "replicas: 3", "replicas: 4");
    github.propose("more", "four");
    const second = await github.pullRequest(7, "more");
    expect(second.status, second.log).toBe("success");
    expect(commentsOn(github, 7)).toEqual([expect.stringMatching(/^<!-- cairn:shop -->\n[\s\S]*4/)]);

    const merged = await github.mergePullRequest("more", 7);
    expect(merged.status, merged.log).toBe("success");
    expect(merged.outcomes).toMatchObject({ "Plan what nobody has reviewed": "skipped", Apply: "success" });
    expect(merged.summary).toContain("4 done");
    expect(objectsIn(emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1, Service: 1 });
    expect(Object.keys(github.ledger())).toEqual(["ledger.json", "snapshot.json"]);
    const left = [first, second, merged].map(({ log, summary }) => log + summary).join("\n");
    const kept = textsIn(join(github.base, "artifacts")) + JSON.stringify([state(), github.ledger()]);
    for (const text of [left, kept]) expect(text).not.toContain(keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET);
  });

  it("plans and checks a pull request from a fork without any secret, against what the last apply has seen", async () => {
    const early = await openGithub(registry);
    early.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    early.propose("five");
    const checked = await early.pullRequest(1, "five", { fork: true });
    expect(checked.status, checked.log).toBe("success");
    expect(checked.log).toContain("::notice::nothing has been applied yet");

    const github = await applied(registry);
    github.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    github.propose("five");
    const { status, log, summary, outcomes } = await github.pullRequest(8, "five", { fork: true });
    expect(status, log).toBe("success");
    expect(summary).toContain("1 to update");
    expect(outcomes).toMatchObject({ Plan: "skipped", "Keep the plan": "skipped", Comment: "skipped" });
    expect(github.emulator.calls()).toEqual([]);
    expect(github.state().calls.filter(([word]) => word !== "api")).toEqual([]);

    // What nobody has planned with credentials is planned after the merge, and applied by that plan.
    const merged = await github.mergePullRequest("five", 8);
    expect(merged.outcomes).toMatchObject({ "Plan what nobody has reviewed": "success", Apply: "success" });
    expect(changesIn(github)).toEqual(["UpdateEnvironment"]);
  });

  it("takes no plan that a fork has kept under the name of another pull request's", async () => {
    const github = await applied(registry);
    github.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    const head = github.propose("five");
    await github.pullRequest(8, "five", { fork: true });
    github.change((now) => {
      const run = { id: 666, head_sha: head, head_repository_id: 2, repository_id: 1 };
      now.artifacts.unshift({ name: `plan-${head}`, expired: false, workflow_run: run });
    });
    const { status, log } = await github.mergePullRequest("five", 8);
    expect(status, log).toBe("success");
    expect(github.state().calls.filter(([word]) => word === "run")).toEqual([]);
  });

  it("does nothing but check where no secrets are set", async () => {
    const github = await openGithub(registry);
    const { status, outcomes } = await github.onMain("push", { fork: true });
    expect(status).toBe("success");
    expect(outcomes).toMatchObject({
      "Check the manifests": "success",
      Apply: "skipped",
      "Save the ledger": "skipped",
    });
    expect((await github.onMain("schedule", { fork: true })).status).toBe("success");
    expect(github.emulator.calls()).toEqual([]);
  });

  it("tells a mistake at its line and in the comment, and plans nothing", async () => {
    const github = await openGithub(registry);
    github.edit("manifests/app.yaml", "bizCode: JST", "bizCode: SHOP");
    github.propose("mistake");
    const { status, log, outcomes } = await github.pullRequest(2, "mistake");
    expect(status).toBe("failure");
    expect(log).toMatch(/::error file=manifests\/app\.yaml,line=7/);
    expect(outcomes).toMatchObject({ Plan: "skipped", Comment: "success" });
    expect(commentsOn(github, 2)).toEqual([expect.stringContaining('got "SHOP"')]);
    expect(github.emulator.calls()).toEqual([]);
  });

  it("shows what a guard forbids, and refuses to apply it", async () => {
    const github = await applied(registry);
    github.git("rm -q manifests/app.yaml manifests/deploy-config.yaml manifests/environment.yaml");
    github.edit("cairn.yaml", "maxDeletes: 5", "maxDeletes: 1");
    github.git("add -A");
    github.propose("gone");
    const reviewed = await github.pullRequest(3, "gone");
    expect(reviewed.status, reviewed.log).toBe("success");
    expect(commentsOn(github, 3)).toEqual([expect.stringContaining("Apply will refuse this")]);
    const { status, log } = await github.mergePullRequest("gone", 3);
    expect(status).toBe("failure");
    expect(log).toMatch(/E_GUARD[\s\S]*exit 4/);
    expect(changesIn(github)).toEqual([]);
  });
});
