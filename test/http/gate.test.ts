import { expect, test } from "vitest";
import { failure, fault } from "../../src/core/errors.ts";
import { callError } from "../../src/http/call-error.ts";
import { systemClock } from "../../src/http/clock.ts";
import { gateOf, openGate, type Turn } from "../../src/http/gate.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { virtualClock } from "./virtual-clock.ts";

function world(parallelism: number, run = new AbortController()) {
  return { clock: virtualClock(), parallelism, pace: 1, random: () => 0, signal: run.signal };
}

const read: Turn = { api: "shop", attempt: 1, mutating: false };

function throttled(retryAfterMs?: number): Error {
  return callError("throttled", fault("E_THROTTLED", "later"), retryAfterMs === undefined ? {} : { retryAfterMs });
}

test("openGate() lets as many tasks in as it has slots, in their order, and returns what they return", async () => {
  const gate = openGate(world(3));
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
    }, read),
  );
  expect(await Promise.all(tasks)).toEqual(order);
  expect(most).toBe(3);
});

test("openGate() gives a slot back when its task fails", async () => {
  const gate = openGate(world(1));
  await expect(gate(() => Promise.reject(failure("E_CLOUD", "no")), read)).rejects.toThrow("no");
  expect(await gate(async () => "next", read)).toBe("next");
});

test("openGate() holds no slot while a call waits for its next attempt", async () => {
  const all = world(1);
  const gate = openGate(all);
  const order: string[] = [];
  const fail = callError("transient", fault("E_UNREACHABLE", "later"), { retryAfterMs: 50 });
  const retried = callWithRetry(
    (attempt) =>
      gate(
        async () => {
          order.push(`first ${attempt}`);
          if (attempt === 1) throw fail;
        },
        { ...read, attempt },
      ),
    all,
  );
  await all.clock.run(Promise.all([retried, gate(async () => order.push("second"), read)]));
  expect(order).toEqual(["first 1", "second", "first 2"]);
});

test("openGate() lets those in first that were sent before", async () => {
  const gate = openGate(world(1));
  const order: number[] = [];
  const task = (attempt: number) => gate(async () => order.push(attempt), { ...read, attempt });
  await Promise.all([1, 1, 2, 1, 3].map(task));
  // The first is in before the others come, the second stands at the door.
  expect(order).toEqual([1, 3, 2, 1, 1]);
});

test("openGate() slows down the API that throttles, and holds up no other", async () => {
  const all = world(5);
  const gate = openGate(all);
  const at: Record<string, number[]> = { shop: [], bank: [] };
  const task = (api: string) => gate(async () => at[api]?.push(all.clock.now()), { ...read, api });
  await expect(gate(() => Promise.reject(throttled()), read)).rejects.toThrow("later");
  await all.clock.run(Promise.all([1, 2, 3].flatMap(() => [task("shop"), task("bank")])));
  expect(at["bank"]).toEqual([0, 0, 0]);
  const [first = 0, second = 0, third = 0] = at["shop"] ?? [];
  expect(first).toBe(1250);
  expect(second - first).toBeGreaterThan(500);
  expect(third - second).toBeGreaterThan(300);
});

test("openGate() lets nobody in before the time that the server asked for, up to twenty seconds", async () => {
  for (const [asked, waited] of [
    [5000, 5000],
    [3_600_000, 20_000],
  ] as const) {
    const all = world(5);
    const gate = openGate(all);
    await expect(gate(() => Promise.reject(throttled(asked)), read)).rejects.toThrow("later");
    expect(await all.clock.run(gate(async () => all.clock.now(), read))).toBe(waited);
  }
});

test("openGate() divides its waits by the pace", async () => {
  const all = { ...world(5), pace: 100 };
  const gate = openGate(all);
  await expect(gate(() => Promise.reject(throttled(5000)), read)).rejects.toThrow("later");
  expect(await all.clock.run(gate(async () => all.clock.now(), read))).toBe(50);
});

test("openGate() ends the wait of a read at once when the run is interrupted, and finishes what changes something", async () => {
  const run = new AbortController();
  const all = world(5, run);
  const gate = openGate(all);
  await expect(gate(() => Promise.reject(throttled(5000)), read)).rejects.toThrow("later");
  const reads = [1, 2].map(() => gate(async () => "read", read));
  const write = gate(async () => "written", { ...read, mutating: true });
  run.abort();
  for (const one of reads) await expect(one).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  expect(all.clock.now()).toBe(0);
  expect(await all.clock.run(write)).toBe("written");
  // What comes after the interrupt belongs to what is being finished.
  expect(await all.clock.run(gate(async () => "looked up", read))).toBe("looked up");
});

test("openGate() hands on what else ends a wait", async () => {
  const clock = { now: () => 0, sleep: () => Promise.reject(new Error("no clock")) };
  const gate = openGate({ ...world(1), clock });
  await expect(gate(() => Promise.reject(throttled(5000)), read)).rejects.toThrow("later");
  await expect(gate(async () => "read", read)).rejects.toThrow("no clock");
});

test("gateOf() gives one gate to an account of a run, and others to other accounts and runs", () => {
  const all = world(1);
  expect(gateOf(all, "a")).toBe(gateOf({ ...all }, "a"));
  expect(gateOf(all, "a")).not.toBe(gateOf(all, "b"));
  expect(gateOf(all, "a")).not.toBe(gateOf(world(1), "a"));
});
