import type { Address } from "./address.ts";
import { isBegun } from "./beginning.ts";
import { compareField } from "./compare.ts";
import { compareReference, isReferenceField } from "./compare-reference.ts";
import { deposedAddress, successorOf } from "./deposed.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { isNewerThan } from "./history.ts";
import type { Kind, Live } from "./kind.ts";
import type { Entry, Intent, LedgerState } from "./ledger.ts";
import { keptValue } from "./seal.ts";
import { type Binding, objectKey, type Survey } from "./survey-state.ts";
import type { Fields, Value } from "./values.ts";

/** What became of a dead run's intents. */
export type Settlement = {
  /** The ledger with what the dead run made, and without the intents that are settled. */
  readonly ledger: LedgerState;
  /** Intents that observation has not confirmed: a request in flight at the kill may still commit. */
  readonly open: readonly Intent[];
  /** What was found and is not claimed. */
  readonly notes: readonly Diagnostic[];
};

/**
 * Settles the intents of a run that died. A create whose object is found and equals the intent is owned; one that a manifest
 * names and that differs goes by the adopt rule; one that nothing names and that differs is reported. What is not found is
 * dropped once `patient` says that no request can be in flight any more. What was to be deleted and is gone is owned no longer: it
 * has not vanished. The old object of a replacement stays owned under an
 * address of its own until it is gone. Pure.
 */
export function settle(
  ledger: LedgerState,
  survey: Survey,
  wanted: ReadonlySet<Address>,
  patient: boolean,
): Settlement {
  const entries = withoutDeleted(ledger, survey);
  const open: Intent[] = [];
  const notes: Diagnostic[] = [];
  const owners = keysOf(Object.values(ledger.entries));
  const creates = new Set(ledger.intents.filter(isCreate).map(({ entry }) => entry.address));
  for (const intent of ledger.intents) {
    const outcome = outcomeOf(survey, intent, { wanted, owners, creates, patient });
    if (outcome.claim !== undefined) entries[outcome.claim.address] = outcome.claim;
    if (outcome.note !== undefined) notes.push(outcome.note);
    if (outcome.open) open.push(intent);
  }
  // Only now is it known which addresses hold the new object of their replacement.
  const kept = keysOf(Object.values(entries));
  for (const intent of ledger.intents) {
    const leftover = deposed(intent);
    if (leftover !== undefined && placeTaken(leftover) in entries && !kept.has(keyOf(leftover)))
      entries[leftover.address] = leftover;
  }
  return { ledger: { ...ledger, entries, intents: open }, open, notes };
}

type Outcome = { readonly claim?: Entry; readonly note?: Diagnostic; readonly open?: true };

type Circumstances = {
  readonly wanted: ReadonlySet<Address>;
  /** All owned objects, by `objectKey`. */
  readonly owners: ReadonlySet<string>;
  /** The addresses that the dead run was about to create objects for. */
  readonly creates: ReadonlySet<Address>;
  readonly patient: boolean;
};

function isCreate({ action }: Intent): boolean {
  return action === "create";
}

function outcomeOf(survey: Survey, intent: Intent, { wanted, owners, creates, patient }: Circumstances): Outcome {
  const binding = survey.intents.get(intent);
  if (binding === undefined) return unsought(intent);
  const { object, provider, kind, liveScope } = binding;
  if (intent.action === "update") return addition(survey, intent, binding, patient);
  const isOwned = object !== undefined && owners.has(objectKey(provider, kind.kind, object.id, liveScope));
  // What is owned already (the old object of a replacement, say) is not what the dead run was about to create.
  // An operation begins once all that it needs is recorded as done: before that no request of it can be under way.
  const wasBegun = !intent.entry.dependencies.some((address) => creates.has(address));
  if (isOwned || binding.state === "absent") return patient || !wasBegun ? {} : { open: true };
  if (object === undefined) return { open: true };
  const claim = claimed(survey, intent, binding, object);
  if (claim !== undefined) return { claim };
  return wanted.has(intent.entry.address) ? {} : { note: stranger(intent, object) };
}

/** The entries but for those whose objects the dead run was to delete, and which are gone. */
function withoutDeleted({ entries, intents }: LedgerState, { bindings }: Survey): Record<Address, Entry> {
  const isGone = ({ action, entry: { address, id } }: Intent): boolean =>
    action === "delete" && entries[address]?.id === id && bindings.get(address)?.state === "absent";
  const gone = new Set(intents.filter(isGone).map(({ entry }) => entry.address));
  return Object.fromEntries(Object.entries(entries).filter(([, { address }]) => !gone.has(address)));
}

/** A create that nobody can look for, because nobody knows its kind, stays open; an update and a delete leave an entry anyhow. */
function unsought(intent: Intent): Outcome {
  return isCreate(intent) ? { open: true } : {};
}

/** An entry that was to be added to a history: it is there where the newest one is newer than before, and as intended. */
function addition(survey: Survey, intent: Intent, binding: Binding, patient: boolean): Outcome {
  const { object, kind } = binding;
  const isNew = object !== undefined && intent.mark !== undefined && isNewerThan(intent.mark, kind, object);
  const claim = isNew ? claimed(survey, intent, binding, object) : undefined;
  if (claim !== undefined) return { claim: { ...claim, origin: intent.entry.origin } };
  return patient && binding.state !== "unknown" ? {} : { open: true };
}

function deposed({ action, entry }: Intent): Entry | undefined {
  const { id } = entry;
  if (action !== "delete" || id === undefined) return undefined;
  return { ...entry, id, address: deposedAddress(placeTaken(entry), id) };
}

/** The address whose place a new object takes. */
function placeTaken({ address }: Pick<Entry, "address">): Address {
  return successorOf(address) ?? address;
}

function keyOf({ provider, kind, id, scope }: Entry): string {
  return objectKey(provider, kind, id, scope);
}

function keysOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.map(keyOf));
}

function claimed(survey: Survey, { entry }: Intent, binding: Binding, object: Live): Entry | undefined {
  if (!equalsSpec(survey, binding.kind, binding.provider, entry.spec, object)) return undefined;
  return { ...entry, id: object.id, identity: binding.identity, scope: binding.scope, origin: "created" };
}

/** True where a live object is what a spec of the ledger says, as far as the cloud shows it and the ledger keeps it. */
function equalsSpec(survey: Survey, kind: Kind, provider: string, spec: Fields, object: Live): boolean {
  return fieldsOf(kind).every((field) => {
    const shown = object.spec[field.name];
    const sides = { field, wanted: spec[field.name], live: shown, base: undefined, owned: false };
    if (isBegun(kind, field.name, idsIn(survey, field, provider, spec[field.name]), shown)) return true;
    if (isReferenceField(field)) return compareReference({ ...sides, field, survey, provider }).length === 0;
    const live = shown === undefined ? undefined : keptValue(field, shown);
    return compareField({ ...sides, live, salt: "" }).length === 0;
  });
}

/** A list of references as the ids that they lead to; anything else as it is. */
function idsIn(survey: Survey, { reference }: Field, provider: string, value: Value | undefined): Value | undefined {
  if (reference === undefined || !Array.isArray(value)) return value;
  return value.map((one: Value) => {
    const target = survey.resolve(reference, provider, one);
    return target.state === "known" ? target.id : null;
  });
}

function stranger({ entry }: Intent, object: Live): Diagnostic {
  const message = `an interrupted run was about to create it; what exists now (id ${object.id}) differs, and no manifest names it`;
  return {
    ...fault("E_ADOPT", message, {
      address: entry.address,
      help: "it is left alone; delete it in the cloud if it is not wanted",
    }),
    severity: "warning",
  };
}
