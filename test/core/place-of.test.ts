import { expect, test } from "vitest";
import { placeOf, placeText } from "../../src/core/place-of.ts";

const source = { file: "a.yaml", line: 1 };
const places = { ports: { file: "a.yaml", line: 5 }, "ports.0.port": { file: "a.yaml", line: 7, column: 3 } };

test("placeOf() takes the nearest ancestor that has a place, at last the document", () => {
  expect(placeOf({ source, places }, "ports.0.port")).toEqual({ file: "a.yaml", line: 7, column: 3 });
  expect(placeOf({ source, places }, "ports.0.port.deep")).toEqual({ file: "a.yaml", line: 7, column: 3 });
  expect(placeOf({ source, places }, "ports.1")).toEqual({ file: "a.yaml", line: 5 });
  expect(placeOf({ source, places }, "port")).toEqual(source);
  expect(placeOf({ source, places }, "")).toEqual(source);
  expect(placeOf({ source, places }, "constructor")).toEqual(source);
});

test("placeText() writes as much as is known", () => {
  expect(placeText({ file: "a.yaml", line: 7, column: 3 })).toBe("a.yaml:7:3");
  expect(placeText({ file: "a.yaml", line: 7 })).toBe("a.yaml:7");
  expect(placeText({ file: "a.yaml" })).toBe("a.yaml");
});
