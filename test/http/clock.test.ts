import { expect, test } from "vitest";
import { systemClock } from "../../src/http/clock.ts";

test("now() is the time since 1970", () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(100);
});

test("sleep() ends after its time, with a signal and without, and lets go of the signal", async () => {
  const { signal } = new AbortController();
  const began = performance.now();
  await systemClock.sleep(20);
  await systemClock.sleep(20, signal);
  expect(performance.now() - began).toBeGreaterThan(35);
});

test("sleep() rejects with the signal's reason as soon as it aborts, or at once", async () => {
  const run = new AbortController();
  const reason = new Error("stop");
  setTimeout(() => run.abort(reason), 20);
  await expect(systemClock.sleep(60_000, run.signal)).rejects.toBe(reason);
  await expect(systemClock.sleep(60_000, run.signal)).rejects.toBe(reason);
});

test("sleep() does not take a wait beyond the range of timers for none", async () => {
  const sleeping = systemClock.sleep(2 ** 40, AbortSignal.timeout(30));
  await expect(sleeping).rejects.toMatchObject({ name: "TimeoutError" });
});
