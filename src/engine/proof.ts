import type { Address } from "../core/address.ts";
import type { Change, Plan } from "../core/change.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { plan } from "../core/plan.ts";
import type { PlanInput } from "../core/plan-input.ts";
import { type ListRequest, listKey, type Snapshot } from "../core/snapshot.ts";
import { objectKey, ownedKey } from "../core/survey-state.ts";
import { stillThere, unconverged } from "../core/unconverged.ts";
import { faultOf } from "./fault-of.ts";
import { patiently, unseenMs } from "./patience.ts";
import { refresh } from "./refresh.ts";
import type { Run } from "./run.ts";

/** What a plan was made from, its ledger aside: what was done is compared with it. */
export type Basis = Omit<PlanInput, "ledger">;

type Touched = {
  /** What was created or changed and is owned now. */
  readonly made: ReadonlySet<Address>;
  /** What was deleted, in scopes that can still be listed. */
  readonly gone: readonly Change[];
};

/**
 * Looks once more at the scopes in which something was done, and compares what was done with what is wanted: each list once,
 * reads only of what was changed. What differs is looked at again with patience, because lists lag. Answers what is still not
 * as written (`E_NOT_CONVERGED`), and what could not be looked at. What stands under another id than the cloud answered is
 * recorded under the one that it has. Makes no call where no call was made. Never throws.
 */
export async function prove(
  run: Run,
  basis: Basis,
  applied: Plan,
  done: ReadonlySet<Address>,
): Promise<readonly Diagnostic[]> {
  const since = run.clock.now();
  let touched = touchedOf(run, applied, done);
  let faults: readonly Diagnostic[] = [];
  let misnamed: readonly Change[] = [];
  try {
    // No list of its own stands for all: patience is that for something that lists may hide.
    await patiently(run, { request: nowhere, since, leastMs: unseenMs }, async () => {
      const seen = touched.made.size + touched.gone.length === 0 ? undefined : await look(run, basis, touched);
      faults = seen?.faults ?? [];
      touched = seen?.left ?? touched;
      misnamed = seen?.misnamed ?? [];
      return faults.length === 0 ? true : undefined;
    });
    if (misnamed.length === 0) return faults;
    await correct(run, misnamed);
    return (await look(run, basis, touched)).faults;
  } catch (error) {
    return [faultOf(error)];
  }
}

const nowhere: ListRequest = { provider: "", kind: "", scope: {} };

function touchedOf(run: Run, applied: Plan, done: ReadonlySet<Address>): Touched {
  const { entries } = run.journal.state();
  const calls = applied.operations.filter(({ address, action }) => action !== "record" && done.has(address));
  const made = calls.filter(({ action, address }) => action !== "delete" && address in entries);
  const owned = new Set(Object.values(entries).map((one) => objectKey(one.provider, one.kind, one.id, one.scope)));
  const deleted = calls.flatMap(({ action, address }) => (action === "delete" ? (run.changes.get(address) ?? []) : []));
  const away = new Set(deleted.filter(({ action }) => action === "delete").map(({ address }) => address));
  const isListable = ({ parents }: Change): boolean => !Object.values(parents).some((parent) => away.has(parent));
  const isOwned = (one: Change): boolean => owned.has(objectKey(one.provider, one.kind, one.id ?? "", one.liveScope));
  return {
    made: new Set(made.map(({ address }) => address)),
    gone: deleted.filter((change) => isListable(change) && !isOwned(change)),
  };
}

type Look = {
  readonly faults: readonly Diagnostic[];
  readonly left: Touched;
  /** What was created and stands under another id than the one that the cloud answered. */
  readonly misnamed: readonly Change[];
};

async function look(run: Run, basis: Basis, { made, gone }: Touched): Promise<Look> {
  const ledger = { ...run.journal.state(), intents: [] };
  const snapshot = await refresh({
    kinds: run.kinds,
    desired: basis.options.destroy ? [] : basis.desired,
    ledger,
    roots: made,
    api: run.connect,
    snapshot: without(basis.snapshot, run, { made, gone }),
  });
  const options = { ...basis.options, targets: [], excludes: [], replace: [] };
  const after = plan({ ...basis, options, ledger, snapshot });
  const undone = unconverged(after, made);
  const there = await stillShown(run, gone, snapshot);
  const unproved = new Set(undone.flatMap(({ address }) => address ?? []));
  const isBlind = undone.some(({ address }) => address === undefined);
  return {
    faults: [...undone, ...there.map(stillThere)],
    left: { made: isBlind ? made : unproved, gone: there },
    misnamed: after.changes.filter((change) => made.has(change.address) && isMisnamed(run, change)),
  };
}

/**
 * True for an object of this run's making whose recorded id leads to nothing: it has the wanted identity, is new, and is as wanted.
 * One that differs may be somebody else's, come after ours had gone: it goes by the adopt rule of the next plan.
 */
function isMisnamed({ seen, changes }: Run, { address, kind, provider, id, action }: Change): boolean {
  if (action !== "adopt" || id === undefined || seen.has(ownedKey(provider, kind, id))) return false;
  return changes.get(address)?.action === "create";
}

/** Records what was made under the ids that lists show for it, instead of those that the cloud answered. */
async function correct({ journal }: Run, misnamed: readonly Change[]): Promise<void> {
  const withId = (state: LedgerState, { address, id = "" }: Change): LedgerState => {
    const entry = state.entries[address];
    return entry === undefined ? state : { ...state, entries: { ...state.entries, [address]: { ...entry, id } } };
  };
  await journal.commit((state) => misnamed.reduce(withId, state));
}

/** The snapshot without what was changed: those scopes are listed, those objects read, once more. */
function without({ listings, readings }: Snapshot, { journal }: Run, { made, gone }: Touched): Snapshot {
  const entries = [...made].flatMap((address) => journal.state().entries[address] ?? []);
  const scopes = new Set([...entries, ...gone.map(placeOf)].map(listKey));
  const objects = new Set(entries.map((one) => objectKey(one.provider, one.kind, one.id, one.scope)));
  const isKept = ({ provider, kind, id, scope }: ListRequest & { readonly id: string }): boolean =>
    !objects.has(objectKey(provider, kind, id, scope));
  return {
    listings: new Map([...listings].filter(([key]) => !scopes.has(key))),
    readings: new Map([...readings].filter(([, { request }]) => isKept(request))),
  };
}

/** Which of the deleted objects their lists still show. A list that fails shows nothing: the deletes were answered. */
async function stillShown(run: Run, gone: readonly Change[], { listings }: Snapshot): Promise<readonly Change[]> {
  const shown = await Promise.all(
    gone.map(async (change) => {
      const place = placeOf(change);
      const listed = listings.get(listKey(place))?.objects ?? (await run.observer.list(place).catch(() => []));
      return listed.some(({ id }) => id === change.id) ? change : undefined;
    }),
  );
  return shown.flatMap((change) => change ?? []);
}

function placeOf({ provider, kind, liveScope, scope }: Change): ListRequest {
  return { provider, kind, scope: liveScope ?? scope };
}
