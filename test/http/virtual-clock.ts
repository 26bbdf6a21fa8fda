import { setImmediate as tick } from "node:timers/promises";
import type { Clock } from "../../src/core/provider.ts";

/** A clock whose time passes only while nothing else is to be done, and then at once: as exact as it is quick. */
export type VirtualClock = Clock & {
  /** Lets time pass until the work is done; rejects with what it rejects with. */
  run<T>(work: Promise<T>): Promise<T>;
};

type Sleeper = { readonly at: number; readonly wake: () => void };

export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let sleepers: Sleeper[] = [];
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper = { at: now + ms, wake: resolve };
      sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        sleepers = sleepers.filter((one) => one !== sleeper);
        reject(signal.reason);
      });
    });
  const pass = (): void => {
    const at = Math.min(...sleepers.map((one) => one.at));
    if (at === Number.POSITIVE_INFINITY) throw new Error("nobody sleeps, and still the work is not done");
    now = Math.max(now, at);
    const due = sleepers.filter((one) => one.at <= now);
    sleepers = sleepers.filter((one) => one.at > now);
    for (const { wake } of due) wake();
  };
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const end = (): void => {
      isDone = true;
    };
    work.then(end, end);
    for (;;) {
      // Whatever can go on without time goes on first.
      for (let turn = 0; turn < 3; turn += 1) await tick();
      if (isDone) return work;
      pass();
    }
  };
  return { now: () => now, sleep, run };
}
