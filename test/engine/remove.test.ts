import { describe, expect, test } from "vitest";
import type { Change } from "../../src/core/change.ts";
import { failure } from "../../src/core/errors.ts";
import type { Kind } from "../../src/core/kind.ts";
import { kindNamed } from "../../src/engine/observer.ts";
import { fakeKinds, plant } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

const codes = (applied: Awaited<ReturnType<World["apply"]>>): string[] =>
  applied.outcome.failed.map(({ code }) => code);

describe("a delete whose answer is lost", () => {
  const gone = changeAt("Box/a", "delete", { id: "id-a", before: { name: "a" } });
  const start = (): World => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-a", { name: "a" });
    return world;
  };
  const run = (world: World, rest: Partial<Change> = {}) =>
    world.apply(planOf([{ ...gone, ...rest }], [operation("delete", "Box/a")]), ledgerOf(entryNamed("a")));

  test("is done where the object is gone, also where lists still show it for a while", async () => {
    const world = start();
    world.cloud.lagMs = 2000;
    world.cloud.rules.push({ on: "delete Box", effect: "lost" });
    const { outcome, ledger } = await run(world);
    expect(outcome.done).toEqual(["Box/a"]);
    expect(ledger.entries).toEqual({});
    // Lists that lag tell nothing yet: the second delete is declined, and then there is time to see it gone.
    expect(world.cloud.calls.filter((call) => call.startsWith("delete"))).toHaveLength(2);
  });

  test("is found done by the first look where lists do not lag, and sent again after half a second where it was not", async () => {
    const lost = start();
    lost.cloud.rules.push({ on: "delete Box", effect: "lost" });
    await run(lost);
    expect([lost.cloud.calls, lost.clock.waits]).toEqual([["delete Box a", "list Box {}"], []]);
    const cut = start();
    cut.cloud.rules.push({ on: "delete Box", calls: [1], effect: "cut" });
    await run(cut);
    expect(cut.cloud.calls).toEqual(["delete Box a", "list Box {}", "list Box {}", "delete Box a"]);
    expect(cut.clock.waits).toEqual([500]);
  });

  test("is sent again while the object is there, and given up after eight times with the entry kept", async () => {
    const once = start();
    once.cloud.rules.push({ on: "delete Box", calls: [1], effect: "cut" });
    expect((await run(once)).outcome.done).toEqual(["Box/a"]);
    const always = start();
    always.cloud.rules.push({ on: "delete Box", effect: "cut" });
    const applied = await run(always);
    expect(codes(applied)).toEqual(["E_UNKNOWN_OUTCOME"]);
    expect(applied.outcome.failed[0]?.message).toContain(
      "gave up after it was sent 8 times, and looked for after each",
    );
    expect(always.cloud.calls.filter((call) => call.startsWith("delete"))).toHaveLength(8);
    expect(Object.keys(applied.ledger.entries)).toEqual(["Box/a"]);
  });

  test("proves nothing by a look that fails", async () => {
    const world = start();
    world.cloud.rules.push({ on: "delete Box", calls: [1, 2], effect: "lost" });
    world.cloud.rules.push({ on: "list Box", effect: failure("E_REFUSED", "no") });
    const applied = await run(world);
    expect(codes(applied)).toEqual(["E_CLOUD"]);
    expect(Object.keys(applied.ledger.entries)).toEqual(["Box/a"]);
  });

  test("that the cloud declines is done only where a read proves the object gone", async () => {
    const box = start();
    box.cloud.rows.clear();
    expect(codes(await run(box))).toEqual(["E_CLOUD"]);
    const lid = openWorld();
    const entry = entryNamed("l", { address: "Lid/l", kind: "Lid", id: "id-l", scope: { box: "id-b" } });
    const change = changeAt("Lid/l", "delete", { id: "id-l", liveScope: { box: "id-b" } });
    const plan = planOf([change], [operation("delete", "Lid/l")]);
    const { outcome, ledger } = await lid.apply(plan, ledgerOf(entry));
    expect(outcome.done).toEqual(["Lid/l"]);
    expect(ledger.entries).toEqual({});
    expect(lid.cloud.calls).toEqual(["read Lid id-l", "delete Lid l", "read Lid id-l"]);
  });

  test("never touches an object whose identity is not the recorded one", async () => {
    const world = start();
    const applied = await run(world, { before: { name: "renamed" } });
    expect(codes(applied)).toEqual(["E_CANNOT_DELETE"]);
    expect(applied.outcome.failed[0]?.message).toBe("id id-a was recorded as a and is renamed in the cloud now");
    expect([world.cloud.calls, Object.keys(applied.ledger.entries)]).toEqual([[], ["Box/a"]]);
  });

  test("fails where its kind has no delete", async () => {
    const world = openWorld();
    const change = changeAt("Tag/t", "delete", { id: "t", before: { name: "t" } });
    const applied = await world.apply(planOf([change], [operation("delete", "Tag/t")]), ledgerOf());
    expect(applied.outcome.failed[0]?.message).toContain("a Tag cannot be deleted");
  });
});

describe("the last look before a delete", () => {
  const lid = (id: string, rest: Partial<Change> = {}): Change =>
    changeAt("Lid/l", "delete", { id, liveScope: { box: "id-b" }, before: { name: "l", box: "id-b" }, ...rest });
  const entryOf = (id: string) => entryNamed("l", { address: "Lid/l", kind: "Lid", id, scope: { box: "id-b" } });
  const removal = (change: Change) => planOf([change], [operation("delete", change.address)]);

  test("is one read, and lets go what still is what was recorded", async () => {
    const world = openWorld();
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b" }, { box: "id-b" });
    const applied = await world.apply(removal(lid("id-l")), ledgerOf(entryOf("id-l")));
    expect([applied.outcome.done, applied.ledger.entries]).toEqual([["Lid/l"], {}]);
    expect(world.cloud.calls.slice(0, 2)).toEqual(["read Lid id-l", "delete Lid l"]);
  });

  test("spares what was renamed after the plan was made, and what goes on being owned", async () => {
    const world = openWorld();
    plant(world.cloud, "Lid", "id-l", { name: "mine", box: "id-b" }, { box: "id-b" });
    const applied = await world.apply(removal(lid("id-l")), ledgerOf(entryOf("id-l")));
    expect(applied.outcome.failed).toMatchObject([
      { code: "E_CANNOT_DELETE", message: "id id-l was recorded as l and is mine in the cloud now" },
    ]);
    expect(world.cloud.calls).toEqual(["read Lid id-l"]);
    expect([Object.keys(applied.ledger.entries), applied.ledger.intents]).toEqual([["Lid/l"], []]);
  });

  test("that fails is no leave to delete", async () => {
    const world = openWorld();
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b" }, { box: "id-b" });
    world.cloud.rules.push({ on: "read Lid", effect: failure("E_REFUSED", "no") });
    const applied = await world.apply(removal(lid("id-l")), ledgerOf(entryOf("id-l")));
    expect(codes(applied)).toEqual(["E_REFUSED"]);
    expect(world.cloud.calls).toEqual(["read Lid id-l"]);
    expect([Object.keys(applied.ledger.entries), applied.ledger.intents]).toEqual([["Lid/l"], []]);
  });

  test("is repeated before each further try, and spares what was renamed after the answer was lost", async () => {
    const world = openWorld();
    const row = plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b" }, { box: "id-b" });
    world.cloud.rules.push({ on: "delete Lid", effect: "cut" });
    world.cloud.onCall = (call) => {
      if (world.cloud.counts.get("delete Lid") === 2) row.spec = { ...row.spec, name: "mine" };
      expect(call).not.toBe("delete Lid mine");
    };
    const applied = await world.apply(removal(lid("id-l")), ledgerOf(entryOf("id-l")));
    expect(applied.outcome.failed).toMatchObject([
      { code: "E_CANNOT_DELETE", message: "id id-l was recorded as l and is mine in the cloud now" },
    ]);
    expect(world.cloud.calls.filter((call) => call.startsWith("delete"))).toEqual(["delete Lid l", "delete Lid l"]);
    expect(world.cloud.rows.get("Lid")).toEqual([row]);
    // What was sent may still be under way: the next run settles it.
    expect([Object.keys(applied.ledger.entries), applied.ledger.intents.length]).toEqual([["Lid/l"], 1]);
  });

  test("that fails before a further try is no leave to delete, either", async () => {
    const world = openWorld();
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b" }, { box: "id-b" });
    world.cloud.rules.push({ on: "delete Lid", effect: "cut" });
    world.cloud.onCall = (call) =>
      void (
        call.startsWith("delete") && world.cloud.rules.push({ on: "read Lid", effect: failure("E_REFUSED", "no") })
      );
    const applied = await world.apply(removal(lid("id-l")), ledgerOf(entryOf("id-l")));
    expect(codes(applied)).toEqual(["E_REFUSED"]);
    expect(world.cloud.calls.filter((call) => call.startsWith("delete"))).toHaveLength(1);
    expect([Object.keys(applied.ledger.entries), applied.ledger.intents.length]).toEqual([["Lid/l"], 1]);
  });

  test("holds the old object of a replacement against what the plan has seen, as the new one has its entry by then", async () => {
    const world = openWorld();
    plant(world.cloud, "Lid", "id-old", { name: "mine", box: "id-b" }, { box: "id-b" });
    const applied = await world.apply(removal(lid("id-old")), ledgerOf(entryOf("id-new")));
    expect(codes(applied)).toEqual(["E_CANNOT_DELETE"]);
    expect(world.cloud.calls).toEqual(["read Lid id-old"]);
  });

  test("makes no call where the id is the identity, or where nothing tells what it was", async () => {
    const named = openWorld();
    plant(named.cloud, "Lid", "l", { name: "l", box: "id-b" }, { box: "id-b" });
    await named.apply(removal(lid("l")), ledgerOf(entryOf("l")));
    expect(named.cloud.calls[0]).toBe("delete Lid l");
    const unknown = openWorld();
    plant(unknown.cloud, "Lid", "id-l", { name: "l" }, { box: "id-b" });
    const { before: _, ...unseen } = lid("id-l");
    await unknown.apply(removal(unseen), ledgerOf());
    expect(unknown.cloud.calls[0]).toMatch(/^delete Lid/);
  });

  test("lets the rest of a batch go where one of it is something else by now", async () => {
    const world = openWorld();
    const scope = { shelf: "top" };
    const pin = kindNamed(fakeKinds, "Pin");
    const read: Kind["read"] = async (_, { id }) => ({ id, spec: { name: id === "id-q" ? "mine" : id.slice(3) } });
    for (const name of ["p", "q", "r"]) plant(world.cloud, "Pin", `id-${name}`, { name, ...scope }, scope);
    const of = (name: string) => ({ id: `id-${name}`, before: { name, ...scope }, liveScope: scope });
    const names = ["p", "q", "r"];
    const applied = await world.apply(
      planOf(
        names.map((name) => changeAt(`Pin/${name}`, "delete", of(name))),
        names.map((name) => operation("delete", `Pin/${name}`, [], { batch: "delete Pin top" })),
      ),
      ledgerOf(...names.map((name) => entryNamed(name, { address: `Pin/${name}`, kind: "Pin", scope }))),
      { kinds: new Map([...fakeKinds, ["Pin", { ...pin, read }]]) },
    );
    expect(world.cloud.calls[0]).toBe("delete many Pin p+r");
    expect(applied.outcome.failed).toMatchObject([{ code: "E_CANNOT_DELETE", address: "Pin/q" }]);
    expect(Object.keys(applied.ledger.entries)).toContain("Pin/q");
  });
});
