import pRetry, { type RetryContext } from "p-retry";
import { CairnError } from "../core/errors.ts";
import type { ProviderWorld } from "../core/provider.ts";
import { type CallError, callError, isCallError } from "./call-error.ts";
import { durationText } from "./duration.ts";

/** How a call is tried again; the world of a provider is one. All times in milliseconds, before division by `pace`. */
export type RetryPolicy = Pick<ProviderWorld, "clock" | "random" | "pace" | "signal"> & {
  /**
   * Attempts of a call that may fail for a transient reason: 16. Those that are throttled or have to wait their turn do not
   * count: they go on until the time is spent.
   */
  readonly attempts?: number;
  /** Time from the first failure to the last attempt: 5 min. */
  readonly budgetMs?: number;
  /** The longest first wait, doubled after each attempt: 200. */
  readonly baseMs?: number;
  /** The longest wait, unless the server names its own: 20 s. */
  readonly capMs?: number;
  /** The longest wait after a transient failure: 5 s. What fails among calls that go through is better asked often than late. */
  readonly transientCapMs?: number;
};

const defaults = { attempts: 16, budgetMs: 300_000, baseMs: 200, capMs: 20_000, transientCapMs: 5000 };

type Budget = RetryPolicy & typeof defaults;

/**
 * Runs attempts until one succeeds; `n` counts from 1. An attempt that rejects with a throttled or transient `CallError`, or with
 * a conflict that says when it is over, is followed by another after an exponential wait with full jitter, or the one that the server asked for; anything else
 * that it rejects with is rejected as it is. When attempts or time are spent, rejects with the last error, its message
 * saying how often and how long was tried. The signal ends a wait at once (`E_INTERRUPTED`; nothing was done then); it
 * neither prevents the first attempt nor discards a result.
 */
export function callWithRetry<T>(attempt: (n: number) => Promise<T>, policy: RetryPolicy): Promise<T> {
  const budget: Budget = { ...defaults, ...policy };
  const began = budget.clock.now();
  let failedSince: number | undefined;
  let waited = 0;
  let failures = 0;
  const waitOrGiveUp = async ({ error, attemptNumber }: RetryContext): Promise<void> => {
    if (!isCallError(error) || !isPassing(error)) throw error;
    const now = budget.clock.now();
    failedSince ??= now;
    if (error.class === "transient") failures += 1;
    const wait = nextWait(error, attemptNumber, budget);
    // Both count: waits as they are meant, whatever the pace, and time as it passes, however slow the attempts are.
    const spent = Math.max(waited, now - failedSince);
    const isLast = failures >= budget.attempts;
    if (isLast || spent + wait > budget.budgetMs) throw givenUp(error, attemptNumber, now - began);
    waited += wait;
    await pause(wait, error, budget);
  };
  // The waits are ours: p-retry's jitter only stretches, and with a signal of the run it would drop results.
  return pRetry(attempt, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 0,
    factor: 1,
    onFailedAttempt: waitOrGiveUp,
  });
}

/** True for what another attempt may cure; whatever is sent again was not done. */
function isPassing({ class: kind, retryAfterMs }: CallError): boolean {
  return kind === "throttled" || kind === "transient" || (kind === "conflict" && retryAfterMs !== undefined);
}

function nextWait({ class: kind, retryAfterMs, waitCapMs }: CallError, attempts: number, budget: Budget): number {
  const ownCap = kind === "transient" ? Math.min(budget.capMs, budget.transientCapMs) : budget.capMs;
  const cap = Math.min(ownCap, waitCapMs ?? ownCap);
  // On top of what the server asks for: everybody whom it asked would otherwise come back in the same moment.
  if (retryAfterMs !== undefined) return retryAfterMs + budget.random() * budget.baseMs;
  return budget.random() * Math.min(cap, budget.baseMs * 2 ** (attempts - 1));
}

async function pause(wait: number, error: CallError, { clock, signal, pace }: Budget): Promise<void> {
  try {
    await clock.sleep(wait / pace, signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    const message = `${error.message}; interrupted before the next attempt`;
    throw new CairnError([{ ...error.diagnostic, code: "E_INTERRUPTED", message }], { cause: error });
  }
}

function givenUp(error: CallError, attempts: number, ms: number): CallError {
  const asked = error.retryAfterMs === undefined ? "" : `; it asked to wait ${durationText(error.retryAfterMs)}`;
  const tried = `gave up after ${attempts} ${attempts === 1 ? "attempt" : "attempts"} in ${durationText(ms)}${asked}`;
  const { class: kind, diagnostic, cause } = error;
  return callError(kind, { ...diagnostic, message: `${diagnostic.message}; ${tried}` }, { cause });
}
