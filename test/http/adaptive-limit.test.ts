import { setMaxListeners } from "node:events";
import { expect, test } from "vitest";
import { fault } from "../../src/core/errors.ts";
import { callError } from "../../src/http/call-error.ts";
import { openGate } from "../../src/http/gate.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

/** A server with a bucket of tokens that fills by `rate` a second up to `burst`; a call without a token is throttled. */
function tokenServer(clock: VirtualClock, { rate, burst, latencyMs, retryAfterMs }: Server) {
  const seen = { calls: 0, admitted: 0, inside: 0, most: 0 };
  let tokens = burst;
  let filledAt = clock.now();
  const call = async (): Promise<void> => {
    seen.calls += 1;
    seen.inside += 1;
    seen.most = Math.max(seen.most, seen.inside);
    tokens = Math.min(burst, tokens + ((clock.now() - filledAt) / 1000) * rate);
    filledAt = clock.now();
    const isLetIn = tokens >= 1;
    if (isLetIn) tokens -= 1;
    await clock.sleep(latencyMs);
    seen.inside -= 1;
    if (!isLetIn) {
      const rest = retryAfterMs === undefined ? {} : { retryAfterMs };
      throw callError("throttled", fault("E_THROTTLED", "too many calls"), rest);
    }
    seen.admitted += 1;
  };
  return { call, seen };
}

type Server = {
  readonly rate: number;
  readonly burst: number;
  readonly latencyMs: number;
  readonly retryAfterMs?: number;
};

/** Numbers in [0, 1) that are the same each time. */
function draws(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Storm = { readonly parallelism?: number; readonly isAdaptive?: boolean };

/** Makes so many calls, all wanted at once, and tells what they cost and how much of what is allowed was used. */
async function storm(server: Server, wanted: number, { parallelism = 50, isAdaptive = true }: Storm = {}) {
  const clock = virtualClock();
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const world = { clock, parallelism, pace: 1, random: draws(), signal };
  const { call, seen } = tokenServer(clock, server);
  const gate = openGate(world);
  const policy = { ...world, budgetMs: 3_600_000 };
  const one = (): Promise<void> =>
    callWithRetry((attempt) => (isAdaptive ? gate(call, { api: "x", attempt, mutating: false }) : call()), policy);
  await clock.run(Promise.all(Array.from({ length: wanted }, one)));
  const allowed = server.burst + (server.rate * clock.now()) / 1000;
  return { ...seen, perWanted: seen.calls / wanted, used: wanted / allowed };
}

const usual: Server = { rate: 20, burst: 20, latencyMs: 50 };

test.each<[string, Server]>([
  ["allows bursts", usual],
  ["allows bursts that are longer than what is learnt from", { ...usual, burst: 100 }],
  ["answers slowly", { ...usual, latencyMs: 500 }],
  ["answers at once", { ...usual, latencyMs: 5 }],
  ["says when to come back", { ...usual, retryAfterMs: 1000 }],
  ["allows five times as many", { rate: 100, burst: 100, latencyMs: 100 }],
])("50 calls at a time against 20 a second neither storm nor starve: the server %s", async (_, server) => {
  const { perWanted, used, most, admitted } = await storm(server, 600);
  expect(admitted).toBe(600);
  expect(perWanted).toBeLessThan(1.15);
  expect(used).toBeGreaterThan(0.9);
  expect(most).toBeLessThanOrEqual(50);
});

test("a server that allows no burst is found out from below", async () => {
  const { perWanted, used } = await storm({ ...usual, burst: 1 }, 1200);
  expect(perWanted).toBeLessThan(1.1);
  expect(used).toBeGreaterThan(0.8);
});

test("a server that allows nearly nothing gets every call done", async () => {
  const { admitted, used } = await storm({ rate: 2, burst: 2, latencyMs: 100 }, 100);
  expect(admitted).toBe(100);
  expect(used).toBeGreaterThan(0.9);
});

test("without the limit the same calls storm", async () => {
  const { perWanted } = await storm(usual, 600, { isAdaptive: false });
  expect(perWanted).toBeGreaterThan(4);
});

test("a server without a limit is called as fast as the slots allow", async () => {
  const { calls, used } = await storm({ rate: 1000, burst: 1000, latencyMs: 50 }, 1000);
  expect(calls).toBe(1000);
  // 50 at a time, 50 ms each: 1,000 a second.
  expect(used).toBeGreaterThan(0.49);
});
