import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import { changeAt, entryNamed, ledgerOf, operation, planOf } from "./fixtures.ts";
import { openWorld } from "./world.ts";

const boxA = changeAt("Box/a", "create", { after: { name: "a", size: 1 } });
const createA = planOf([boxA], [operation("create", "Box/a")]);
const boxB = changeAt("Box/b", "create", { after: { name: "b" } });
const lidA = changeAt("Lid/a", "create", {
  after: { name: "a", box: { to: "Box/a" } },
  parents: { box: "Box/a" },
  dependencies: ["Box/a"],
  source: { file: "lid.yaml", line: 4 },
});

describe("the ledger of a running apply", () => {
  test("makes no call when the first ledger write fails", async () => {
    const world = openWorld();
    world.failingWrites.add(1);
    const before = ledgerOf();
    const { outcome, ledger, isStored } = await world.apply(planOf([boxA], [operation("create", "Box/a")]), before);
    expect(outcome.failed.map(({ message }) => message)).toEqual(["no space left"]);
    expect([world.cloud.calls, ledger, isStored]).toEqual([[], before, true]);
  });

  test("starts nothing more after a failed ledger write, and hands back what could not be stored", async () => {
    const world = openWorld();
    for (const write of [2, 3, 4, 5]) world.failingWrites.add(write);
    const { outcome, ledger, isStored } = await world.apply(
      planOf(
        [boxA, boxB, lidA],
        [operation("create", "Box/a"), operation("create", "Box/b"), operation("create", "Lid/a", ["create Box/a"])],
      ),
      ledgerOf(),
      { parallelism: 1 },
    );
    expect(outcome.failed.map(({ code, address }) => `${code} ${address}`)).toContain("E_LEDGER Box/a");
    expect(outcome.skipped).toContainEqual({ address: "Lid/a", cause: "Box/a" });
    expect(Object.keys(ledger.entries)).toContain("Box/a");
    expect(isStored).toBe(false);
    expect(world.cloud.calls).not.toContain("create Lid a");
    expect(world.events.some((event) => event.type === "skipped" && event.address === "Lid/a")).toBe(true);
  });

  test("counts what a failed ledger write kept from starting as skipped because of it", async () => {
    const world = openWorld();
    for (let write = 2; write < 20; write += 1) world.failingWrites.add(write);
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const boxes = names.map((name) => changeAt(`Box/${name}`, "create", { after: { name } }));
    const operations = boxes.map(({ address }) => operation("create", address));
    const { outcome } = await world.apply(planOf(boxes, operations), ledgerOf(), { parallelism: 1 });
    expect(outcome.failed.length + outcome.skipped.length).toBe(names.length);
    expect(outcome.skipped).toContainEqual({ address: "Box/h", cause: "Box/a" });
    expect(world.events.filter(({ type }) => type === "skipped")).toHaveLength(outcome.skipped.length);
    expect(outcome.interrupted).toBe(false);
  });

  test("puts its intents in the place of older ones of the same operation, and keeps the others", async () => {
    const world = openWorld();
    const { id: _, ...draft } = entryNamed("a", { spec: { name: "a", size: 1 } });
    const { id: __, ...other } = entryNamed("other");
    const older = [draft, other].map((entry) => ({ action: "create" as const, entry, since: "earlier" }));
    const { ledger } = await world.apply(createA, { ...ledgerOf(), intents: older });
    expect(world.stored[0]?.intents.map(({ entry }) => entry.address)).toEqual(["Box/other", "Box/a"]);
    expect(ledger.intents.map(({ entry }) => entry.address)).toEqual(["Box/other"]);
  });

  test("keeps an older create of the same identity that was declared otherwise, until the new one is done", async () => {
    const world = openWorld();
    const { id: _, ...draft } = entryNamed("a", { spec: { name: "a", size: 7 } });
    const renamed = { ...draft, identity: "b" };
    const older = [draft, renamed].map((entry) => ({ action: "create" as const, entry, since: "earlier" }));
    const { ledger } = await world.apply(createA, { ...ledgerOf(), intents: older });
    expect(world.stored[0]?.intents.map(({ entry }) => `${entry.identity} ${entry.spec["size"]}`)).toEqual([
      "a 7",
      "a 1",
    ]);
    expect(ledger.intents).toEqual([]);
  });

  test("stores at the end what an earlier write could not", async () => {
    const world = openWorld();
    world.failingWrites.add(2);
    const { outcome, ledger, isStored } = await world.apply(
      planOf([boxA, lidA], [operation("create", "Box/a"), operation("create", "Lid/a", ["create Box/a"])]),
      ledgerOf(),
    );
    expect(outcome.failed.map(({ code }) => code)).toEqual(["E_LEDGER"]);
    expect(isStored).toBe(true);
    expect(world.stored.at(-1)?.entries).toEqual(ledger.entries);
    expect(Object.keys(ledger.entries)).toEqual(["Box/a"]);
  });

  test("reports a last write that fails although every operation was recorded or skipped", async () => {
    const world = openWorld();
    world.failingWrites.add(3);
    world.cloud.rules.push({ on: "create Box", effect: failure("E_CLOUD", "no") });
    const { outcome, isStored } = await world.apply(
      planOf([boxA, lidA], [operation("create", "Box/a"), operation("create", "Lid/a", ["create Box/a"])]),
      ledgerOf(),
    );
    expect(outcome.failed.map(({ code }) => code)).toEqual(["E_CLOUD", "E_LEDGER"]);
    expect(isStored).toBe(false);
  });
});
