import { expect, test } from "vitest";
import { durationText } from "../../src/http/duration.ts";

test.each([
  [0, "0 ms"],
  [250.4, "250 ms"],
  [2500, "2.5 s"],
  [7000, "7 s"],
  [34_400, "34 s"],
  [119_000, "119 s"],
  [300_000, "5 min"],
])("durationText() says %d ms", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
