import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addonValues, laidOver, withoutDropped } from "../../../providers/huaweicloud/addon-values.ts";
import { restrict } from "../../../src/core/restrict.ts";
import { type Fields, isFields, type Value } from "../../../src/core/values.ts";

const { tree } = fc.letrec<{ tree: Fields; node: Value }>((tie) => ({
  node: fc.oneof({ depthSize: "small" }, fc.constantFrom<Value>(1, "x", true, []), tie("tree")),
  tree: fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("node"), { maxKeys: 3, noNullPrototype: true }),
}));

describe("addonValues", () => {
  it("drops empty parts, which say nothing", () => {
    expect(addonValues.parse({ basic: {}, custom: { a: {} } })).toEqual({ custom: { a: {} } });
    expect(addonValues.parse({ basic: {}, flavor: {} })).toBeUndefined();
    expect(addonValues.parse(undefined)).toBeUndefined();
  });

  it("refuses other parts", () => {
    expect(addonValues.safeParse({ parameters: {} }).success).toBe(false);
  });
});

describe("laidOver()", () => {
  it("keeps what is not wanted otherwise, and takes lists whole", () => {
    expect(laidOver({ a: 1, b: { c: [1, 2], d: 3 } }, { b: { c: [9] } })).toEqual({ a: 1, b: { c: [9], d: 3 } });
    expect(laidOver(undefined, { a: 1 })).toEqual({ a: 1 });
    expect(laidOver({ a: 1 }, undefined)).toEqual({ a: 1 });
  });

  it("shows every leaf that is wanted, whatever is there", () => {
    fc.assert(
      fc.property(tree, tree, (there, wanted) => {
        const result = laidOver(there, wanted) ?? null;
        expect(laidOver(result, wanted)).toEqual(result);
        expect(restrict(result, [wanted], {})).toEqual(restrict(laidOver(wanted, wanted) ?? null, [wanted], {}));
      }),
    );
  });
});

describe("withoutDropped()", () => {
  it("takes away what was applied and is not wanted any more, and nothing else", () => {
    const there = { a: 1, b: { mine: 1, own: 2 }, c: { mine: 1 }, d: [1] };
    const applied = { a: 1, b: { mine: 1 }, c: { mine: 1 }, d: [1] };
    expect(withoutDropped(there, applied, { a: 2 })).toEqual({ a: 1, b: { own: 2 } });
    expect(withoutDropped(there, undefined, undefined)).toEqual(there);
    expect(withoutDropped(there, applied, applied)).toEqual(there);
    expect(withoutDropped({ a: {} }, { a: {} }, {})).toEqual({ a: {} });
  });

  it("leaves everything where nothing was applied, or all of it is still wanted", () => {
    fc.assert(
      fc.property(tree, tree, (there, applied) => {
        expect(withoutDropped(there, {}, applied)).toEqual(there);
        expect(withoutDropped(there, applied, applied)).toEqual(there);
      }),
    );
  });

  it("leaves nothing that was applied alone", () => {
    fc.assert(
      fc.property(tree, (applied) => {
        const left = withoutDropped(applied, applied, undefined);
        const isBare = (value: Value | undefined): boolean =>
          value === undefined || (isFields(value) && Object.values(value).every(isBare));
        expect(isBare(left)).toBe(true);
      }),
    );
  });
});
