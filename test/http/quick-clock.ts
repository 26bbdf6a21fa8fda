import type { Clock } from "../../src/core/provider.ts";

/** A clock that passes at once whatever is slept, and keeps the waits. */
export function quickClock(): Clock & { readonly waits: number[] } {
  let now = 1_000_000;
  const waits: number[] = [];
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    waits.push(ms);
    now += ms;
  };
  return { now: () => now, sleep, waits };
}
