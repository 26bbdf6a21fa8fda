/**
 * How fast an account may call an API, learnt from what it is told. Without a limit until the first call is throttled; then
 * additive increase and multiplicative decrease of the calls a second. Times are milliseconds on one clock that never goes
 * back. Pure but for what it remembers.
 */
export type Pace = {
  /** How long the next call has to wait. */
  readonly waitMs: (now: number) => number;
  /** A call leaves now. */
  readonly started: (now: number) => void;
  /** A call was let in, whatever its answer was. */
  readonly admitted: (now: number) => void;
  /** A call that left at `startedAt` was throttled; `retryAfterMs` is the server's own wish. */
  readonly throttled: (now: number, startedAt: number, retryAfterMs?: number) => void;
};

/** What is left of the rate after a throttled call: between two of them a limit is used to nine tenths on average. */
const cut = 0.8;
/** How much of the rate after a cut is added each second. */
const growth = 0.03;
/** Who is not throttled for so many seconds is far below the limit: the rate then doubles every other second. */
const steadyS = 10;
/** Calls a second. A server that allows less throttles some calls, and still every call gets its turn. */
const slowest = 0.1;
/** A server that asks for more time than this is asked again earlier: it may have meant a single kind of call. */
const longestHoldMs = 20_000;
const windowMs = 1000;

/** Makes a pace without a limit. */
export function openPace(): Pace {
  // The rate right after the last cut. How far the first one is from the limit is not known: it grows fast at once.
  let base = Number.POSITIVE_INFINITY;
  let steady = steadyS;
  let cutAt = Number.NEGATIVE_INFINITY;
  let nextAt = Number.NEGATIVE_INFINITY;
  let letIn: number[] = [];

  const rateAt = (now: number): number => {
    if (base === Number.POSITIVE_INFINITY) return base;
    const seconds = (now - cutAt) / 1000;
    return base * (1 + growth * Math.min(seconds, steady)) * 2 ** (Math.max(0, seconds - steady) / 2);
  };
  const forgetBefore = (time: number): void => {
    const first = letIn.findIndex((at) => at > time);
    if (first !== 0) letIn = first < 0 ? [] : letIn.slice(first);
  };
  const knownAt = (now: number): number => {
    forgetBefore(now - windowMs);
    const delivered = Math.max(1, letIn.length);
    // A rate that was allowed and not used says little of what the server bears.
    return base === Number.POSITIVE_INFINITY ? delivered : Math.min(rateAt(now), delivered * 1.25);
  };

  return {
    waitMs: (now) => Math.max(0, nextAt - now),
    started: (now) => {
      nextAt = Math.max(now, nextAt) + 1000 / rateAt(now);
    },
    admitted: (now) => {
      forgetBefore(now - windowMs);
      letIn.push(now);
    },
    throttled: (now, startedAt, retryAfterMs = 0) => {
      // Those that left before the last cut tell nothing of the rate since then.
      if (startedAt > cutAt) {
        const isFirst = base === Number.POSITIVE_INFINITY;
        base = Math.max(slowest, cut * knownAt(now));
        steady = isFirst ? 0 : steadyS;
        cutAt = now;
        nextAt = Math.max(nextAt, now + 1000 / base);
      }
      nextAt = Math.max(nextAt, now + Math.min(retryAfterMs, longestHoldMs));
    },
  };
}
