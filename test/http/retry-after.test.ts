import { expect, test } from "vitest";
import { retryAfter } from "../../src/http/retry-after.ts";

const now = Date.parse("2026-11-21T10:00:00Z");

test.each([
  ["3", 3000],
  [" 0 ", 0],
  ["1.5", 1500],
  ["Sat, 21 Nov 2026 10:00:30 GMT", 30_000],
  ["Sat, 21 Nov 2026 09:00:00 GMT", 0],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("retryAfter() reads %j", (header, ms) => {
  expect(retryAfter(header, now)).toBe(ms);
});
