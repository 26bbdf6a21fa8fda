import PQueue from "p-queue";
import { type Step, type Unit, unitsOf } from "./units.ts";

/** What became of one step. `cause` is the root: the first failed step, in the order given, that this one needed. */
export type Verdict<S, F> =
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly fault: F }
  | { readonly state: "skipped"; readonly cause: S }
  /** The signal came first. */
  | { readonly state: "unstarted" };

/**
 * Does the steps of one batch (mostly one) and answers the faults of those that failed, by key. It may call `release` as
 * soon as it makes no more calls of weight: its slot then goes to another, while its dependents go on waiting.
 */
export type Visit<S, F> = (members: readonly S[], release: () => void) => Promise<ReadonlyMap<string, F>>;

/** How a walk goes. */
export type WalkOptions<S> = {
  /** Visits that hold a slot at once. */
  readonly parallelism: number;
  /** Once it aborts nothing new is visited; what is under way is awaited. */
  readonly signal: AbortSignal;
  readonly onSkipped?: (step: S, cause: S) => void;
};

type Walking<S extends Step, F> = {
  readonly options: WalkOptions<S>;
  readonly visit: Visit<S, F>;
  readonly queue: PQueue;
  /** The end of the last visit of each serial. */
  readonly tails: Map<string, Promise<void>>;
  readonly verdicts: Map<string, Verdict<S, F>>;
  /** The first failed step behind each failed or skipped one. */
  readonly roots: Map<string, S>;
  /** In the order given: of several failures the first in it is named as the cause. */
  readonly steps: readonly S[];
};

/**
 * Visits every step after the steps that it waits for, as many at once as `parallelism` allows. What depends on a failure
 * is skipped; everything else goes on. Answers a verdict for every key. Rejects only where a visit itself rejects, after
 * all others have ended, and where the steps are no graph (`unitsOf`).
 */
export async function walk<S extends Step, F>(
  steps: readonly S[],
  visit: Visit<S, F>,
  options: WalkOptions<S>,
): Promise<ReadonlyMap<string, Verdict<S, F>>> {
  const walking: Walking<S, F> = {
    options,
    visit,
    queue: new PQueue({ concurrency: options.parallelism }),
    tails: new Map(),
    verdicts: new Map(),
    roots: new Map(),
    steps,
  };
  const ends = new Map<Unit<S>, Promise<void>>();
  for (const unit of unitsOf(steps)) {
    const before = unit.after.map((one) => ends.get(one));
    ends.set(
      unit,
      Promise.all(before).then(() => visitUnit(walking, unit)),
    );
  }
  await Promise.allSettled(ends.values());
  await Promise.all(ends.values());
  return walking.verdicts;
}

async function visitUnit<S extends Step, F>(walking: Walking<S, F>, unit: Unit<S>): Promise<void> {
  const members = unit.members.filter((member) => !standsStill(walking, member));
  if (members.length === 0) return;
  await inTurn(walking.tails, unit.serials, () => inSlot(walking.queue, (release) => start(walking, members, release)));
}

async function start<S extends Step, F>(
  { options, visit, verdicts, roots }: Walking<S, F>,
  members: readonly S[],
  release: () => void,
): Promise<void> {
  if (options.signal.aborted) {
    for (const { key } of members) verdicts.set(key, { state: "unstarted" });
    return;
  }
  const faults = await visit(members, release);
  for (const member of members) {
    const fault = faults.get(member.key);
    verdicts.set(member.key, fault === undefined ? { state: "done" } : { state: "failed", fault });
    if (fault !== undefined) roots.set(member.key, member);
  }
}

/** Gives its verdict to a step that cannot start because of what came before it. */
function standsStill<S extends Step, F>({ verdicts, roots, steps, options }: Walking<S, F>, step: S): boolean {
  const causes = new Set(step.after.flatMap((key) => roots.get(key) ?? []));
  const cause = causes.size === 0 ? undefined : steps.find((one) => causes.has(one));
  if (cause !== undefined) {
    roots.set(step.key, cause);
    verdicts.set(step.key, { state: "skipped", cause });
    options.onSkipped?.(step, cause);
    return true;
  }
  const unstarted = step.after.some((key) => verdicts.get(key)?.state === "unstarted");
  if (unstarted) verdicts.set(step.key, { state: "unstarted" });
  return unstarted;
}

/** Runs the work after all earlier work of the same serials, whatever became of it. */
async function inTurn(
  tails: Map<string, Promise<void>>,
  serials: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const earlier = serials.map((serial) => tails.get(serial));
  const mine = Promise.allSettled(earlier).then(work);
  for (const serial of serials) tails.set(serial, mine);
  await mine;
}

/** Runs the work in a slot of the queue, which is given back at `release` or at the end of the work. */
function inSlot(queue: PQueue, work: (release: () => void) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    void queue.add(
      () =>
        new Promise<void>((release) => {
          work(release).finally(release).then(resolve, reject);
        }),
    );
  });
}
