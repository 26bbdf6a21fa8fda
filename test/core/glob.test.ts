import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits, fitsAny } from "../../src/core/glob.ts";

describe("fits()", () => {
  test.each([
    ["App/shop", "App/shop", true],
    ["App/shop", "App/shops", false],
    ["App/*", "App/shop", true],
    ["App/*", "App/shop/prod", false],
    ["App/**", "App/shop/prod", true],
    ["**", "App/shop/prod", true],
    ["*/shop", "App/shop", true],
    ["*/shop/**", "Service/shop/prod", true],
    ["App/sh?p", "App/shop", true],
    ["App/sh?p", "App/shp", false],
    ["App?shop", "App/shop", false],
    ["App/a.b", "App/a-b", false],
    ["App/(a|b)", "App/a", false],
    ["App/[ab]", "App/a", false],
    ["App/a+", "App/aa", false],
    ["App/\\d", "App/1", false],
    ["App/{a}$^", "App/{a}$^", true],
    ["*constructor", "App/constructor", false],
    ["**constructor", "App/constructor", true],
    ["?toString", "atoString", true],
    ["__proto__*", "__proto__", true],
    ["", "", true],
  ])("%j and %j: %s", (pattern, address, expected) => {
    expect(fits(pattern, address)).toBe(expected);
  });

  test("takes every text without wildcards for itself alone", () => {
    const texts = fc.string().filter((text) => !/[*?]/.test(text));
    fc.assert(fc.property(texts, texts, (one, other) => fits(one, one) && fits(one, other) === (one === other)));
  });
});

test("fitsAny() needs one pattern that fits", () => {
  expect(fitsAny(["App/a", "App/b*"], "App/bc")).toBe(true);
  expect(fitsAny(["App/a"], "App/b")).toBe(false);
  expect(fitsAny([], "App/b")).toBe(false);
});
