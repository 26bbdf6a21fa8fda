import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, padTo, truncate } from "../../src/render/width.ts";

const text = fc.string({ unit: fc.constantFrom("a", "店", "é", "😀", "ｱ", " ", "👩‍👧"), maxLength: 30 });

describe("padTo()", () => {
  it("reaches the width counted in columns, and never cuts", () => {
    fc.assert(
      fc.property(text, fc.nat(60), (one, columns) => {
        const padded = padTo(one, columns);
        expect(padded.startsWith(one)).toBe(true);
        expect(displayWidth(padded)).toBe(Math.max(columns, displayWidth(one)));
      }),
    );
  });
});

describe("truncate()", () => {
  it("never exceeds its columns, and leaves what fits", () => {
    fc.assert(
      fc.property(text, fc.nat(40), (one, columns) => {
        const cut = truncate(one, columns);
        expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
        if (displayWidth(one) <= columns) expect(cut).toBe(one);
      }),
    );
  });

  it("cuts between whole characters and says so", () => {
    expect(truncate("店铺前台", 5)).toBe("店铺…");
    expect(truncate("店铺前台", 4)).toBe("店…");
    expect(truncate("abc", 0)).toBe("");
  });
});
