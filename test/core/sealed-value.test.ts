import { expect, test } from "vitest";
import { digestIn, isSealed, sealedValue } from "../../src/core/sealed-value.ts";

test.each([
  [{ $scrypt: "abc" }, true],
  [{ $scrypt: 1 }, false],
  [{}, false],
  ["$scrypt", false],
  [["$scrypt"], false],
  [undefined, false],
])("isSealed(%j) is %s", (value, expected) => {
  expect(isSealed(value)).toBe(expected);
});

test("sealedValue() stands for a secret, with its digest or with none", () => {
  for (const digest of ["abc", ""]) {
    expect(isSealed(sealedValue(digest))).toBe(true);
    expect(digestIn(sealedValue(digest))).toBe(digest);
  }
});
