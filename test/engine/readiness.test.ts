import { describe, expect, test } from "vitest";
import type { Change } from "../../src/core/change.ts";
import { failure } from "../../src/core/errors.ts";
import { plant, type Row } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

const lampNamed = (name: string): Change => changeAt(`Lamp/${name}`, "create", { after: { name } });
const planLamp = planOf([lampNamed("l")], [operation("create", "Lamp/l")]);

/** Lets every new lamp go through the given states, one at each read. */
function states(world: World, ...coming: readonly string[]): void {
  const left = [...coming];
  world.cloud.onCall = (call) => {
    if (!call.startsWith("read Lamp")) return;
    const state = left.length > 1 ? left.shift() : left[0];
    for (const row of world.cloud.rows.get("Lamp") ?? []) row.facts = { state: state ?? "on" };
  };
}

describe("readiness", () => {
  test("is waited for as the kind says, telling the cloud's reason, with the id recorded before", async () => {
    const world = openWorld();
    states(world, "warming", "warm", "on");
    const { outcome } = await world.apply(planLamp);
    expect(outcome.done).toEqual(["Lamp/l"]);
    expect(world.clock.waits).toEqual([1000, 2000, 2000]);
    expect(world.events.filter(({ type }) => type === "progress")).toMatchObject([
      { message: "it is warming", percent: 40, at: 1000 },
      { message: "it is warm", percent: 40, at: 3000 },
    ]);
    expect(world.events.find(({ type }) => type === "done")).toMatchObject({ ms: 5000 });
    expect(world.stored[1]?.entries["Lamp/l"]?.id).toBe("id-1");
  });

  test("divides its waits by pace", async () => {
    const world = openWorld();
    states(world, "warming", "on");
    await world.apply(planLamp, ledgerOf(), { pace: 100 });
    expect(world.clock.waits).toEqual([10, 20]);
  });

  test("that fails is E_NOT_READY with the cloud's reason, and the object stays owned", async () => {
    const world = openWorld();
    states(world, "broken");
    const { outcome, ledger } = await world.apply(planLamp);
    expect(outcome.failed[0]).toMatchObject({
      code: "E_NOT_READY",
      message: "Lamp/l (id id-1) did not become ready: it is broken",
    });
    expect(ledger.entries["Lamp/l"]?.id).toBe("id-1");
    expect(ledger.intents).toEqual([]);
  });

  test("that takes too long is E_NOT_READY with the last reason", async () => {
    const world = openWorld();
    states(world, "warming");
    const { outcome } = await world.apply(planLamp);
    expect(outcome.failed[0]?.message).toBe("Lamp/l (id id-1) is not ready after 10 s: it is warming");
    expect(world.clock.waits).toEqual([1000, 2000, 2000, 2000, 2000, 1000]);
  });

  test("that cannot be looked at fails with the fault of the look", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "read Lamp", effect: failure("E_REFUSED", "no right") });
    const { outcome } = await world.apply(planLamp);
    expect(outcome.failed[0]).toMatchObject({ code: "E_REFUSED", message: "no right" });
  });

  test("is not waited for after the signal; the id is recorded all the same", async () => {
    const world = openWorld();
    states(world, "warming");
    world.cloud.onCall = (call) => {
      if (call.startsWith("create")) world.stop.abort();
    };
    const { outcome, ledger } = await world.apply(planLamp);
    expect(outcome.interrupted).toBe(true);
    expect(outcome.failed[0]).toMatchObject({
      code: "E_INTERRUPTED",
      message: "stopped waiting for Lamp/l (id id-1): not looked at yet",
    });
    expect(ledger.entries["Lamp/l"]?.id).toBe("id-1");
  });

  test("holds no slot while it waits", async () => {
    const world = openWorld();
    states(world, "warming", "on");
    const box = changeAt("Box/b", "create", { after: { name: "b" } });
    const plan = planOf([lampNamed("l"), box], [operation("create", "Lamp/l"), operation("create", "Box/b")]);
    await world.apply(plan, ledgerOf(), { parallelism: 1 });
    const done = world.events.flatMap((event) => (event.type === "done" ? [event.address] : []));
    expect(done).toEqual(["Box/b", "Lamp/l"]);
  });

  test("of an update is waited for, too, and an object that is not visible yet is pending", async () => {
    const world = openWorld();
    const row = plant(world.cloud, "Lamp", "id-l", { name: "l" });
    let looks = 0;
    world.cloud.onCall = (call) => {
      if (!call.startsWith("read")) return;
      looks += 1;
      row.shownTo = looks === 1 ? 0 : Number.POSITIVE_INFINITY;
    };
    const change = changeAt("Lamp/l", "update", {
      id: "id-l",
      before: { name: "l" },
      after: { name: "l", watts: 5 },
      fields: [{ field: "watts", path: "watts", class: "intended", disruption: "none" }],
    });
    const entry = entryNamed("l", { address: "Lamp/l", kind: "Lamp" });
    const { outcome } = await world.apply(planOf([change], [operation("update", "Lamp/l")]), ledgerOf(entry));
    expect(outcome.done).toEqual(["Lamp/l"]);
    expect(world.events.find(({ type }) => type === "progress")).toMatchObject({ message: "not visible yet" });
  });
});

describe("the delete of an object that takes its time", () => {
  const entry = entryNamed("l", { address: "Lamp/l", kind: "Lamp" });
  const gone = changeAt("Lamp/l", "delete", { id: "id-l", before: { name: "l" } });
  const plan = planOf([gone], [operation("delete", "Lamp/l")]);
  const start = (goesAfter: number, facts: Row["facts"] = {}): World => {
    const world = openWorld();
    const row = plant(world.cloud, "Lamp", "id-l", { name: "l" });
    row.facts = facts;
    let reads = 0;
    world.cloud.onCall = (call) => {
      if (!call.startsWith("read")) return;
      reads += 1;
      // The first is the last look before the delete.
      row.shownTo = reads > goesAfter + 1 ? 0 : Number.POSITIVE_INFINITY;
    };
    return world;
  };

  test("is done when it is gone, and only then taken out of the ledger", async () => {
    const world = start(2, { state: "fading" });
    const { outcome, ledger } = await world.apply(plan, ledgerOf(entry));
    expect(outcome.done).toEqual(["Lamp/l"]);
    expect(world.events.filter(({ type }) => type === "progress")).toMatchObject([
      { message: "it is fading", percent: 40 },
      { message: "it is fading", percent: 40 },
    ]);
    expect([world.stored.length, ledger.entries]).toEqual([2, {}]);
  });

  test("that the cloud gives up ends at once with the cloud's reason, and the object stays owned", async () => {
    const world = start(100, { state: "stuck" });
    const { outcome, ledger } = await world.apply(plan, ledgerOf(entry));
    expect(outcome.failed[0]).toMatchObject({
      code: "E_NOT_READY",
      message: "Lamp/l (id id-l) was not deleted: it is stuck",
    });
    expect(world.clock.waits).toEqual([1000]);
    expect([ledger.entries["Lamp/l"], ledger.intents]).toEqual([entry, []]);
  });

  test("goes on where the object was broken before", async () => {
    const world = start(1, { state: "broken" });
    expect((await world.apply(plan, ledgerOf(entry))).outcome.done).toEqual(["Lamp/l"]);
  });

  test("that never ends is E_NOT_READY, and the object stays owned", async () => {
    const world = start(100);
    const { outcome, ledger } = await world.apply(plan, ledgerOf(entry));
    expect(outcome.failed[0]).toMatchObject({
      code: "E_NOT_READY",
      message: "Lamp/l (id id-l) is not gone after 10 s: still there",
    });
    expect(ledger.entries["Lamp/l"]).toEqual(entry);
  });
});
