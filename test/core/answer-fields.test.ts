import { describe, expect, test } from "vitest";
import { recordOf, rowsOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Value } from "../../src/core/values.ts";

describe("wholeOf()", () => {
  test.each<[Value, number | undefined]>([
    [7, 7],
    ["7", 7],
    ["-1", -1],
    ["", undefined],
    ["seven", undefined],
    [1.5, undefined],
    ["9007199254740993", undefined],
    [true, undefined],
    [null, undefined],
  ])("reads %j as %j", (value, expected) => {
    expect(wholeOf({ count: value }, "count")).toBe(expected);
  });
});

test("recordOf() and rowsOf() take what is there, and nothing for what is something else", () => {
  const row = { one: { a: 1 }, many: [{ a: 1 }, "x", null, { b: 2 }], text: "x" };
  expect([recordOf(row, "one"), recordOf(row, "text"), recordOf(row, "many")]).toEqual([{ a: 1 }, {}, {}]);
  expect([rowsOf(row, "many"), rowsOf(row, "one"), rowsOf(row, "gone")]).toEqual([[{ a: 1 }, { b: 2 }], [], []]);
});
