import { describe, expect, it } from "vitest";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** A saved plan that changes the app's description and the environment's replicas. */
async function planned(): Promise<Shop> {
  const project = shop();
  await project.cairn("apply --yes");
  project.edit("manifests/web.yaml", "description: first", "description: second");
  project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
  expect((await project.cairn("plan --out plan.json")).code).toBe(0);
  return project;
}

/** Changes an object behind cairn's back. */
function tamper({ emulator }: Shop, from: string, to: string): void {
  const state = JSON.stringify(emulator.state());
  expect(state).toContain(from);
  emulator.reset(JSON.parse(state.replace(from, to)));
}

function cloudOf({ emulator }: Shop): string {
  return JSON.stringify(emulator.state());
}

describe("a saved plan of which something has moved", () => {
  it("is refused, naming exactly the changes whose base moved, with what was wanted, was there and is there now", async () => {
    const project = await planned();
    tamper(project, '"Replicas":2', '"Replicas":5');
    const before = cloudOf(project);
    const { code, stderr } = await project.cairn("apply plan.json --yes");
    expect(stderr).toContain(
      "error[E_STALE_PLAN] Environment/web/prod: has moved since the plan was saved: what the cloud shows " +
        "(replicas: wanted 3, was 2, is 5)",
    );
    expect(stderr).not.toContain("App/web");
    expect([code, cloudOf(project)]).toEqual([4, before]);
  });

  it("is done but for that with --partial, which exits 4 for what it refused", async () => {
    const project = await planned();
    tamper(project, '"Replicas":2', '"Replicas":5');
    const { code, stdout, stderr } = await project.cairn("apply plan.json --yes --partial");
    expect(stdout).toContain("Applied: 1 done.");
    expect(stderr).toContain("error[E_STALE_PLAN] Environment/web/prod");
    expect(code).toBe(4);
    expect(cloudOf(project)).toContain('"second"');
    expect(cloudOf(project)).toContain('"Replicas":5');
  });

  it("takes along what needs it", async () => {
    const project = await planned();
    tamper(project, '"Description":"first"', '"Description":"somebody else"');
    const { code, stderr } = await project.cairn("apply plan.json --yes --partial");
    expect(stderr).toMatch(/App\/web: has moved .*description: wanted "second", was "first", is "somebody else"/);
    expect(stderr).toContain("Environment/web/prod: needs App/web, which has moved since the plan was saved");
    expect(code).toBe(4);
    expect(cloudOf(project)).toContain('"Replicas":2');
  });

  it("counts what has gone as moved, and tells it to programs", async () => {
    const project = await planned();
    const state = JSON.parse(cloudOf(project));
    state.retailcloud.Environment = [];
    project.emulator.reset(state);
    const { code, stdout } = await project.cairn("apply plan.json --yes --partial --format json");
    const { complete, cairn } = JSON.parse(stdout);
    expect(cairn.refused).toEqual([
      { address: "Environment/web/prod", moved: ["is gone since the plan was saved"], fields: [] },
    ]);
    expect(cairn.outcome).toMatchObject({ done: ["App/web"], failed: [] });
    expect(cairn.errors).toMatchObject([{ code: "E_STALE_PLAN", address: "Environment/web/prod" }]);
    expect([complete, code]).toEqual([false, 4]);
    expect(objectsIn(project.emulator)).toMatchObject({ Environment: 0 });
  });

  it("lists every refused change for programs, and is not applyable without --partial", async () => {
    const project = await planned();
    tamper(project, '"Replicas":2', '"Replicas":5');
    const { stdout } = await project.cairn("apply plan.json --yes --format json");
    const { applyable, cairn } = JSON.parse(stdout);
    expect(applyable).toBe(false);
    expect(cairn.refused).toEqual([
      {
        address: "Environment/web/prod",
        moved: ["what the cloud shows"],
        fields: [{ field: "replicas", wanted: 3, was: 2, now: 5 }],
      },
    ]);
  });

  it("is refused as a whole where the manifests are others, also with --partial", async () => {
    const project = await planned();
    project.edit("manifests/web.yaml", "replicas: 3", "replicas: 4");
    const before = cloudOf(project);
    const { code, stderr } = await project.cairn("apply plan.json --yes --partial");
    expect(stderr).toMatch(/Environment\/web\/prod: has moved since the plan was saved: what the manifests want/);
    expect([code, cloudOf(project)]).toEqual([4, before]);
  });

  it("leaves nothing to do where all of it is refused", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    await project.cairn("plan --out plan.json");
    tamper(project, '"Replicas":2', '"Replicas":5');
    project.emulator.clearCalls();
    expect((await project.cairn("apply plan.json --yes --partial")).code).toBe(4);
    expect(project.emulator.calls().filter(({ action }) => !/^(List|Describe)/.test(action))).toEqual([]);
  });
});

describe("--partial", () => {
  it("is for saved plans", async () => {
    const { code, stderr } = await shop().cairn("apply --yes --partial");
    expect(stderr).toContain("error[E_USAGE]: --partial is for a saved plan");
    expect(code).toBe(1);
  });
});
