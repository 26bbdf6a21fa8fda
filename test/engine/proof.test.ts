import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { plan } from "../../src/core/plan.ts";
import { plainOptions } from "../../src/core/plan-input.ts";
import type { Applied } from "../../src/engine/apply.ts";
import type { Basis } from "../../src/engine/proof.ts";
import { refresh } from "../../src/engine/refresh.ts";
import { fakeKinds, plant, standing } from "./fake-cloud.ts";
import { desiredAt, entryNamed, ledgerOf, testCloud } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

/** Plans and applies as the command line does, with the proof; calls of the plan are forgotten. */
async function apply(world: World, desired: readonly Desired[], ledger: LedgerState = ledgerOf()): Promise<Applied> {
  const snapshot = await refresh({ kinds: fakeKinds, desired, ledger, api: async () => world.cloud });
  const input = { kinds: fakeKinds, desired, snapshot, options: plainOptions, ownedElsewhere: new Map() };
  const basis: Basis = { ...input, project: "proof", clouds: new Map([["fake", testCloud]]) };
  const made = plan({ ...basis, ledger });
  world.cloud.calls.splice(0);
  return world.apply(made, ledger, { basis });
}

const boxA = desiredAt("Box/a", { name: "a", size: 1 });
const lid = desiredAt("Lid/l", { name: "l", box: { to: "Box/a" }, grip: "round" });

function told({ outcome }: Applied): readonly string[] {
  return outcome.failed.map(({ code, address, field, message }) => `${code} ${address} ${field}: ${message}`);
}

describe("the proof after an apply", () => {
  test("lists each touched scope once, and reads only what was changed and lists do not show", async () => {
    const world = openWorld();
    plant(world.cloud, "Tag", "t", { name: "t" });
    const desired = [boxA, desiredAt("Box/b", { name: "b" }), lid, desiredAt("Tag/t", { name: "t" })];
    const { outcome } = await apply(world, desired);
    expect(outcome.failed).toEqual([]);
    expect(world.cloud.calls.slice(3)).toEqual(["list Box {}", 'list Lid {"box":"id-1"}']);
    expect(world.clock.waits).toEqual([]);
  });

  test("makes no call where nothing was called", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-a", { name: "a", size: 1 });
    const { outcome } = await apply(world, [boxA]);
    expect([outcome.done, world.cloud.calls]).toEqual([["Box/a"], []]);
  });

  test("reports a field that the cloud rewrites, after patience, and does not count it as done", async () => {
    const world = openWorld();
    world.cloud.onCall = (call) => {
      if (call.startsWith("list Box"))
        for (const row of world.cloud.rows.get("Box") ?? []) row.spec = { name: "a", size: 7 };
    };
    const applied = await apply(world, [boxA]);
    expect(told(applied)).toEqual(["E_NOT_CONVERGED Box/a size: wanted 1, got 7"]);
    expect([applied.outcome.done, Object.keys(applied.ledger.entries)]).toEqual([[], ["Box/a"]]);
    expect(world.clock.waits).toEqual([500, 1000, 2000, 4000, 2500]);
  });

  test("waits for lists that lag, and lists only the scopes that differed again", async () => {
    const world = openWorld();
    world.cloud.lagMs = 1200;
    const { outcome } = await apply(world, [boxA, desiredAt("Lamp/l", { name: "l" })]);
    expect([outcome.failed, outcome.done]).toEqual([[], ["Box/a", "Lamp/l"]]);
    const lists = world.cloud.calls.filter((call) => call.startsWith("list"));
    expect(lists.filter((call) => call.startsWith("list Lamp"))).toHaveLength(1);
  });

  test("reports what was made and is not there", async () => {
    const world = openWorld();
    world.cloud.onCall = (call) => {
      if (call.startsWith("list Box")) world.cloud.rows.set("Box", []);
    };
    expect(told(await apply(world, [boxA]))[0]).toContain("was made, and the cloud does not show it");
  });

  test("takes no object that differs for what was made, where that one has gone meanwhile", async () => {
    const world = openWorld();
    world.cloud.onCall = (call) => {
      if (!call.startsWith("list Box") || !world.cloud.calls.includes("create Box a")) return;
      world.cloud.rows.set("Box", []);
      plant(world.cloud, "Box", "id-theirs", { name: "a", size: 9 });
    };
    const applied = await apply(world, [boxA]);
    expect(told(applied)).toEqual([expect.stringMatching(/^E_NOT_CONVERGED Box\/a size/)]);
    expect(applied.ledger.entries["Box/a"]?.id).toBe("id-1");
  });

  test("reports what was deleted and stays, but not what its parent's end has taken along", async () => {
    const world = openWorld();
    const row = plant(world.cloud, "Box", "id-a", { name: "a" });
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-a" }, { box: "id-a" });
    const entry = entryNamed("l", {
      address: "Lid/l",
      kind: "Lid",
      scope: { box: "id-a" },
      parents: { box: "Box/a" },
      dependencies: ["Box/a"],
      spec: { name: "l", box: { to: "Box/a" } },
    });
    world.cloud.onCall = (call) => {
      if (call.startsWith("list Box")) row.shownTo = Number.POSITIVE_INFINITY;
    };
    const applied = await apply(world, [], ledgerOf(entryNamed("a"), entry));
    expect(told(applied)).toEqual([
      "E_NOT_CONVERGED Box/a undefined: was deleted, and the cloud still shows it (id id-a)",
    ]);
    expect(world.cloud.calls.filter((call) => call.startsWith("list Lid"))).toEqual([]);
  });

  test("passes on what keeps it from looking, but believes an answered delete", async () => {
    const refused = { on: "list Box", effect: failure("E_REFUSED", "no right") };
    const made = openWorld();
    made.cloud.onCall = (call) => void (call === "create Box a" && made.cloud.rules.push(refused));
    expect(told(await apply(made, [boxA]))).toEqual(["E_REFUSED undefined undefined: no right"]);
    const gone = openWorld();
    plant(gone.cloud, "Box", "id-a", { name: "a" });
    gone.cloud.onCall = (call) => void (call === "delete Box a" && gone.cloud.rules.push(refused));
    expect((await apply(gone, [], ledgerOf(entryNamed("a")))).outcome).toMatchObject({ failed: [], done: ["Box/a"] });
    const lost = openWorld();
    lost.cloud.onCall = (call) =>
      void (call === "create Box a" && lost.cloud.rules.push({ ...refused, effect: failure("E_UNREACHABLE", "away") }));
    expect(told(await apply(lost, [boxA]))).toEqual(["E_UNREACHABLE undefined undefined: away"]);
  });

  test("that is interrupted blames nobody, and says so", async () => {
    const world = openWorld();
    world.cloud.onCall = (call) =>
      void (call.startsWith("list Box") && world.cloud.calls.length > 1 && world.stop.abort());
    world.cloud.lagMs = 3000;
    const { outcome } = await apply(world, [boxA]);
    expect(outcome).toMatchObject({ done: ["Box/a"], failed: [], interrupted: true });
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["a"]);
  });
});
