import { describe, expect, test } from "vitest";
import type { Change } from "../../src/core/change.ts";
import { failure } from "../../src/core/errors.ts";
import { type FakeCloud, fakeKinds, plant } from "./fake-cloud.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld, type World } from "./world.ts";

const codes = (applied: Awaited<ReturnType<World["apply"]>>): string[] =>
  applied.outcome.failed.map(({ code }) => code);

describe("an update whose answer is lost", () => {
  const fields = (...names: string[]): Change["fields"] =>
    names.map((field) => ({ field, path: field, class: "intended", disruption: "none" }));
  const grow = (rest: Partial<Change> = {}): Change =>
    changeAt("Box/a", "update", {
      id: "id-a",
      before: { name: "a", size: 1, colours: ["red"] },
      after: { name: "a", size: 2, colours: ["blue", "red"] },
      fields: fields("size", "colours"),
      ...rest,
    });
  const start = (): World => {
    const world = openWorld();
    plant(world.cloud, "Box", "id-a", { name: "a", size: 1, colours: ["red"] });
    return world;
  };
  const run = (world: World, change: Change, kinds = fakeKinds) =>
    world.apply(planOf([change], [operation("update", "Box/a")]), ledgerOf(entryNamed("a")), { kinds });
  const repeatable = new Map([...fakeKinds].map(([name, kind]) => [name, { ...kind, repeatable: true as const }]));

  test("is done where the cloud shows the changed fields as wanted", async () => {
    const world = start();
    world.cloud.rules.push({ on: "update Box", effect: "lost" });
    const { outcome, ledger } = await run(world, grow());
    expect(outcome.done).toEqual(["Box/a"]);
    expect(world.cloud.calls).toEqual(["update Box a size,colours", "list Box {}"]);
    expect(ledger.entries["Box/a"]?.spec).toEqual({ name: "a", size: 2, colours: ["blue", "red"] });
  });

  test("is sent again where they are not", async () => {
    const cut = start();
    cut.cloud.rules.push({ on: "update Box", calls: [1], effect: "cut" });
    expect((await run(cut, grow())).outcome.done).toEqual(["Box/a"]);
    expect(cut.cloud.calls.filter((call) => call.startsWith("update"))).toHaveLength(2);
    expect(cut.clock.waits).toEqual([500]);
  });

  const unseen: readonly [string, Partial<Change>, FakeCloud["rules"]][] = [
    ["they are never shown", { after: { name: "a", note: "unseen" }, fields: fields("note") }, []],
    ["the look fails", {}, [{ on: "list Box", effect: failure("E_REFUSED", "no") }]],
    ["no field of its own differs", { fields: [] }, []],
    ["the object is not to be seen", {}, [{ on: "list Box", effect: "none" }]],
  ];
  test.each(unseen)(
    "cannot be verified where %s: it is sent again only if its kind says that twice is once",
    async (_, rest, rules) => {
      const lost = (): World => {
        const world = start();
        world.cloud.rules.push({ on: "update Box", calls: [1], effect: "lost" }, ...rules);
        return world;
      };
      const plain = lost();
      const applied = await run(plain, grow(rest));
      expect(codes(applied)).toEqual(["E_UNKNOWN_OUTCOME"]);
      expect(applied.ledger.intents).toHaveLength(1);
      expect(plain.cloud.calls.filter((call) => call.startsWith("update"))).toHaveLength(1);
      const harmless = lost();
      expect((await run(harmless, grow(rest), repeatable)).outcome.done).toEqual(["Box/a"]);
      expect(harmless.cloud.calls.filter((call) => call.startsWith("update"))).toHaveLength(2);
    },
  );

  test("is given up after eight times, keeping the entry as it was", async () => {
    const world = start();
    world.cloud.rules.push({ on: "update Box", effect: "cut" });
    const applied = await run(world, grow());
    expect(codes(applied)).toEqual(["E_UNKNOWN_OUTCOME"]);
    expect(applied.outcome.failed[0]?.message).toContain(
      "gave up after it was sent 8 times, and looked for after each",
    );
    expect(world.clock.waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(applied.ledger.entries["Box/a"]?.spec).toEqual({ name: "a" });
  });

  test("is not sent again when the cloud declined it", async () => {
    const world = start();
    world.cloud.rules.push({ on: "update Box", effect: failure("E_CLOUD", "no") });
    const applied = await run(world, grow());
    expect(codes(applied)).toEqual(["E_CLOUD"]);
    expect([world.cloud.calls.length, applied.ledger.intents]).toEqual([1, []]);
  });

  test("compares fields that only a read shows by a read", async () => {
    const world = openWorld();
    const box = { box: "id-b" };
    plant(world.cloud, "Box", "id-b", { name: "b" });
    plant(world.cloud, "Lid", "id-l", { name: "l", box: "id-b", grip: "old" }, box);
    world.cloud.rules.push({ on: "update Lid", effect: "lost" });
    const change = changeAt("Lid/l", "update", {
      id: "id-l",
      scope: box,
      before: { name: "l", box: "id-b", grip: "old" },
      after: { name: "l", box: { id: "id-b", parents: {} }, grip: "new" },
      fields: fields("grip"),
    });
    const entry = entryNamed("l", { address: "Lid/l", kind: "Lid", id: "id-l", scope: box });
    const { outcome } = await world.apply(planOf([change], [operation("update", "Lid/l")]), ledgerOf(entry));
    expect(outcome.done).toEqual(["Lid/l"]);
    expect(world.cloud.calls).toEqual(["update Lid l grip", "read Lid id-l"]);
    world.cloud.rules.push({ on: "read Lid", effect: failure("E_CLOUD", "no") });
  });

  test("fails where its kind has no update", async () => {
    const world = openWorld();
    const change = changeAt("Tag/t", "update", { id: "t", before: { name: "t" }, after: { name: "t" } });
    const applied = await world.apply(planOf([change], [operation("update", "Tag/t")]), ledgerOf());
    expect(applied.outcome.failed[0]?.message).toContain("a Tag cannot be updated");
  });
});
