import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../../src/http/json.ts";

test("parseJson() agrees with the language but for integers that a number cannot hold", () => {
  const asText = (_: string, value: unknown): unknown =>
    Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value)) ? String(value) : value;
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text, asText));
    }),
  );
});

test("parseJson() loses no digit of an integer", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (integer) => {
      const isSafe = Number.isSafeInteger(Number(integer)) && BigInt(Number(integer)) === integer;
      expect(parseJson(`{"id":${integer}}`)).toEqual({ id: isSafe ? Number(integer) : String(integer) });
    }),
  );
});

test.each([
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", "9007199254740992"],
  ["9007199254740993", "9007199254740993"],
  ["-9007199254740993", "-9007199254740993"],
  ["18446744073709551615", "18446744073709551615"],
  ["1.5", 1.5],
  ["1e3", 1000],
  ["1e+20", 1e20],
  ["1e400", "1e400"],
])("parseJson() reads %s", (text, value) => {
  expect(parseJson(text)).toBe(value);
});

test("parseJson() takes __proto__ for plain data", () => {
  const value = parseJson('{"__proto__": {"polluted": true}, "constructor": 1}');
  expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
});

test.each(["", "{", '{"a":1', "<html>", '{"a":1}x', '{"a":1,"a":2}', '"\\', "nul", "[1,]"])(
  "parseJson() refuses %j",
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test("parseJson() refuses nesting that would overflow a stack, and does not count brackets in strings", () => {
  expect(() => parseJson("[".repeat(1_000_000))).toThrow("nested deeper than 256 levels");
  expect(() => parseJson('{"a":'.repeat(257))).toThrow("nested deeper than 256 levels");
  expect(parseJson(`${"[".repeat(256)}${"]".repeat(256)}`)).toBeInstanceOf(Array);
  expect(parseJson(JSON.stringify(`\\"${"[{".repeat(500)}`))).toBe(`\\"${"[{".repeat(500)}`);
});

test("parseJson() needs no more than linear time for hostile quotes", () => {
  const began = performance.now();
  expect(() => parseJson(`"${'\\"'.repeat(1_000_000)}`)).toThrow(SyntaxError);
  expect(performance.now() - began).toBeLessThan(3000);
});
