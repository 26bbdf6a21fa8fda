import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, canonicalCapacity } from "../../../src/emulator/retailcloud/quantity.ts";

const SUFFIXES = ["", "K", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

test("canonicalCapacity() keeps the bytes and their family of suffixes, and is its own end", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.constantFrom(...SUFFIXES), (number, suffix) => {
      const once = canonicalCapacity(`${number}${suffix}`);
      expect(bytesOf(once)).toBe(bytesOf(`${number}${suffix}`));
      expect(once.endsWith("i") && !suffix.endsWith("i")).toBe(false);
      expect(canonicalCapacity(once)).toBe(once);
    }),
  );
});

test.each([
  ["1024Mi", "1Gi"],
  ["1500Mi", "1500Mi"],
  ["1000M", "1G"],
  ["129000000", "129M"],
  ["128974848", "128974848"],
  ["0", "0"],
  ["0Gi", "0"],
  ["129e6", "129e6"],
])("canonicalCapacity(%s) is %s", (given, told) => {
  expect(canonicalCapacity(given)).toBe(told);
});

test("bytesOf() counts in powers of 1000, with an i of 1024, and leaves other forms alone", () => {
  expect(["1K", "1Ki", "2E", "7"].map(bytesOf)).toEqual([1000n, 1024n, 2n * 10n ** 18n, 7n]);
  expect(["", "1k", "1.5Gi", "-1"].map(bytesOf)).toEqual([undefined, undefined, undefined, undefined]);
});
