import { expect, test } from "vitest";
import type { Clock } from "../../src/core/provider.ts";
import { systemClock } from "../../src/http/clock.ts";
import { openWatch } from "../../src/ledger/lease.ts";

function handClock(): { clock: Clock; pass: (ms: number) => void } {
  let now = 1_000_000;
  return {
    clock: { ...systemClock, now: () => now },
    pass: (ms) => {
      now += ms;
    },
  };
}

const lease = { ms: 1000, beatMs: 200 };

test("openWatch() finds a lock silent that did not change for a lease while it was looked at", () => {
  const { clock, pass } = handClock();
  const isSilent = openWatch(lease, clock);
  for (let look = 0; look < 10; look += 1) {
    expect(isSilent("lock", "beat")).toBe(false);
    pass(100);
  }
  expect(isSilent("lock", "beat")).toBe(true);
});

test("openWatch() begins anew with each sign of life", () => {
  const { clock, pass } = handClock();
  const isSilent = openWatch(lease, clock);
  for (let look = 0; look < 50; look += 1) {
    expect(isSilent("lock", `beat ${Math.floor(look / 9)}`)).toBe(false);
    pass(100);
  }
});

test("openWatch() does not count the time in which it was suspended itself", () => {
  const { clock, pass } = handClock();
  const isSilent = openWatch(lease, clock);
  isSilent("lock", "beat");
  pass(3_600_000);
  expect(isSilent("lock", "beat")).toBe(false);
  // A clock that was set back counts for nothing either.
  pass(-7_200_000);
  expect(isSilent("lock", "beat")).toBe(false);
});

test("openWatch() keeps apart the locks that it looks at", () => {
  const { clock, pass } = handClock();
  const isSilent = openWatch(lease, clock);
  for (let look = 0; look < 10; look += 1) {
    isSilent("first", "beat");
    pass(100);
  }
  expect(isSilent("second", "beat")).toBe(false);
  expect(isSilent("first", "beat")).toBe(true);
});
