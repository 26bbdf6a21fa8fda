import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import { plant, standing } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld } from "./world.ts";

const boxA = changeAt("Box/a", "create", { after: { name: "a", size: 1 } });
const boxB = changeAt("Box/b", "create", { after: { name: "b" } });
const lidA = changeAt("Lid/a", "create", {
  after: { name: "a", box: { to: "Box/a" } },
  parents: { box: "Box/a" },
  dependencies: ["Box/a"],
  source: { file: "lid.yaml", line: 4 },
});

describe("applyPlan()", () => {
  test("creates in order with the ids of what it made, and records each object as the ledger may hold it", async () => {
    const world = openWorld();
    const secretive = changeAt("Box/b", "create", { after: { name: "b", code: "hush", note: "seen once" } });
    const leaning = { ...lidA, after: { ...lidA.after, leans: [{ to: "Box/b" as const }, { id: "77", parents: {} }] } };
    const { outcome, ledger, isStored } = await world.apply(
      planOf(
        [boxA, secretive, leaning],
        [
          operation("create", "Box/a"),
          operation("create", "Box/b"),
          operation("create", "Lid/a", ["create Box/a", "create Box/b"]),
        ],
      ),
    );
    expect(outcome).toEqual({ done: ["Box/a", "Box/b", "Lid/a"], failed: [], skipped: [], interrupted: false });
    expect(world.cloud.calls).toEqual(["create Box a", "create Box b", "create Lid a"]);
    expect(standing(world.cloud, "Lid")["a"]?.spec).toEqual({ name: "a", box: "id-1", leans: ["id-2", "77"] });
    expect(standing(world.cloud, "Lid")["a"]?.scope).toEqual({ box: "id-1" });
    expect(ledger.entries["Lid/a"]).toMatchObject({
      id: "id-3",
      identity: "a",
      scope: { box: "id-1" },
      spec: { name: "a", box: { to: "Box/a" }, leans: [{ to: "Box/b" }, { id: "77", parents: {} }] },
    });
    expect(ledger.entries["Box/b"]?.spec).toEqual({
      name: "b",
      note: "seen once",
      code: { $scrypt: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(ledger.intents).toEqual([]);
    expect(isStored).toBe(true);
    expect(world.stored.at(-1)).toEqual(ledger);
  });

  test("writes all intents and every change of hands in one ledger write before the first call", async () => {
    const world = openWorld();
    const order: string[] = [];
    world.cloud.onCall = (call) => order.push(call);
    const before = ledgerOf(entryNamed("old"), entryNamed("lost"), entryNamed("from"), entryNamed("dull"));
    const changes = [
      boxA,
      changeAt("Box/adopted", "adopt", { id: "id-9", origin: "adopted", before: { name: "n" }, after: { name: "n" } }),
      changeAt("Box/to", "move", {
        id: "id-from",
        previousAddress: "Box/from",
        before: { name: "from" },
        after: { name: "from" },
      }),
      changeAt("Box/lost", "forget", { id: "id-lost" }),
      changeAt("Box/dull", "update", { id: "id-dull", before: { name: "dull" }, after: { name: "dull", size: 2 } }),
      changeAt("Box/old", "delete", { id: "id-old", before: { name: "old" } }),
    ];
    plant(world.cloud, "Box", "id-old", { name: "old" });
    plant(world.cloud, "Box", "id-dull", { name: "dull" });
    const operations = [
      operation("record", "Box/adopted"),
      operation("record", "Box/to"),
      operation("record", "Box/lost"),
      operation("create", "Box/a", ["record Box/adopted"]),
      operation("update", "Box/dull"),
      operation("delete", "Box/old"),
    ];
    const { ledger, outcome } = await world.apply(planOf(changes, operations), before);
    expect(order[0]).toBe("write 1");
    const first = world.stored[0];
    expect(first?.serial).toBe(4);
    expect(Object.keys(first?.entries ?? {}).sort()).toEqual(["Box/adopted", "Box/dull", "Box/old", "Box/to"]);
    expect(first?.entries["Box/adopted"]).toMatchObject({ id: "id-9", identity: "n", origin: "adopted" });
    expect(first?.intents.map(({ action, entry }) => `${action} ${entry.address} ${entry.id}`)).toEqual([
      "create Box/a undefined",
      "update Box/dull id-dull",
      "delete Box/old id-old",
    ]);
    expect(Object.keys(ledger.entries).sort()).toEqual(["Box/a", "Box/adopted", "Box/dull", "Box/to"]);
    expect(ledger.entries["Box/dull"]?.spec).toEqual({ name: "dull", size: 2 });
    expect(outcome.done).toHaveLength(6);
  });

  test("goes on where it can when something fails, and names the root of what it skips", async () => {
    const world = openWorld();
    const words = { action: "CreateBox", message: "库存不足", requestId: "r-1" };
    world.cloud.rules.push({ on: "create Box", calls: [1], effect: failure("E_CLOUD", "库存不足", { cloud: words }) });
    const knob = changeAt("Lid/knob", "create", { after: { name: "knob", box: { to: "Box/a" } } });
    const { outcome, ledger } = await world.apply(
      planOf(
        [boxA, boxB, lidA, knob],
        [
          operation("create", "Box/a"),
          operation("create", "Box/b"),
          operation("create", "Lid/a", ["create Box/a"]),
          operation("create", "Lid/knob", ["create Lid/a"]),
        ],
      ),
    );
    expect(outcome.done).toEqual(["Box/b"]);
    expect(outcome.failed).toEqual([
      { severity: "error", code: "E_CLOUD", message: "库存不足", cloud: words, address: "Box/a" },
    ]);
    expect(outcome.skipped).toEqual([
      { address: "Lid/a", cause: "Box/a" },
      { address: "Lid/knob", cause: "Box/a" },
    ]);
    expect(ledger.intents).toEqual([]);
    expect(Object.keys(ledger.entries)).toEqual(["Box/b"]);
    expect(world.stored.at(-1)).toEqual(ledger);
  });

  test("tells what happens as events with times and ids", async () => {
    const world = openWorld();
    world.cloud.rules.push({ on: "create Lid", effect: failure("E_REFUSED", "no right") });
    plant(world.cloud, "Box", "id-old", { name: "old" });
    const old = changeAt("Box/old", "delete", { id: "id-old", before: { name: "old" } });
    const far = changeAt("Lid/far", "create", { after: { name: "far", box: { to: "Box/a" } } });
    await world.apply(
      planOf(
        [boxA, lidA, far, old],
        [
          operation("create", "Box/a"),
          operation("create", "Lid/a", ["create Box/a"]),
          operation("create", "Lid/far", ["create Lid/a"]),
          operation("delete", "Box/old"),
        ],
      ),
      ledgerOf(entryNamed("old")),
      { parallelism: 1 },
    );
    const at = 0;
    const [box, lid, gone, last] = [
      { key: "create Box/a", address: "Box/a", action: "create" },
      { key: "create Lid/a", address: "Lid/a", action: "create" },
      { key: "delete Box/old", address: "Box/old", action: "delete" },
      { key: "create Lid/far", address: "Lid/far", action: "create" },
    ];
    const keys = [box, lid, last, gone].map(({ key }) => key);
    const placeOf = (event: (typeof world.events)[number]): number => ("key" in event ? keys.indexOf(event.key) : -1);
    const told = [...world.events.slice(1, -1)].sort((left, right) => placeOf(left) - placeOf(right));
    expect([world.events[0], ...told, world.events.at(-1)]).toEqual([
      { type: "begin", at, steps: [box, lid, last, gone] },
      { type: "started", at, ...box },
      { type: "done", at, ms: 0, id: "id-1", ...box },
      { type: "started", at, ...lid },
      {
        type: "failed",
        at,
        ms: 0,
        ...lid,
        fault: {
          severity: "error",
          code: "E_REFUSED",
          message: "no right",
          address: "Lid/a",
          place: { file: "lid.yaml", line: 4 },
        },
      },
      { type: "skipped", at, cause: "Lid/a", ...last },
      { type: "started", at, ...gone },
      { type: "done", at, ms: 0, id: "id-old", ...gone },
      { type: "end", at },
    ]);
  });

  test("finishes and records what is under way when the signal comes, and starts nothing more", async () => {
    const world = openWorld();
    world.cloud.onCall = (call) => {
      if (call === "create Box a") world.stop.abort();
    };
    const { outcome, ledger } = await world.apply(
      planOf([boxA, lidA], [operation("create", "Box/a"), operation("create", "Lid/a", ["create Box/a"])]),
    );
    expect(outcome).toEqual({ done: ["Box/a"], failed: [], skipped: [], interrupted: true });
    expect(Object.keys(ledger.entries)).toEqual(["Box/a"]);
    expect(ledger.intents).toEqual([]);
    expect(world.stored.at(-1)).toEqual(ledger);
  });

  test("does nothing at all after the signal, and nothing for a plan without operations", async () => {
    const world = openWorld();
    const empty = await world.apply(planOf([], []));
    expect(empty.outcome.interrupted).toBe(false);
    world.stop.abort();
    const { outcome } = await world.apply(planOf([boxA], [operation("create", "Box/a")]));
    expect(outcome).toEqual({ done: [], failed: [], skipped: [], interrupted: true });
    expect([world.cloud.calls, world.stored]).toEqual([[], []]);
    expect(world.events.map(({ type }) => type)).toEqual(["begin", "end", "begin", "end"]);
  });

  test("keeps the digests of what triggers an update in the entry", async () => {
    const world = openWorld();
    const triggers = { "environment.deployConfig": "abc" };
    const { ledger } = await world.apply(planOf([{ ...boxA, triggers }], [operation("create", "Box/a")]));
    expect(ledger.entries["Box/a"]?.triggers).toEqual(triggers);
  });

  test("records what has to wait for something after it, not before", async () => {
    const world = openWorld();
    const old = changeAt("Box/old", "forget", { id: "id-old" });
    const operations = [operation("create", "Box/a"), operation("record", "Box/old", ["create Box/a"])];
    const { outcome, ledger } = await world.apply(planOf([boxA, old], operations), ledgerOf(entryNamed("old")));
    expect([outcome.done, Object.keys(ledger.entries)]).toEqual([["Box/a", "Box/old"], ["Box/a"]]);
    expect(Object.keys(world.stored[0]?.entries ?? {})).toEqual(["Box/old"]);
  });

  test("lets what follows an update refer to the object as it is then", async () => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-a", { name: "a" });
    const grown = changeAt("Box/a", "update", { id: "id-a", before: { name: "a" }, after: { name: "a", size: 2 } });
    const { outcome } = await world.apply(
      planOf([grown, lidA], [operation("update", "Box/a"), operation("create", "Lid/a", ["update Box/a"])]),
      ledgerOf(entryNamed("a")),
    );
    expect(outcome.failed).toEqual([]);
    expect(standing(world.cloud, "Lid")["a"]?.scope).toEqual({ box: "id-a" });
  });

  test("refuses a plan with gaps before it writes or calls", async () => {
    const world = openWorld();
    const noChange = world.apply(planOf([], [operation("create", "Box/a")]));
    await expect(noChange).rejects.toThrow("create Box/a has no change in the plan");
    const noKind = world.apply(planOf([changeAt("Jar/a", "create", { after: {} })], [operation("create", "Jar/a")]));
    await expect(noKind).rejects.toThrow("Jar is no kind of any provider");
    const noPredecessor = world.apply(planOf([boxA], [operation("create", "Box/a", ["create Box/z"])]));
    await expect(noPredecessor).rejects.toThrow("create Box/a waits for create Box/z");
    expect([world.cloud.calls, world.stored]).toEqual([[], []]);
  });
});
