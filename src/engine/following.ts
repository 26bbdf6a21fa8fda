import { faultOf } from "./fault-of.ts";
import { placeOf } from "./ledger-steps.ts";
import { waitUntilReady } from "./readiness.ts";
import { type Ended, isUnsure, type Run, type Task } from "./run.ts";
import { type Wanted, wantedOf } from "./wanted.ts";
import { complete, type Way } from "./ways.ts";

type Following = Task & { readonly wanted: Wanted };

/** Watches what is under way already, to its end; then a creation is made complete that an interrupted run has begun. */
export const following: Way<Following, object> = {
  prepare: (run, task) => ({ ...task, wanted: wantedOf(run, task.change) }),
  travelsTogether: () => false,
  send: async (_, batch) => batch.map(() => ({ result: {} })),
  finish: async (run, task) => (await watch(run, task)) ?? complete(run, task, placeOf(task.change).id),
};

/** Lets go on what waits, and watches it to its end. */
export const resuming: Way<Following, object> = {
  ...following,
  send: (run, batch) => Promise.all(batch.map((task) => resume(run, task))),
};

/** After a lost answer the look that follows tells whether it goes on: a second call might skip a stop further on. */
async function resume(run: Run, { kind, change }: Following): Promise<Ended<object>> {
  try {
    await kind.resume?.(await run.connect(change.provider), placeOf(change));
    return { result: {} };
  } catch (error) {
    const fault = faultOf(error);
    return isUnsure(fault) ? { result: {} } : { fault, open: false };
  }
}

function watch(run: Run, task: Following) {
  const { change, kind, wanted } = task;
  const object = { provider: change.provider, kind: kind.kind, ...placeOf(change), spec: wanted.spec };
  return waitUntilReady(run, task, object, wanted.spec);
}
