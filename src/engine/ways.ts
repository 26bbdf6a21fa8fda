import type { Change } from "../core/change.ts";
import { type CairnError, type Diagnostic, failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { type Creating, createSettled } from "./create.ts";
import { entryOf, ownedEntry, recordedEntry } from "./entry-of.ts";
import { faultOf } from "./fault-of.ts";
import { requireIdentity } from "./last-look.ts";
import { closeIntent, dropEntry, dropIntent, dropObject, placeOf, putEntry } from "./ledger-steps.ts";
import { waitUntilGone, waitUntilReady } from "./readiness.ts";
import { type Removing, removeRecorded } from "./remove.ts";
import { type Ended, goneKey, type Run, type Task } from "./run.ts";
import { type Updating, update } from "./update.ts";
import { type Wanted, wantedOf } from "./wanted.ts";

type LedgerStep = (state: LedgerState) => LedgerState;

/** How the operations of one action are done: made ready, sent, and followed up once their outcome is known. */
export type Way<T extends Task, R> = {
  /** Throws where the plan lacks what the call needs. */
  readonly prepare: (run: Run, task: Task) => T;
  /** True where the kind takes a whole batch in one call. */
  readonly travelsTogether: (task: Task) => boolean;
  /** Calls `release` as soon as it has to wait for anything but an answer. */
  readonly send: (run: Run, batch: readonly T[], release: () => void) => Promise<readonly Ended<R>[]>;
  /** Writes the ledger and waits for the cloud; answers what went wrong there. */
  readonly finish: (run: Run, task: T, result: R) => Promise<Diagnostic | undefined>;
};

/** Creates an object, records its id, and waits until it is usable. */
export const creating: Way<Creating, { readonly id: string }> = {
  prepare: (run, task) => ({ ...task, wanted: wantedOf(run, task.change) }),
  travelsTogether: ({ kind }) => kind.createMany !== undefined,
  send: createSettled,
  finish: (run, task, { id }) => keep(run, task, id),
};

/** Changes an object, records what was applied, and waits until it is usable. */
export const updating: Way<Updating, object> = {
  prepare: (run, task) => {
    if (task.kind.update === undefined) throw impossible(task, "updated");
    return { ...task, wanted: wantedOf(run, task.change), id: placeOf(task.change).id };
  },
  travelsTogether: () => false,
  send: async (run, batch, release) => Promise.all(batch.map((task) => update(run, task, release))),
  finish: (run, task) => keep(run, task, task.id),
};

/** Deletes an object, waits until it is gone, and takes it out of the ledger. */
export const removing: Way<Removing, object> = {
  prepare: (run, task) => {
    const { change, kind } = task;
    if (kind.remove === undefined) throw impossible(task, "deleted");
    const entry = ownedEntry(run.journal.state(), change);
    const planned = change.before === undefined ? undefined : kind.identity(change.before);
    // The old object of a replacement has no entry any more once the new one has: it is what the plan has seen.
    const identity = entry?.identity ?? planned;
    if (identity !== undefined && planned !== undefined) requireIdentity(change, identity, planned);
    const spec = change.before ?? entry?.spec ?? {};
    const removal = { ...placeOf(change), spec, force: change.lifecycle.force };
    return { ...task, removal, ...(identity === undefined ? {} : { identity }) };
  },
  travelsTogether: ({ kind }) => kind.removeMany !== undefined,
  send: removeRecorded,
  finish: async (run, task) => {
    const { change, kind, removal, operation } = task;
    run.gone.add(goneKey(kind.kind, removal.id));
    const object = { provider: change.provider, kind: kind.kind, ...removal };
    const found = await waitUntilGone(run, task, object);
    if (found !== undefined) return giveUp(run, task, { fault: found, open: false });
    return commit(run, (state) => closeIntent(dropObject(state, change), operation));
  },
};

type Recording = Task & { readonly step: LedgerStep };

/** Writes the ledger only. */
export const recording: Way<Recording, object> = {
  prepare: (run, task) => ({ ...task, step: recordStep(run, task.change) }),
  travelsTogether: () => false,
  send: async (_, batch) => batch.map(() => ({ result: {} })),
  finish: (run, { step }) => commit(run, step),
};

/** What a record-only operation does to the ledger. */
export function recordStep(source: Pick<Run, "kinds" | "salt">, change: Change): LedgerStep {
  if (change.action === "delete" || change.action === "forget") return (state) => dropEntry(state, change.address);
  if (change.action === "replace") return (state) => dropObject(state, change);
  const entry = recordedEntry(source, change);
  return (state) => putEntry(state, entry, change);
}

/** Ends an operation that was not done: its intent goes, unless the cloud may have done it or may do it yet. */
export async function giveUp(
  run: Run,
  { operation }: Pick<Task, "operation">,
  { fault, open }: { readonly fault: Diagnostic; readonly open: boolean },
): Promise<Diagnostic> {
  if (!open) await commit(run, (state) => dropIntent(state, operation));
  return fault;
}

async function keep(run: Run, task: Task & { readonly wanted: Wanted }, id: string): Promise<Diagnostic | undefined> {
  const { operation, change, kind, wanted } = task;
  const { scope } = wanted;
  const spec = operation.action === "update" ? { ...change.before, ...wanted.spec } : wanted.spec;
  const entry = entryOf(run, change, id, wanted);
  run.made.set(change.address, { id, spec, scope });
  const unsaved = await commit(run, (state) => closeIntent(putEntry(state, entry, change), operation));
  const object = { provider: change.provider, kind: kind.kind, scope, id, spec };
  const unready = unsaved ?? (await waitUntilReady(run, task, object, wanted.spec));
  return unready ?? (operation.action === "create" ? complete(run, task, id) : undefined);
}

/** Adds what a creation could not take along; does nothing for most kinds. */
export async function complete(
  run: Run,
  { change, kind, wanted }: Task & { readonly wanted: Wanted },
  id: string,
): Promise<Diagnostic | undefined> {
  if (kind.complete === undefined) return undefined;
  try {
    await kind.complete(await run.connect(change.provider), { ...wanted, id });
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

/** A failed write ends the run: nothing may be sent that the ledger cannot tell of. */
async function commit(run: Run, step: LedgerStep): Promise<Diagnostic | undefined> {
  try {
    await run.journal.commit(step);
    return undefined;
  } catch (error) {
    run.halt();
    return faultOf(error);
  }
}

function impossible({ kind }: Task, done: string): CairnError {
  return failure("E_INTERNAL", `a ${kind.kind} cannot be ${done}, yet the plan says so`);
}
