import type { Clock } from "../core/provider.ts";

/** Timers take no more than this; a longer wait would end at once. */
const longestTimer = 2 ** 31 - 1;

/** The real time, in milliseconds since 1970. */
export const systemClock: Clock = { now: () => Date.now(), sleep };

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(ms, longestTimer),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}
