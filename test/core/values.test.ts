import fc from "fast-check";
import { expect, test } from "vitest";
import { byText, canonicalText, inKeyOrder, isFields, sameValue } from "../../src/core/values.ts";
import { isEqual, values } from "./fixtures/values.ts";

test("isFields() is true for records alone", () => {
  expect([{}, { a: 1 }].every(isFields)).toBe(true);
  expect([[], null, undefined, "a", 1, true].some(isFields)).toBe(false);
});

test("canonicalText() sorts keys, leaves out what is undefined, and keeps the order of lists", () => {
  expect(canonicalText({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  expect(canonicalText({ a: undefined } as never)).toBe("{}");
  expect(canonicalText(undefined)).toBe("null");
  expect(canonicalText(JSON.parse('{"__proto__": 1}'))).toBe('{"__proto__":1}');
});

test("canonicalText() is JSON of the same value", () => {
  fc.assert(fc.property(values, (value) => isEqual(JSON.parse(canonicalText(value)), value)));
});

test("sameValue() says what a structural comparison says", () => {
  fc.assert(fc.property(values, values, (one, other) => sameValue(one, other) === isEqual(one, other)));
  fc.assert(fc.property(values, (value) => sameValue(value, structuredClone(value))));
});

test("byText() orders by code unit, whatever the locale", () => {
  expect(["b", "a", "ä", "B", "a"].sort(byText)).toEqual(["B", "a", "a", "b", "ä"]);
  expect(byText("a", "a")).toBe(0);
});

test("inKeyOrder() puts keys in one order at every depth, and changes nothing else", () => {
  expect(JSON.stringify(inKeyOrder({ b: [{ d: 1, c: 2 }, "x"], a: null }))).toBe('{"a":null,"b":[{"c":2,"d":1},"x"]}');
  fc.assert(fc.property(values, (value) => sameValue(inKeyOrder(value), value)));
});
