import { expect, test } from "vitest";
import { openRowLimit } from "../../src/http/row-limit.ts";

test("openRowLimit() lets a hundred thousand rows in, and no more", () => {
  const isWithin = openRowLimit();
  const page = Array.from({ length: 1000 }, () => ({ id: "1" }));
  for (let pages = 1; pages <= 100; pages += 1) expect(isWithin(page, pages * 1000)).toBe(true);
  expect(isWithin([{ id: "1" }], 100_001)).toBe(false);
});

test("openRowLimit() lets 64 million characters in, and no more", () => {
  const isWithin = openRowLimit();
  const page = [{ text: "x".repeat(2 ** 20) }];
  for (let pages = 1; pages < 64; pages += 1) expect(isWithin(page, pages)).toBe(true);
  expect(isWithin(page, 64)).toBe(false);
});

test("openRowLimit() ends a list whose third page in a row brings nothing new", () => {
  const isWithin = openRowLimit();
  const page = [{ id: "1" }];
  expect([1, 1, 1, 2, 2, 2, 2].map((different) => isWithin(page, different))).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
});
