import PQueue from "p-queue";

/**
 * Runs a task when a slot is free and gives the slot back when the task settles. One attempt of a call is one task: it
 * is signed inside, because a date and nonce made before the queue would be stale behind it; waits between attempts stay
 * outside, so that they hold no slot.
 */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** A gate with as many slots as calls may be under way at once; tasks are let in in the order in which they came. */
export function openGate(parallelism: number): Gate {
  const queue = new PQueue({ concurrency: parallelism });
  return (task) => queue.add(task);
}
