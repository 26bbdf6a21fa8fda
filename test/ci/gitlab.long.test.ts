import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectsIn } from "../cli/shop.ts";
import { changesIn, scale } from "./applied.ts";
import { type Gitlab, openGitlab } from "./gitlab.ts";
import { gitlabToken } from "./gitlab-server.ts";
import { type PackageRegistry, servePackage } from "./package-registry.ts";
import { keys } from "./repository.ts";

let registry: PackageRegistry;
beforeAll(async () => {
  registry = await servePackage();
}, 240_000);
afterAll(() => registry.close());

const one = { App: 1, DeployConfig: 1, Environment: 1, Service: 1 };

async function applied(): Promise<Gitlab> {
  const gitlab = await openGitlab(registry);
  const { code, log } = await gitlab.onMain("push");
  expect(code, log).toBe(0);
  gitlab.emulator.clearCalls();
  return gitlab;
}

function notesOf({ server }: Gitlab): readonly string[] {
  return server.state.notes.map(({ body }) => body);
}

describe("the pipeline for GitLab", { timeout: 240_000 }, () => {
  it("shows the plan of a merge request in one comment, and applies exactly that when it is merged", async () => {
    const gitlab = await openGitlab(registry);
    gitlab.edit("cairn.yaml", "replicas: 2", "replicas: 3");
    gitlab.propose("more");
    const notByCairn = { id: 100, author: { id: 1 }, body: "<!-- cairn:shop -->\nquoted" };
    gitlab.server.state.notes.push(notByCairn, { ...notByCairn, id: 101 }, { ...notByCairn, id: 102 });
    const first = await gitlab.mergeRequest("more");
    expect(first.code, first.log).toBe(0);
    expect(notesOf(gitlab).slice(3)).toEqual([expect.stringContaining("4 to create")]);
    const second = await gitlab.mergeRequest("more");
    expect(second.code, second.log).toBe(0);
    expect(notesOf(gitlab)).toHaveLength(4);
    expect(JSON.parse(readFileSync(join(gitlab.base, "artifacts/2/quality.json"), "utf8"))).toEqual([]);
    expect(changesIn(gitlab)).toEqual([]);

    const merged = await gitlab.mergeBranch("more");
    expect(merged.code, merged.log).toBe(0);
    expect(merged.log).toContain("the plan of !5 is applied\n");
    expect(objectsIn(gitlab.emulator)).toMatchObject(one);
    expect(Object.keys(gitlab.ledger())).toEqual(["ledger.json", "snapshot.json"]);
    const left = first.log + second.log + merged.log + JSON.stringify([gitlab.server.state, gitlab.ledger()]);
    for (const secret of [keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET, gitlabToken]) expect(left).not.toContain(secret);
  });

  it("plans a merge request from a fork without any secret, against what the last apply has seen", async () => {
    const gitlab = await applied();
    gitlab.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    gitlab.propose("five");
    const forked = await gitlab.mergeRequest("five", true);
    expect(forked.code, forked.log).toBe(0);
    expect(forked.log).toContain("1 to update");
    expect(gitlab.emulator.calls()).toEqual([]);
    expect(notesOf(gitlab)).toEqual([]);
    const merged = await gitlab.mergeBranch("five");
    expect([merged.code, merged.log]).toEqual([0, expect.stringContaining("!5 has no pipeline of this project\n")]);
    expect(changesIn(gitlab)).toEqual(["UpdateEnvironment"]);
  });

  it("checks the manifests of a fork that may not read the project, and passes", async () => {
    const gitlab = await openGitlab(registry);
    gitlab.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    gitlab.propose("five");
    const forked = await gitlab.mergeRequest("five", "of a private project");
    expect(forked.code, forked.log).toBe(0);
    expect(forked.log).toContain("the manifests are checked, and no more");
    expect(gitlab.emulator.calls()).toEqual([]);
  });

  it("does nothing but check where no variables are set", async () => {
    const gitlab = await openGitlab(registry);
    expect(await gitlab.onMain("schedule", { bare: true })).toMatchObject({
      code: 0,
      log: expect.stringContaining("there are no credentials: nothing is compared"),
    });
    expect(await gitlab.onMain("push", { bare: true })).toMatchObject({
      code: 0,
      log: expect.stringContaining("there are no credentials: nothing is applied"),
    });
    expect(gitlab.emulator.calls()).toEqual([]);
  });

  it("comments on a mistake, reports its line, and plans nothing", async () => {
    const gitlab = await openGitlab(registry);
    gitlab.edit("manifests/app.yaml", "bizCode: JST", "bizCode: SHOP");
    gitlab.propose("mistake");
    expect((await gitlab.mergeRequest("mistake")).code).toBe(1);
    expect(notesOf(gitlab)).toEqual([expect.stringContaining('got "SHOP"')]);
    const [finding] = JSON.parse(readFileSync(join(gitlab.base, "artifacts/1/quality.json"), "utf8"));
    expect(finding.location).toEqual({ path: "manifests/app.yaml", lines: { begin: 7 } });
    expect(gitlab.emulator.calls()).toEqual([]);
  });

  it("refuses a plan that is out of date, and applies a new one by hand", async () => {
    const gitlab = await applied();
    gitlab.edit("cairn.yaml", "replicas: 2", "replicas: 5");
    gitlab.propose("five");
    expect((await gitlab.mergeRequest("five")).code).toBe(0);
    scale(gitlab, 9);
    const refused = await gitlab.mergeBranch("five");
    expect(refused.code).toBe(4);
    expect(refused.log).toContain("wanted 5, was 2, is 9");
    expect(changesIn(gitlab)).toEqual([]);
    const byHand = await gitlab.onMain("web");
    expect(byHand.code, byHand.log).toBe(0);
    expect(changesIn(gitlab)).toEqual(["UpdateEnvironment"]);
  });

  it("saves the ledger of an apply that failed or was cancelled", async () => {
    const gitlab = await openGitlab(registry);
    gitlab.emulator.setFaults({ rules: [{ match: { action: "CreateService" }, effect: "refused" }] });
    expect((await gitlab.onMain("push")).code).toBe(3);
    expect(Object.keys(JSON.parse(gitlab.ledger()["ledger.json"] ?? "").entries)).toHaveLength(3);
    expect(existsSync(join(gitlab.base, "artifacts/1/.cairn/ledger.json"))).toBe(true);
    gitlab.emulator.setFaults({ rules: [{ match: { action: "CreateService" }, effect: "latency", ms: 1000 }] });
    const cancelled = await gitlab.onMain("web", {
      onStart: (kill) => {
        const look = setInterval(() => {
          if (!gitlab.emulator.calls().some(({ action, status }) => action === "CreateService" && status === null))
            return;
          clearInterval(look);
          kill();
        }, 20);
      },
    });
    expect(cancelled.code).toBe(137);
    gitlab.emulator.setFaults({ rules: [] });
    const { code, log } = await gitlab.onMain("web");
    expect(code, log).toBe(0);
    expect(objectsIn(gitlab.emulator)).toMatchObject(one);
    expect(Object.keys(JSON.parse(gitlab.ledger()["ledger.json"] ?? "").entries)).toHaveLength(4);
  });

  it("keeps one issue as long as there is drift, and fails where the cloud cannot be compared", async () => {
    const gitlab = await applied();
    const { state } = gitlab.server;
    const night = async () => {
      const { code, log } = await gitlab.onMain("schedule");
      expect(code, log).toBe(0);
      return state.issues.map((issue) => issue.state);
    };
    expect(await night()).toEqual([]);
    scale(gitlab, 9);
    expect(await night()).toEqual(["opened"]);
    scale(gitlab, 7);
    expect(await night()).toEqual(["opened"]);
    expect(state.issues[0]?.description).toMatch(/^<!-- cairn:shop:drift -->[\s\S]*7/);
    gitlab.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    expect((await gitlab.onMain("schedule")).code).toBe(1);
    expect(state.issues.map((issue) => issue.state)).toEqual(["opened"]);
    scale(gitlab, 2);
    expect(await night()).toEqual(["closed"]);
  });
});
