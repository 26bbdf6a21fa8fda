import fc from "fast-check";
import { expect, test } from "vitest";
import { CairnError, failure, fault } from "../../src/core/errors.ts";
import type { Clock } from "../../src/core/provider.ts";
import { type CallClass, type CallError, callError } from "../../src/http/call-error.ts";
import { systemClock } from "../../src/http/clock.ts";
import { callWithRetry, type RetryPolicy } from "../../src/http/retry.ts";
import { quickClock } from "./quick-clock.ts";

function policy(rest: Partial<RetryPolicy> = {}): RetryPolicy {
  return { clock: quickClock(), random: () => 1, pace: 1, signal: new AbortController().signal, ...rest };
}

function failed(kind: CallClass, rest: Partial<Pick<CallError, "retryAfterMs" | "waitCapMs">> = {}): CallError {
  const code = kind === "throttled" ? "E_THROTTLED" : "E_UNREACHABLE";
  return callError(kind, fault(code, `ListApp: ${kind}`), rest);
}

/** An attempt that fails so and so often before it succeeds. */
function failing(error: Error, times: number): { attempt: (n: number) => Promise<string>; made: number[] } {
  const made: number[] = [];
  const attempt = async (n: number): Promise<string> => {
    made.push(n);
    if (made.length <= times) throw error;
    return "done";
  };
  return { attempt, made };
}

test("callWithRetry() makes one attempt where that succeeds", async () => {
  const { attempt, made } = failing(failed("transient"), 0);
  expect(await callWithRetry(attempt, policy())).toBe("done");
  expect(made).toEqual([1]);
});

test.each(["throttled", "transient"] as const)(
  "callWithRetry() tries what is %s again, waiting longer each time up to a cap",
  async (kind) => {
    const clock = quickClock();
    const { attempt, made } = failing(failed(kind), 9);
    expect(await callWithRetry(attempt, policy({ clock, capMs: 2000 }))).toBe("done");
    expect(made).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(clock.waits).toEqual([200, 400, 800, 1600, 2000, 2000, 2000, 2000, 2000]);
  },
);

test("callWithRetry() sends a conflict again that says when it is over, until its time is spent", async () => {
  const clock = quickClock();
  const error = failed("conflict", { retryAfterMs: 10_000 });
  expect(await callWithRetry(failing(error, 3).attempt, policy({ clock, random: () => 0 }))).toBe("done");
  expect(clock.waits).toEqual([10_000, 10_000, 10_000]);
  const { attempt } = failing(error, Number.POSITIVE_INFINITY);
  await expect(callWithRetry(attempt, policy({ random: () => 0 }))).rejects.toThrow(
    "ListApp: conflict; gave up after 31 attempts in 5 min; it asked to wait 10 s",
  );
});

test.each(["unknown-outcome", "conflict", "permanent"] as const)(
  "callWithRetry() never sends again what is %s",
  async (kind) => {
    const error = failed(kind);
    const { attempt, made } = failing(error, 1);
    await expect(callWithRetry(attempt, policy())).rejects.toBe(error);
    expect(made).toEqual([1]);
  },
);

test.each([new TypeError("fetch failed"), new TypeError("a bug"), failure("E_INTERNAL", "a bug")])(
  "callWithRetry() hands on what nobody has classified: %s",
  async (error) => {
    const { attempt, made } = failing(error, 1);
    await expect(callWithRetry(attempt, policy())).rejects.toBe(error);
    expect(made).toEqual([1]);
  },
);

test("callWithRetry() spreads waits over the whole span below the cap", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 9, maxLength: 9 }),
      async (draws) => {
        const clock = quickClock();
        const rest = [...draws];
        await callWithRetry(
          failing(failed("transient"), 9).attempt,
          policy({ clock, random: () => rest.shift() ?? 0 }),
        );
        expect(clock.waits).toEqual(draws.map((draw, n) => draw * Math.min(5000, 200 * 2 ** n)));
      },
    ),
  );
});

test("callWithRetry() waits as long as the server asks, and a little more by chance", async () => {
  const clock = quickClock();
  await callWithRetry(
    failing(failed("throttled", { retryAfterMs: 30_000 }), 2).attempt,
    policy({ clock, random: () => 0.5 }),
  );
  expect(clock.waits).toEqual([30_100, 30_100]);
});

test("callWithRetry() waits no longer than the error says is of use", async () => {
  const clock = quickClock();
  await callWithRetry(failing(failed("transient", { waitCapMs: 500 }), 4).attempt, policy({ clock }));
  expect(clock.waits).toEqual([200, 400, 500, 500]);
});

test("callWithRetry() divides its waits by the pace", async () => {
  const clock = quickClock();
  await callWithRetry(
    failing(failed("throttled", { retryAfterMs: 1000 }), 2).attempt,
    policy({ clock, pace: 100, random: () => 0 }),
  );
  expect(clock.waits).toEqual([10, 10]);
});

test("callWithRetry() gives up a transient failure after sixteen attempts, and says so", async () => {
  const { attempt, made } = failing(failed("transient"), Number.POSITIVE_INFINITY);
  const error: unknown = await callWithRetry(attempt, policy({ capMs: 1000 })).catch((caught) => caught);
  expect(made).toHaveLength(16);
  expect(error).toBeInstanceOf(CairnError);
  expect(error).toMatchObject({
    class: "transient",
    code: "E_UNREACHABLE",
    message: "ListApp: transient; gave up after 16 attempts in 13 s",
  });
});

test("callWithRetry() counts no attempt that was throttled among those that failed", async () => {
  const errors = Array.from({ length: 45 }, (_, n) => failed(n % 3 === 0 ? "transient" : "throttled"));
  const attempt = async (n: number): Promise<string> => {
    const error = errors[n - 1];
    if (error !== undefined) throw error;
    return "done";
  };
  expect(await callWithRetry(attempt, policy({ capMs: 1000 }))).toBe("done");
});

test.each([1, 1000])(
  "callWithRetry() goes on with a throttled call until five minutes of waits are spent (pace %d)",
  async (pace) => {
    const clock = quickClock();
    const { attempt, made } = failing(failed("throttled"), Number.POSITIVE_INFINITY);
    const error: unknown = await callWithRetry(attempt, policy({ clock, pace })).catch((caught) => caught);
    const waited = clock.waits.reduce((sum, wait) => sum + wait * pace, 0);
    expect(made.length).toBeGreaterThanOrEqual(10);
    expect(waited).toBeLessThanOrEqual(300_000);
    expect(waited).toBeGreaterThan(270_000);
    expect(error).toMatchObject({ class: "throttled", code: "E_THROTTLED" });
    expect(String(error)).toMatch(/; gave up after \d+ attempts in (5 min|28\d ms)$/);
  },
);

test("callWithRetry() counts slow attempts too", async () => {
  const clock = quickClock();
  const attempt = async (): Promise<never> => {
    await clock.sleep(100_000);
    throw failed("throttled");
  };
  await expect(callWithRetry(attempt, policy({ clock }))).rejects.toThrow("gave up after 4 attempts in 7 min");
});

test("callWithRetry() does not begin a wait that is longer than what is left", async () => {
  const clock = quickClock();
  const { attempt } = failing(failed("throttled", { retryAfterMs: 3_600_000 }), 1);
  await expect(callWithRetry(attempt, policy({ clock }))).rejects.toThrow(
    "ListApp: throttled; gave up after 1 attempt in 0 ms; it asked to wait 60 min",
  );
  expect(clock.waits).toEqual([]);
});

test("callWithRetry() stops waiting at once when the signal aborts", async () => {
  const run = new AbortController();
  const { attempt, made } = failing(failed("throttled", { retryAfterMs: 60_000 }), 1);
  setTimeout(() => run.abort(new Error("interrupted")), 30);
  const began = Date.now();
  const error: unknown = await callWithRetry(attempt, policy({ clock: systemClock, signal: run.signal })).catch(
    (caught) => caught,
  );
  expect(Date.now() - began).toBeLessThan(2000);
  expect(made).toEqual([1]);
  expect(error).toMatchObject({
    code: "E_INTERRUPTED",
    message: "ListApp: throttled; interrupted before the next attempt",
  });
});

test("callWithRetry() discards no result when the signal aborts while it arrives, nor when it has aborted before", async () => {
  const run = new AbortController();
  const attempt = async (): Promise<string> => {
    run.abort();
    return "id-1";
  };
  expect(await callWithRetry(attempt, policy({ signal: run.signal }))).toBe("id-1");
  expect(await callWithRetry(attempt, policy({ signal: run.signal }))).toBe("id-1");
});

test("callWithRetry() hands on the failure of a clock", async () => {
  const clock: Clock = { now: () => 0, sleep: () => Promise.reject(new Error("no timers")) };
  await expect(callWithRetry(failing(failed("transient"), 1).attempt, policy({ clock }))).rejects.toThrow("no timers");
});
