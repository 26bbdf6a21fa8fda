import { expect, test } from "vitest";
import { failure, fault } from "../../src/core/errors.ts";
import { callError } from "../../src/http/call-error.ts";
import { systemClock } from "../../src/http/clock.ts";
import { openGate } from "../../src/http/gate.ts";
import { callWithRetry } from "../../src/http/retry.ts";

test("openGate() lets as many tasks in as it has slots, in their order, and returns what they return", async () => {
  const gate = openGate(3);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const tasks = Array.from({ length: 12 }, (_, n) =>
    gate(async () => {
      order.push(n);
      inside += 1;
      most = Math.max(most, inside);
      await systemClock.sleep(2);
      inside -= 1;
      return n;
    }),
  );
  expect(await Promise.all(tasks)).toEqual(order);
  expect(most).toBe(3);
});

test("openGate() gives a slot back when its task fails", async () => {
  const gate = openGate(1);
  await expect(gate(() => Promise.reject(failure("E_CLOUD", "no")))).rejects.toThrow("no");
  expect(await gate(async () => "next")).toBe("next");
});

test("openGate() holds no slot while a call waits for its next attempt", async () => {
  const gate = openGate(1);
  const order: string[] = [];
  const policy = { clock: systemClock, random: () => 0, pace: 1, signal: new AbortController().signal };
  const retried = callWithRetry(
    (n) =>
      gate(async () => {
        order.push(`first ${n}`);
        if (n === 1) throw callError("throttled", fault("E_THROTTLED", "later"), { retryAfterMs: 50 });
      }),
    policy,
  );
  await Promise.all([retried, gate(async () => order.push("second"))]);
  expect(order).toEqual(["first 1", "second", "first 2"]);
});
