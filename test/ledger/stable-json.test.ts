import { expect, test } from "vitest";
import { stableJson } from "../../src/ledger/stable-json.ts";

test("stableJson() sorts keys by code unit and ends with a newline", () => {
  expect(stableJson({ b: [1, { d: null, c: [] }], a: {}, "10": true, "9": "x" })).toBe(
    '{\n  "10": true,\n  "9": "x",\n  "a": {},\n  "b": [\n    1,\n    {\n      "c": [],\n      "d": null\n    }\n  ]\n}\n',
  );
});

test("stableJson() writes a whole number beyond 2^53 so that it stays a number", () => {
  expect([1e20, -(2 ** 60), 2 ** 53 - 1, 0.1].map((one) => stableJson(one))).toEqual([
    "1e+20\n",
    "-1.152921504606847e+18\n",
    "9007199254740991\n",
    "0.1\n",
  ]);
});
