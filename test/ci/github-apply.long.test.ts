import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectsIn } from "../cli/shop.ts";
import { applied, changesIn, scale } from "./applied.ts";
import { openGithub } from "./github.ts";
import { type PackageRegistry, servePackage } from "./package-registry.ts";

let registry: PackageRegistry;
beforeAll(async () => {
  registry = await servePackage();
}, 240_000);
afterAll(() => registry.close());

const one = { App: 1, DeployConfig: 1, Environment: 1, Service: 1 };

describe("the workflow for GitHub, where an apply meets trouble", { timeout: 240_000 }, () => {
  it("refuses a plan that is out of date, and applies a new one by hand", async () => {
    const github = await applied(registry);
    github.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    github.propose("five");
    expect((await github.pullRequest(4, "five")).status).toBe("success");
    scale(github, 9);
    const refused = await github.mergePullRequest("five", 4);
    expect(refused.status).toBe("failure");
    expect(refused.log).toMatch(/E_STALE_PLAN[\s\S]*wanted 5, was 2, is 9[\s\S]*exit 4/);
    expect(refused.summary).toContain("E_STALE_PLAN");
    expect(changesIn(github)).toEqual([]);
    const byHand = await github.onMain("workflow_dispatch");
    expect(byHand.status, byHand.log).toBe("success");
    expect(byHand.outcomes).toMatchObject({ "Find the plan that was reviewed": "skipped" });
    expect(changesIn(github)).toEqual(["UpdateEnvironment"]);
  });

  it("saves the ledger of an apply that failed, and the next run goes on from there", async () => {
    const github = await openGithub(registry);
    github.emulator.setFaults({ rules: [{ match: { action: "CreateService" }, effect: "refused" }] });
    const failed = await github.onMain("push");
    expect(failed.status).toBe("failure");
    expect(failed.outcomes).toMatchObject({ Apply: "failure", "Save the ledger": "success" });
    expect(failed.log).toContain("exit 3");
    expect(Object.keys(github.ledger())).toEqual(["ledger.json"]);
    expect(Object.keys(JSON.parse(github.ledger()["ledger.json"] ?? "").entries)).toHaveLength(3);
    github.emulator.setFaults({ rules: [] });
    changesIn(github);
    const { status, log } = await github.onMain("workflow_dispatch");
    expect(status, log).toBe("success");
    expect(changesIn(github)).toEqual(["CreateService"]);
    expect(objectsIn(github.emulator)).toMatchObject(one);
  });

  it("finishes what is in flight when it is cancelled, and saves the ledger", async () => {
    const github = await openGithub(registry);
    github.emulator.setFaults({ rules: [{ match: { action: "CreateApp" }, effect: "latency", ms: 1000 }] });
    const cancelled = await github.onMain("push", {
      onStep: (name, interrupt) => {
        if (name !== "Apply") return;
        const look = setInterval(() => {
          if (!github.emulator.calls().some(({ action }) => action === "CreateApp")) return;
          clearInterval(look);
          interrupt();
        }, 20);
      },
    });
    expect(cancelled.status).toBe("cancelled");
    expect(cancelled.log).toContain("SIGINT: finishing what is in flight");
    expect(cancelled.outcomes).toMatchObject({ "Save the ledger": "success" });
    expect(Object.keys(JSON.parse(github.ledger()["ledger.json"] ?? "").entries)).toEqual(["App/shop"]);
    github.emulator.setFaults({ rules: [] });
    const { status, log } = await github.onMain("workflow_dispatch");
    expect(status, log).toBe("success");
    expect(objectsIn(github.emulator)).toMatchObject(one);
  });

  it("never pushes over a ledger that somebody else has saved, and keeps its own beside the run", async () => {
    const github = await applied(registry);
    const before = github.ledger();
    github.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    github.propose("five");
    const late = await github.mergePullRequest("five", undefined, {
      onStep: (name) => {
        if (name !== "Apply") return;
        github.git("fetch -q origin cairn-ledger");
        const tree = github.git("rev-parse FETCH_HEAD^{tree}").trim();
        const commit = github.git(`commit-tree -p FETCH_HEAD -m theirs ${tree}`).trim();
        github.git(`push -q origin ${commit}:refs/heads/cairn-ledger`);
      },
    });
    expect(late.status).toBe("failure");
    expect(late.outcomes).toMatchObject({ Apply: "success", "Save the ledger": "failure" });
    expect(late.log).toContain("the ledger could not be pushed: another run has saved one meanwhile");
    expect(github.ledger()).toEqual(before);
    const kept = readFileSync(join(github.base, "artifacts/list"), "utf8").trim().split("\n").at(-1)?.split(" ");
    expect(kept?.[1]).toBe("ledger");
    expect(existsSync(join(github.base, "artifacts", ...(kept ?? []), "ledger.json"))).toBe(true);
  });
});

describe("the workflow for GitHub, every night", { timeout: 240_000 }, () => {
  it("keeps one issue as long as there is drift", async () => {
    const github = await applied(registry);
    const night = async () => {
      const { status, log } = await github.onMain("schedule");
      expect(status, log).toBe("success");
      return github.state().issues.map(({ state, body }) => ({ state, body }));
    };
    expect(await night()).toEqual([]);
    scale(github, 9);
    const nine = expect.stringMatching(/^<!-- cairn:shop:drift -->[\s\S]*9/);
    expect(await night()).toEqual([{ state: "open", body: nine }]);
    scale(github, 7);
    expect(await night()).toEqual([{ state: "open", body: expect.stringMatching(/cairn:shop:drift[\s\S]*7/) }]);
    scale(github, 2);
    expect(await night()).toEqual([{ state: "closed", body: expect.anything() }]);
    expect(changesIn(github)).toEqual([]);
  });

  it("fails, and leaves the issue alone, where the cloud cannot be compared", async () => {
    const github = await applied(registry);
    scale(github, 9);
    await github.onMain("schedule");
    const { issues } = github.state();
    github.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const { status, log, outcomes } = await github.onMain("schedule");
    expect([status, outcomes["Compare"]]).toEqual(["failure", "failure"]);
    expect(log).toContain("E_REFUSED");
    expect(github.state().issues).toEqual(issues);
  });
});
