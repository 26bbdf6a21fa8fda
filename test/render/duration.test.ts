import { expect, it } from "vitest";
import { durationText } from "../../src/render/duration.ts";

it.each([
  [-5, "0.0s"],
  [40, "0.0s"],
  [1_250, "1.3s"],
  [9_960, "10s"],
  [59_400, "59s"],
  [59_600, "1m00s"],
  [65_000, "1m05s"],
  [3_599_600, "1h00m"],
  [3_725_000, "1h02m"],
])("durationText() says %i ms as %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
