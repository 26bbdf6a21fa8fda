import fc from "fast-check";
import { expect, test } from "vitest";
import { createStore } from "../../src/emulator/store.ts";

const TABLES = {
  Thing: { id: "Id", fields: { Id: { type: "String", required: true }, Size: { type: "Integer" } } },
} as const;

test("asOf() shows the rows, and their order, as they stood at every earlier time", () => {
  const step = fc.record({ id: fc.constantFrom("a", "b", "c"), size: fc.option(fc.nat(9)), wait: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let time = 0;
      const store = createStore(TABLES, () => time);
      const stood = new Map([[0, store.rows("Thing")]]);
      for (const { id, size, wait } of steps) {
        time += wait;
        if (size === null) store.drop("Thing", id);
        else store.put("Thing", { Id: id, Size: size });
        stood.set(time, store.rows("Thing"));
      }
      for (const [then, rows] of stood) expect(store.asOf(then).rows("Thing")).toEqual(rows);
    }),
  );
});

test("put() keeps the place of a row that it replaces, and drops fields that are absent", () => {
  const store = createStore(TABLES, () => 0);
  store.put("Thing", { Id: "a", Size: 1 });
  store.put("Thing", { Id: "b" });
  store.put("Thing", { Id: "a", Size: undefined });
  expect(store.rows("Thing").map((row) => Object.entries(row))).toEqual([[["Id", "a"]], [["Id", "b"]]]);
  expect(store.find("Thing", "b")).toEqual({ Id: "b" });
  expect(store.find("Thing", "c")).toBeUndefined();
});
