import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/change.ts";
import { kinds } from "./fixtures/kinds.ts";
import { kindNamed, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** The keys of each batch of a plan. */
function batchesOf({ operations }: Plan): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { batch, key } of operations) {
    if (batch !== undefined) groups.set(batch, [...(groups.get(batch) ?? []), key]);
  }
  return [...groups.values()];
}

/** The serial of each operation that has one. */
function serialsOf({ operations }: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(operations.flatMap(({ key, serial }) => (serial === undefined ? [] : [[key, serial]])));
}

const board = (name: string) => ({
  desired: wanted(`Board/${name}`),
  entry: owned(`Board/${name}`, name),
  row: row("Board", name, { name }),
});
const pin = (name: string, on: string, fields = {}) => wanted(`Pin/${name}`, { board: on, ...fields });
const pinned = (name: string, on: string) => ({
  entry: owned(`Pin/${name}`, `${name}1`, { board: on }, { scope: { board: on } }),
  row: row("Pin", `${name}1`, { name, board: on }, { scope: { board: on } }),
});

describe("a batch", () => {
  it("gathers the creates that share a value, whether or not that exists yet, and counts as one call", () => {
    const made = planFor(worldOf(board("a").row), {
      desired: [board("a").desired, board("b").desired, pin("p", "a"), pin("q", "a"), pin("r", "b"), pin("s", "b")],
      entries: [board("a").entry],
    });
    expect(batchesOf(made)).toEqual([
      ["create Pin/p", "create Pin/q"],
      ["create Pin/r", "create Pin/s"],
    ]);
    expect(made.calls).toEqual({ CreateBoard: 1, CreatePin: 2 });
  });

  it("gathers deletes, and never creates with deletes", () => {
    const made = planFor(worldOf(board("a").row, pinned("p", "a").row, pinned("q", "a").row), {
      desired: [board("a").desired, pin("r", "a")],
      entries: [board("a").entry, pinned("p", "a").entry, pinned("q", "a").entry],
    });
    expect(batchesOf(made)).toEqual([["delete Pin/p", "delete Pin/q"]]);
    expect(made.calls).toEqual({ CreatePin: 1, DeletePin: 1 });
  });

  it("is not made of one operation, nor across providers", () => {
    const other = wanted("Pin/q", { board: { id: "a" } }, { provider: "other" });
    const made = planFor(worldOf(), { desired: [wanted("Pin/p", { board: { id: "a" } }), other] });
    expect(batchesOf(made)).toEqual([]);
  });

  it("is not made where it would tie a knot", () => {
    const desired = [board("a").desired, pin("p", "a"), pin("q", "a"), pin("r", "a", { under: "p" })];
    const made = planFor(worldOf(board("a").row), { desired, entries: [board("a").entry] });
    // Pin r waits for p, with which it would travel.
    expect(batchesOf(made)).toEqual([]);
    expect(made.operations.find(({ key }) => key === "create Pin/r")?.after).toEqual(["create Pin/p"]);
  });

  it("is not made of what has no value to share, or no call to share", () => {
    const single = { ...kindNamed("Cart"), batchBy: "pitch" };
    const several = { ...single, createMany: async () => [] };
    const desired = [
      wanted("Cart/c"),
      wanted("Cart/d"),
      wanted("Cart/e", { pitch: 1 }),
      wanted("Cart/f", { pitch: 2 }),
    ];
    for (const cart of [single, several]) {
      const made = planFor(worldOf(), { kinds: new Map([...kinds, ["Cart", cart]]), desired });
      expect(batchesOf(made)).toEqual([]);
    }
  });
});

describe("a serial", () => {
  const note = (name: string, on?: string, text?: string) =>
    wanted(`Note/${name}`, { ...(on === undefined ? {} : { board: on }), ...(text === undefined ? {} : { text }) });

  it("is shared by what the cloud locks together: to be made, to be changed and to go", () => {
    const entries = [
      board("a").entry,
      owned("Note/old", "n1", { board: "a" }),
      owned("Note/kept", "n2", { board: "a" }),
    ];
    const rows = [row("Note", "n1", { name: "old", board: "a" }), row("Note", "n2", { name: "kept", board: "a" })];
    const made = planFor(worldOf(board("a").row, ...rows), {
      desired: [
        board("a").desired,
        note("new", "a"),
        note("kept", "a", "hi"),
        wanted("Note/far", { board: { id: "a" } }),
      ],
      entries,
    });
    const serials = serialsOf(made);
    expect(Object.keys(serials).sort()).toEqual([
      "create Note/far",
      "create Note/new",
      "delete Note/old",
      "update Note/kept",
    ]);
    expect(new Set(Object.values(serials)).size).toBe(1);
  });

  it("tells apart what is locked apart; what names nothing is not locked", () => {
    const made = planFor(worldOf(), {
      desired: [board("a").desired, board("b").desired, note("x", "a"), note("y", "b"), note("z")],
    });
    expect(serialsOf(made)).toEqual({
      "create Note/x": "test board Board/a",
      "create Note/y": "test board Board/b",
    });
  });

  it("is not needed by what only writes the ledger", () => {
    const made = planFor(worldOf(row("Note", "n1", { name: "n", board: "a" })), {
      desired: [wanted("Note/n", { board: { id: "a" } })],
    });
    expect(made.operations).toEqual([{ key: "record Note/n", address: "Note/n", action: "record", after: [] }]);
  });
});
