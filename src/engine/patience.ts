import type { Run } from "./run.ts";

/** Waits between two looks at something that lists may show late: ten seconds in all, divided by `pace`. */
const waitsMs: readonly number[] = [500, 1000, 2000, 4000, 2500];

type Waiting = Pick<Run, "clock" | "pace" | "signal">;

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
 * Looks at once and then with growing patience until the look answers something. Undefined where it never did, or where the
 * run is to stop; what a look throws is thrown.
 */
export async function patiently<T>(waiting: Waiting, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const ms of waitsMs) {
    const found = await look();
    if (found !== undefined) return found;
    if (!(await pause(waiting, ms))) return undefined;
  }
  return look();
}

/** The wait before the n-th repetition (from 1) of a call. */
export async function pauseBefore(waiting: Waiting, repetition: number): Promise<boolean> {
  return pause(waiting, waitsMs[repetition - 1] ?? Math.max(...waitsMs));
}
