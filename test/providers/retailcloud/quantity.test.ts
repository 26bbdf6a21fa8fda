import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalQuantity } from "../../../providers/retailcloud/quantity.ts";

describe("canonicalQuantity()", () => {
  it.each([
    ["1024Mi", "1Gi"],
    ["1Gi", "1Gi"],
    ["1073741824", "1Gi"],
    ["129e6", "129M"],
    ["129M", "129M"],
    ["129E6", "129M"],
    ["123Mi", "123Mi"],
    ["1000m", "1"],
    ["0.5", "500m"],
    [".5", "500m"],
    ["5.", "5"],
    ["250m", "250m"],
    ["1u", "1u"],
    ["1500n", "1500n"],
    ["0.0000000001", "1n"],
    ["0", "0"],
    ["0Gi", "0"],
    ["-1024Mi", "-1Gi"],
    ["+1", "1"],
    ["1.5Gi", "1536Mi"],
    ["2000", "2k"],
    ["7", "7"],
    ["12e-1", "1200m"],
    ["1Ei", "1Ei"],
  ])("writes %s as %s", (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it.each(["", ".", "-", "Gi", "1 Gi", "1GiB", "abc", "0x10", "1e999", "1..5"])("leaves %j alone", (text) => {
    expect(canonicalQuantity(text)).toBe(text);
  });

  it("is the same text for the same amount, and its own canonical text", () => {
    const suffixes = fc.constantFrom("", "k", "M", "G", "Ki", "Mi", "Gi", "m");
    fc.assert(
      fc.property(fc.nat(10_000), suffixes, (amount, suffix) => {
        const canonical = canonicalQuantity(`${amount}${suffix}`);
        expect(canonicalQuantity(canonical)).toBe(canonical);
        expect(canonicalQuantity(`${amount}.000${suffix}`)).toBe(canonical);
      }),
    );
  });
});
