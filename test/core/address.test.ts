import fc from "fast-check";
import { expect, test } from "vitest";
import { address, lastSegment, namePattern, splitAddress } from "../../src/core/address.ts";

test("splitAddress() undoes address(), whatever slashes the name holds", () => {
  const names = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/);
  const kinds = fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/);
  fc.assert(
    fc.property(kinds, names, (kind, name) => {
      expect(splitAddress(address(kind, name))).toEqual({ kind, name });
    }),
  );
});

test("splitAddress() takes a text without a slash for a kind", () => {
  expect(splitAddress("App")).toEqual({ kind: "App", name: "" });
});

test("lastSegment() is what stands behind the last slash", () => {
  expect(["storefront/prod", "shop", "a/b/c"].map(lastSegment)).toEqual(["prod", "shop", "c"]);
});

test.each([
  ["a", true],
  ["0", true],
  ["shop/prod.eu-1_b", true],
  ["a".repeat(128), true],
  ["a".repeat(129), false],
  ["", false],
  ["/a", false],
  ["-a", false],
  ["a b", false],
  ["a\n", false],
  ["ä", false],
])("namePattern and %j: %s", (name, fits) => {
  expect(namePattern.test(name)).toBe(fits);
});
