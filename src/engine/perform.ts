import type { OperationAction } from "../core/change.ts";
import type { Diagnostic } from "../core/errors.ts";
import { faultOf } from "./fault-of.ts";
import { following, resuming } from "./following.ts";
import type { Run, Task } from "./run.ts";
import { creating, giveUp, recording, removing, updating, type Way } from "./ways.ts";

/**
 * Performs the operations of one batch (mostly one): sends their calls, calls `release`, then writes the ledger and waits for
 * the cloud to settle. An operation has succeeded once its ledger write is durable and its object is ready (or gone).
 * Answers the faults of those that failed, by key. A failed ledger write also halts the run. Never throws.
 */
export async function perform(
  run: Run,
  tasks: readonly Task[],
  release: () => void,
): Promise<ReadonlyMap<string, Diagnostic>> {
  const actions: Record<OperationAction, () => Promise<ReadonlyMap<string, Diagnostic>>> = {
    create: () => go(run, tasks, creating, release),
    update: () => go(run, tasks, updating, release),
    delete: () => go(run, tasks, removing, release),
    record: () => go(run, tasks, recording, release),
    follow: () => go(run, tasks, following, release),
    resume: () => go(run, tasks, resuming, release),
  };
  const [first] = tasks;
  return first === undefined ? new Map() : actions[first.operation.action]();
}

async function go<T extends Task, R>(
  run: Run,
  tasks: readonly Task[],
  way: Way<T, R>,
  release: () => void,
): Promise<ReadonlyMap<string, Diagnostic>> {
  const faults = new Map<string, Diagnostic>();
  const ready: T[] = [];
  const note = async ({ operation }: Task, outcome: Promise<Diagnostic | undefined>): Promise<void> => {
    const found = await outcome;
    if (found !== undefined) faults.set(operation.key, found);
  };
  for (const task of tasks) {
    try {
      ready.push(way.prepare(run, task));
    } catch (error) {
      await note(task, giveUp(run, task, { fault: faultOf(error), open: false }));
    }
  }
  const isWhole = ready.every(way.travelsTogether);
  const batches = isWhole ? [ready] : ready.map((task) => [task]);
  const ends = (await Promise.all(batches.map((batch) => way.send(run, batch, release)))).flat();
  release();
  await Promise.all(
    ready.map((task, index) => {
      const end = ends[index];
      if (end === undefined) return undefined;
      return note(task, "result" in end ? way.finish(run, task, end.result) : giveUp(run, task, end));
    }),
  );
  return faults;
}
