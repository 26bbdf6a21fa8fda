import type { ListRequest } from "../core/snapshot.ts";
import type { Run } from "./run.ts";

/** The first wait between two looks; each further one is twice as long. Divided by `pace`. */
const firstWaitMs = 500;

type Waiting = Pick<Run, "clock" | "pace" | "signal">;

/** How long something may stay hidden from a look. */
export type Hiding = {
  /** The list in which it would show. */
  readonly request: ListRequest;
  /** When it was done, if it was: a time of the engine's clock. */
  readonly since: number;
  /** The shortest time after `since` at which a look is believed that shows nothing, divided by `pace`. */
  readonly leastMs: number;
  /** Most likely it was not done: one look at the end of that time tells, and the looks before it would be in vain. */
  readonly isUnlikely?: boolean;
};

/** A request whose answer was lost may still be under way, and lists may lag: so long is waited where nothing tells better. */
export const unseenMs = 10_000;

/** Where a list shows what was done later: a request that was under way then has arrived meanwhile. */
const coveredMs = 1000;

/** Waits, and answers false as soon as the run is to stop. `ms` is divided by `pace`. */
export async function pause({ clock, pace, signal }: Waiting, ms: number): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await clock.sleep(ms / pace, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return !signal.aborted;
}

/**
 * Looks at once (for what is unlikely, at the end) and then with growing patience until the look answers something. A look that
 * was begun late enough and showed nothing is believed: after `leastMs`, twice the longest lag that this run has seen of lists if
 * that is longer, or as soon as the list shows something that was done later. Undefined then, or where the run is to stop; what a
 * look throws is thrown.
 */
export async function patiently<T>(
  run: Waiting & Pick<Run, "lag">,
  hiding: Hiding,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const { since, isUnlikely = false } = hiding;
  const leftFrom = (now: number): number => since + patienceMs(run, hiding) - now;
  if (isUnlikely && !(await pause(run, Math.max(0, leftFrom(run.clock.now())) * run.pace))) return undefined;
  for (let waitMs = firstWaitMs; ; waitMs *= 2) {
    const began = run.clock.now();
    const found = await look();
    if (found !== undefined) return found;
    const leftMs = leftFrom(began);
    if (leftMs <= 0) return undefined;
    const restMs = Math.max(0, leftMs - (run.clock.now() - began)) * run.pace;
    if (!(await pause(run, Math.min(waitMs, restMs)))) return undefined;
  }
}

function patienceMs({ lag, pace }: Pick<Run, "lag" | "pace">, { request, since, leastMs }: Hiding): number {
  const least = lag.covers(request, since) ? Math.min(leastMs, coveredMs) : leastMs;
  return Math.max(least / pace, lag.covers(request, since) ? 0 : 2 * lag.longestMs());
}

/** The wait before the n-th repetition (from 1) of a call, to be divided by `pace`: at most 10 s. */
export function repetitionMs(repetition: number): number {
  return Math.min(unseenMs, firstWaitMs * 2 ** (repetition - 1));
}
