import { describe, expect, test } from "vitest";
import type { Change } from "../../src/core/change.ts";
import { failure } from "../../src/core/errors.ts";
import type { Kind } from "../../src/core/kind.ts";
import { fakeKinds, plant, standing } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

const replaced = (order: "create-first" | "delete-first", rest: Partial<Change> = {}): Change =>
  changeAt("Box/a", "replace", {
    id: "id-a",
    before: { name: "a" },
    after: { name: order === "create-first" ? "new" : "a", size: 2 },
    replace: { order, because: ["size"] },
    ...rest,
  });
const createFirst = planOf(
  [replaced("create-first")],
  [operation("create", "Box/a"), operation("delete", "Box/a", ["create Box/a"])],
);
const deleteFirst = planOf(
  [replaced("delete-first")],
  [operation("delete", "Box/a"), operation("create", "Box/a", ["delete Box/a"])],
);

const start = (): World => {
  const world = openWorld();
  plant(world.cloud, "Box", "id-a", { name: "a" });
  return world;
};

describe("a replacement", () => {
  test("that creates first switches the entry to the new object and then deletes the old one by its own id", async () => {
    const world = start();
    const { outcome, ledger } = await world.apply(createFirst, ledgerOf(entryNamed("a")));
    expect(outcome).toEqual({ done: ["Box/a"], failed: [], skipped: [], interrupted: false });
    expect(world.cloud.calls).toEqual(["create Box new", "delete Box a"]);
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["new"]);
    expect(ledger.entries["Box/a"]).toMatchObject({ id: "id-1", identity: "new", spec: { name: "new", size: 2 } });
    expect(ledger.intents).toEqual([]);
    expect(world.events.flatMap((event) => (event.type === "done" ? [event.id] : []))).toEqual(["id-1", "id-a"]);
  });

  test("never loses the old object: its intent holds it from before the first call until it is gone", async () => {
    const world = start();
    world.cloud.rules.push({ on: "delete Box", effect: failure("E_CLOUD", "in use") });
    const { outcome, ledger } = await world.apply(createFirst, ledgerOf(entryNamed("a")));
    expect([outcome.done, outcome.failed.map(({ message }) => message)]).toEqual([[], ["in use"]]);
    const old = { action: "delete", entry: entryNamed("a") };
    for (const state of world.stored) expect(state.intents).toContainEqual(expect.objectContaining(old));
    expect(ledger.entries["Box/a"]?.id).toBe("id-1");
    expect(ledger.intents).toEqual([expect.objectContaining(old)]);
  });

  test("whose create fails keeps the old object, its entry, and no intent", async () => {
    const world = start();
    world.cloud.rules.push({ on: "create Box", effect: failure("E_CLOUD", "full") });
    const { outcome, ledger } = await world.apply(createFirst, ledgerOf(entryNamed("a")));
    expect([outcome.done, outcome.failed.length, outcome.skipped]).toEqual([[], 1, []]);
    expect(world.cloud.calls).toEqual(["create Box new"]);
    expect([ledger.entries, ledger.intents]).toEqual([{ "Box/a": entryNamed("a") }, []]);
  });

  test("that deletes first leaves no entry where the create then fails", async () => {
    const world = start();
    world.cloud.rules.push({ on: "create Box", effect: failure("E_CLOUD", "full") });
    const { ledger } = await world.apply(deleteFirst, ledgerOf(entryNamed("a")));
    expect(world.cloud.calls).toEqual(["delete Box a", "create Box a"]);
    expect([ledger.entries, ledger.intents]).toEqual([{}, []]);
  });

  test("does not take the deleted object, which lists still show, for the one whose answer was lost", async () => {
    const world = start();
    world.cloud.lagMs = 3000;
    world.cloud.rules.push({ on: "create Box", effect: "lost" });
    const { ledger } = await world.apply(deleteFirst, ledgerOf(entryNamed("a")));
    expect(ledger.entries["Box/a"]?.id).toBe("id-1");
    expect(Object.keys(standing(world.cloud, "Box"))).toEqual(["a"]);
  });

  test("of an object that moves as well gives up the address that it had", async () => {
    const world = start();
    const moved = replaced("create-first", { address: "Box/b", previousAddress: "Box/a" });
    const operations = [operation("create", "Box/b"), operation("delete", "Box/b", ["create Box/b"])];
    const { ledger } = await world.apply(planOf([moved], operations), ledgerOf(entryNamed("a")));
    expect(Object.keys(ledger.entries)).toEqual(["Box/b"]);
    expect(ledger.intents).toEqual([]);
    const back = start();
    const reversed = [operation("delete", "Box/b"), operation("create", "Box/b", ["delete Box/b"])];
    const other = await back.apply(planOf([moved], reversed), ledgerOf(entryNamed("a")));
    expect(Object.keys(other.ledger.entries)).toEqual(["Box/b"]);
  });

  test("of an object that is adopted for it is as safe: its intent is made from what the plan shows", async () => {
    const world = start();
    world.cloud.rules.push({ on: "delete Box", effect: failure("E_CLOUD", "in use") });
    const { ledger } = await world.apply(createFirst, ledgerOf());
    expect(ledger.intents).toMatchObject([
      { action: "delete", entry: { id: "id-a", identity: "a", spec: { name: "a" } } },
    ]);
  });

  test("records what went with its parent, and then creates it anew", async () => {
    const world = openWorld();
    const box = { box: "id-b" };
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b" }, box);
    const lid = changeAt("Lid/l", "replace", {
      id: "id-l",
      liveScope: box,
      before: { name: "l", box: "id-b" },
      after: { name: "l", box: { to: "Box/b" } },
      parents: { box: "Box/b" },
      replace: { order: "delete-first", because: ["box"] },
    });
    const parent = changeAt("Box/b", "create", { after: { name: "b" } });
    const operations = [
      operation("create", "Box/b"),
      operation("record", "Lid/l", ["create Box/b"]),
      operation("create", "Lid/l", ["record Lid/l"]),
    ];
    const entry = entryNamed("l", { address: "Lid/l", kind: "Lid", id: "id-l", scope: box });
    const { ledger } = await world.apply(planOf([lid, parent], operations), ledgerOf(entry));
    expect(ledger.entries["Lid/l"]).toMatchObject({ id: "id-2", scope: { box: "id-1" } });
  });
});

describe("moves that swap two addresses", () => {
  test("lose neither object", async () => {
    const world = openWorld();
    const swap = (to: string, from: string): Change =>
      changeAt(`Box/${to}`, "move", {
        id: `id-${from}`,
        previousAddress: `Box/${from}`,
        before: { name: from },
        after: { name: from },
      });
    const plan = planOf([swap("a", "b"), swap("b", "a")], [operation("record", "Box/a"), operation("record", "Box/b")]);
    const { ledger } = await world.apply(plan, ledgerOf(entryNamed("a"), entryNamed("b")));
    expect(Object.entries(ledger.entries).map(([address, { id }]) => `${address} ${id}`)).toEqual([
      "Box/a id-b",
      "Box/b id-a",
    ]);
  });
});

describe("a plan with gaps", () => {
  const failing = async (change: Change, known = {}): Promise<string | undefined> => {
    const { outcome } = await openWorld().apply(planOf([change], [operation("create", change.address)], known));
    return outcome.failed[0]?.message;
  };

  test("is E_INTERNAL naming both addresses where an id is missing", async () => {
    const lid = (box: Change["after"]): Change =>
      changeAt("Lid/l", "create", { after: { name: "l", ...box }, parents: { box: "Box/b" } });
    expect(await failing(lid({ box: { to: "Box/b" } }))).toBe(
      "Lid/l needs the id of Box/b, which this run has not made and the plan does not know",
    );
    expect(await failing(lid({}))).toContain("Lid/l needs the id of Box/b");
    expect(await failing(lid({ box: "id-7" }))).toBe('Lid/l holds "id-7" in place of a Box');
    expect(await failing(lid({ box: { lookup: { name: "b" } } }))).toContain(
      "a look-up of a Box that the plan left open",
    );
    expect(await failing(changeAt("Box/x", "create"))).toBe("the plan does not say what Box/x should be");
  });

  test("is none where the plan knows the object, or the manifest gives its id with its parents", async () => {
    const world = openWorld();
    const spec = { name: "b" };
    const lids = (["known", "foreign", "seen"] as const).map((name) => `Lid/${name}` as const);
    const changes = [
      changeAt("Lid/known", "create", { after: { name: "known", box: { to: "Box/b" } }, parents: { box: "Box/b" } }),
      changeAt("Lid/foreign", "create", {
        after: { name: "foreign", box: { id: "77", parents: { room: { id: "5", parents: {} }, floor: "2" } } },
        scope: { box: "77" },
      }),
      changeAt("Lid/seen", "create", { after: { name: "seen", box: { id: "78", parents: {} } }, scope: { box: "78" } }),
    ];
    const seen: unknown[] = [];
    const kinds = new Map([...fakeKinds].map(([name, kind]) => [name, { ...kind, create: spying(kind.create, seen) }]));
    const known = { "Box/b": { id: "id-b", spec, scope: {} }, "Box#78": { id: "78", spec: { name: "x" }, scope: {} } };
    const plan = planOf(
      changes,
      lids.map((address) => operation("create", address)),
      known,
    );
    const { outcome } = await world.apply(plan, ledgerOf(), { kinds, parallelism: 1 });
    expect(outcome.failed).toEqual([]);
    expect(seen).toEqual([
      [{ id: "id-b", spec, scope: {} }, []],
      [{ id: "77", spec: { room: "5", floor: "2" }, scope: {} }, []],
      [{ id: "78", spec: { name: "x" }, scope: {} }, []],
    ]);
  });
});

/** Notes what the targets of `box` and `leans` are. */
function spying(create: Kind["create"], seen: unknown[]): Kind["create"] {
  return (api, creation) => {
    seen.push([...creation.targets("box"), [...creation.targets("leans")]]);
    return create(api, creation);
  };
}
