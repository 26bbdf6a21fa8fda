import { expect, it } from "vitest";
import { isBegun } from "../../src/core/beginning.ts";

it("isBegun() holds for a part of a list that fills up later, whatever its elements are, and for nothing else", () => {
  const kind = { completes: ["ports"] };
  const [one, two] = [{ port: 1 }, { port: 2 }];
  expect(isBegun(kind, "ports", [one, two], [{ port: 2 }])).toBe(true);
  for (const nothing of [undefined, [], ""]) expect(isBegun(kind, "ports", [one], nothing)).toBe(true);
  expect(isBegun(kind, "ports", [one], [one, two])).toBe(false);
  expect(isBegun(kind, "ports", undefined, [one])).toBe(false);
  expect(isBegun(kind, "ports", [1], 1)).toBe(false);
  expect(isBegun(kind, "name", [1], [])).toBe(false);
  expect(isBegun({}, "ports", [1], [])).toBe(false);
});
