import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { settleIntents } from "../../src/engine/settle-intents.ts";
import { boxWith, fakeKinds, plant, standing } from "./fake-cloud.ts";
import { changeAt, desiredAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

/** The ledger of a run that died while it was creating box a, of that size. */
function leftBehind(size: number): LedgerState {
  const { id: _, ...entry } = entryNamed("a", { spec: { name: "a", size } });
  return { ...ledgerOf(), intents: [{ action: "create", entry, since: new Date(0).toISOString() }] };
}

const left = leftBehind(1);
const boxes = ["a", "b"].map((name) => changeAt(`Box/${name}`, "create", { after: { name, size: 1 } }));
const plan = planOf(boxes, [operation("create", "Box/a"), operation("create", "Box/b")]);

function run(world: World, ledger = left) {
  return world.apply(plan, ledger, { quietAt: 10_000, parallelism: 1 });
}

/** What the next run makes of a ledger, to which the list of boxes still shows everything. */
async function next({ cloud, clock }: World, ledger: LedgerState): Promise<LedgerState> {
  const desired = [desiredAt("Box/a", { name: "a", size: 1 })];
  const { signal } = new AbortController();
  const input = { kinds: fakeKinds, desired, ledger, api: async () => cloud, clock, pace: 1, signal };
  return (await settleIntents(input)).ledger;
}

describe("what a dead run may still be creating", () => {
  test("is waited for, while all other operations go on, and created where nothing has come of it", async () => {
    const world = openWorld();
    const times: number[] = [];
    world.cloud.onCall = (call) => void (call.startsWith("create") && times.push(world.clock.now()));
    const { outcome, ledger } = await run(world);
    expect(outcome.done).toEqual(["Box/a", "Box/b"]);
    expect(world.cloud.calls).toEqual(["create Box b", "list Box {}", "create Box a"]);
    expect([times, ledger.intents]).toEqual([[0, 10_000], []]);
  });

  test("counts as created where it has arrived late and is as wanted", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-late", { name: "a", size: 1 });
    const { ledger } = await run(world);
    expect(ledger.entries["Box/a"]).toMatchObject({ id: "id-late", origin: "created" });
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["a", "b"]);
    expect(world.cloud.calls).not.toContain("create Box a");
  });

  test("counts as created where it has only been begun, and is completed", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-late", { name: "a", size: 1, colours: ["red"] });
    const completed: unknown[] = [];
    const kinds = boxWith({
      completes: ["colours"],
      complete: async (_, { id, spec }) => void completed.push([id, spec["colours"]]),
    });
    const wanted = changeAt("Box/a", "create", { after: { name: "a", size: 1, colours: ["blue", "red"] } });
    const begun = planOf([wanted], [operation("create", "Box/a")]);
    const { outcome, ledger } = await world.apply(begun, left, { quietAt: 0, kinds });
    expect(outcome.failed).toEqual([]);
    expect(ledger.entries["Box/a"]).toMatchObject({ id: "id-late", origin: "created" });
    expect(completed).toEqual([["id-late", ["blue", "red"]]]);
  });

  test("is somebody else's where it differs: it is neither claimed nor made a second time", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-theirs", { name: "a", size: 9 });
    const { outcome, ledger } = await run(world);
    expect(outcome.failed).toMatchObject([{ code: "E_ADOPT", address: "Box/a" }]);
    expect(outcome.failed[0]?.message).toContain("exists by now (id id-theirs)");
    expect(Object.keys(ledger.entries)).toEqual(["Box/b"]);
    const settled = await next(world, ledger);
    expect([Object.keys(settled.entries), settled.intents]).toEqual([["Box/b"], []]);
  });

  test("is claimed by the next run where it has arrived late, and was declared otherwise then", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-late", { name: "a", size: 7 });
    const { outcome, ledger } = await run(world, leftBehind(7));
    expect(outcome.failed).toMatchObject([{ code: "E_ADOPT", address: "Box/a" }]);
    expect(Object.keys(ledger.entries)).toEqual(["Box/b"]);
    const settled = await next(world, ledger);
    expect(settled.entries["Box/a"]).toMatchObject({ id: "id-late", origin: "created", spec: { size: 7 } });
    expect(settled.intents).toEqual([]);
  });

  test("stays open where it cannot be looked for, and where the wait is interrupted", async () => {
    const blind = openWorld();
    blind.cloud.rules.push({ on: "list Box", effect: failure("E_REFUSED", "no right") });
    const refused = await run(blind);
    expect(refused.outcome.failed).toMatchObject([{ code: "E_REFUSED" }]);
    const stopped = openWorld();
    stopped.cloud.onCall = (call) => void (call === "create Box b" && stopped.stop.abort());
    const { outcome, ledger } = await run(stopped);
    expect(outcome).toMatchObject({ done: ["Box/b"], failed: [{ code: "E_INTERRUPTED" }], interrupted: true });
    for (const { intents } of [refused.ledger, ledger]) {
      expect(intents.map(({ action, entry }) => `${action} ${entry.address}`)).toEqual(["create Box/a"]);
    }
  });
});
