import { setMaxListeners } from "node:events";
import type { Change, Operation, Plan } from "../core/change.ts";
import { type Diagnostic, failure } from "../core/errors.ts";
import type { ApplyEvent, ApplyOutcome } from "../core/event.ts";
import type { Kinds } from "../core/kind.ts";
import type { LedgerState } from "../core/ledger.ts";
import type { Clock } from "../core/provider.ts";
import type { LedgerLock } from "../ledger/backend.ts";
import { intentOf } from "./entry-of.ts";
import { faultOf } from "./fault-of.ts";
import { openJournal } from "./journal.ts";
import { openLag } from "./lag.ts";
import { addIntents, dropIntent } from "./ledger-steps.ts";
import { identitiesIn } from "./new-ids.ts";
import { type Connect, kindNamed, openObserver, type Watch } from "./observer.ts";
import { outcomeOf, type Verdicts, withHalted, withUnproved } from "./outcome.ts";
import { perform } from "./perform.ts";
import { type Basis, prove } from "./proof.ts";
import { openReports, type Reports } from "./reports.ts";
import type { Run, Task } from "./run.ts";
import { unitsOf } from "./units.ts";
import { type Visit, walk } from "./walk.ts";
import { recordStep } from "./ways.ts";

/** Everything that an apply needs. */
export type ApplyInput = {
  readonly plan: Plan;
  /** The ledger that the plan was made from, intents settled. */
  readonly ledger: LedgerState;
  readonly lock: Pick<LedgerLock, "write">;
  readonly kinds: Kinds;
  readonly api: Connect;
  readonly clock: Clock;
  /** Divides every wait. */
  readonly pace: number;
  /** Operations that send calls at once; waiting for the cloud to settle does not count. */
  readonly parallelism: number;
  /** Ends every wait and starts nothing new; what is under way is finished and recorded. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ApplyEvent) => void;
  /** What the plan was made from: with it, what was done is looked at once more, and what is not as written is a failure. */
  readonly basis?: Basis;
  /** What the ledger's open intents were about to create is looked for at this time of the clock before it is created. */
  readonly quietAt?: number;
};

/** What an apply leaves behind. */
export type Applied = {
  readonly outcome: ApplyOutcome;
  readonly ledger: LedgerState;
  /** False where the ledger could not be written after calls were made: it has to be handed to the user then. */
  readonly isStored: boolean;
};

/**
 * Executes a plan and decides nothing that it does not say. Before the first call one ledger write holds the intents of all
 * operations and everything that needs no call; then the graph is walked. Faults of operations stand in the outcome,
 * nothing is thrown for them. Refusals and errors of the plan are the caller's to mind.
 */
export async function applyPlan(input: ApplyInput): Promise<Applied> {
  const { plan, clock, onEvent, signal } = input;
  const { operations } = plan;
  const steps = operations.map(({ key, address, action }) => ({ key, address, action }));
  onEvent({ type: "begin", at: clock.now(), steps });
  const applied = operations.length === 0 || signal.aborted ? untouched(input, []) : await applyAll(input);
  onEvent({ type: "end", at: clock.now() });
  return applied;
}

async function applyAll(input: ApplyInput): Promise<Applied> {
  const { plan, signal, parallelism, clock, onEvent } = input;
  const halt = new AbortController();
  const stop = AbortSignal.any([signal, halt.signal]);
  // Every operation that waits for the cloud listens to it; Node warns of more than ten listeners.
  setMaxListeners(0, stop);
  const reports = openReports(clock, onEvent);
  const run = openRun(input, stop, () => halt.abort(), reports);
  const { firsts, rest } = firstOf(plan.operations);
  const tasks = new Map(rest.map((operation) => [operation.key, taskOf(run, operation)]));
  // A graph that cannot be walked is refused before anything is written.
  unitsOf(rest);
  try {
    await writeFirst(run, firsts, rest);
  } catch (error) {
    return untouched(input, [faultOf(error)]);
  }
  for (const operation of firsts) {
    reports.started(operation);
    reports.done(operation, run.changes.get(operation.address)?.id);
  }
  const visit = visitOf(run, tasks, reports);
  const walked = await walk(rest, visit, { parallelism, signal: stop, onSkipped: reports.skipped });
  const verdicts = signal.aborted ? walked : withHalted(rest, walked, reports.skipped);
  const unsaved = await writeLast(run, rest, verdicts);
  const all: Verdicts = new Map([...firsts.map(({ key }) => [key, { state: "done" }] as const), ...verdicts]);
  const outcome = await proved(run, input, outcomeOf(plan.operations, all, signal.aborted));
  const failed = unsaved === undefined || halt.signal.aborted ? outcome.failed : [...outcome.failed, unsaved];
  return { outcome: { ...outcome, failed }, ledger: run.journal.state(), isStored: run.journal.isStored() };
}

/** The outcome, with what is not as it was written. A run that is to stop proves nothing, and says that it was interrupted. */
async function proved(run: Run, { basis, plan, signal }: ApplyInput, outcome: ApplyOutcome): Promise<ApplyOutcome> {
  if (basis === undefined || signal.aborted) return outcome;
  const faults = await prove(run, basis, plan, new Set(outcome.done));
  return signal.aborted ? { ...outcome, interrupted: true } : withUnproved(outcome, faults);
}

function openRun(input: ApplyInput, signal: AbortSignal, halt: () => void, reports: Reports): Run {
  const { plan, ledger, lock, kinds, api, clock, pace, quietAt } = input;
  const lag = openLag();
  const onList: Watch["onList"] = (request, objects, began) =>
    lag.listed(request, new Set(objects.map(({ id }) => id)), began);
  return {
    kinds,
    known: plan.known,
    changes: new Map(plan.changes.map((change) => [change.address, change])),
    connect: api,
    observer: openObserver(kinds, api, { now: clock.now, onList }),
    lag,
    journal: openJournal(ledger, lock, () => new Date(clock.now()).toISOString()),
    clock,
    pace,
    signal,
    salt: ledger.lineage,
    made: new Map(),
    seen: identitiesIn(kinds, input.basis?.snapshot),
    gone: new Set(),
    halt,
    unsettled: new Map(quietAt === undefined ? [] : ledger.intents.map(({ entry }) => [entry.address, quietAt])),
    tell: reports.progress,
  };
}

/** Nothing was done: the ledger stands as it was. */
function untouched({ ledger, plan, signal }: ApplyInput, failed: readonly Diagnostic[]): Applied {
  const interrupted = signal.aborted && plan.operations.length > 0;
  return { outcome: { done: [], failed, skipped: [], interrupted }, ledger, isStored: true };
}

/** Parts what goes into the first ledger write (no call, nothing to wait for) from what is walked. */
function firstOf(operations: readonly Operation[]): { firsts: readonly Operation[]; rest: readonly Operation[] } {
  const firsts = operations.filter(({ action, after }) => action === "record" && after.length === 0);
  const keys = new Set(firsts.map(({ key }) => key));
  const rest = operations
    .filter(({ key }) => !keys.has(key))
    .map((operation) => ({ ...operation, after: operation.after.filter((key) => !keys.has(key)) }));
  return { firsts, rest };
}

function taskOf(run: Run, operation: Operation): Task {
  const change = changeOf(run, operation);
  return { operation, change, kind: kindNamed(run.kinds, change.kind) };
}

function changeOf({ changes }: Run, { key, address }: Operation): Change {
  const change = changes.get(address);
  if (change === undefined) throw failure("E_INTERNAL", `${key} has no change in the plan`);
  return change;
}

/** Everything that the next run has to know if this one dies, and everything that needs no call, in one write. */
async function writeFirst(run: Run, firsts: readonly Operation[], rest: readonly Operation[]): Promise<void> {
  const since = new Date(run.clock.now()).toISOString();
  // Where what is under way is merely watched, the ledger stays as it is.
  if (firsts.length === 0 && rest.every(({ action }) => action === "follow" || action === "resume")) return;
  await run.journal.commit((state) => {
    const intents = rest.flatMap((one) => intentOf(run, one, changeOf(run, one), state, since) ?? []);
    const steps = firsts.map((one) => recordStep(run, changeOf(run, one)));
    return steps.reduce((soFar, step) => step(soFar), addIntents(state, intents));
  });
}

function visitOf(run: Run, tasks: ReadonlyMap<string, Task>, reports: Reports): Visit<Operation, Diagnostic> {
  return async (members, release) => {
    members.forEach(reports.started);
    const faults = await perform(
      run,
      members.flatMap(({ key }) => tasks.get(key) ?? []),
      release,
    );
    const placed = new Map<string, Diagnostic>();
    for (const member of members) {
      const change = run.changes.get(member.address);
      const fault = faults.get(member.key);
      const made = member.action === "delete" ? undefined : run.made.get(member.address);
      if (fault === undefined) reports.done(member, made?.id ?? change?.id);
      else placed.set(member.key, reports.failed(member, fault, change));
    }
    return placed;
  };
}

/** Takes back the intents of what was never tried, and tries once more to store what a failed write left unstored. */
async function writeLast(run: Run, rest: readonly Operation[], verdicts: Verdicts): Promise<Diagnostic | undefined> {
  const idle = rest.filter(({ key }) => ["skipped", "unstarted"].includes(verdicts.get(key)?.state ?? ""));
  if (idle.length === 0 && run.journal.isStored()) return undefined;
  try {
    await run.journal.commit((state) => idle.reduce(dropIntent, state));
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}
