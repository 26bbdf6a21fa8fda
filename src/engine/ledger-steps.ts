import type { Address } from "../core/address.ts";
import type { Change, Operation } from "../core/change.ts";
import type { Entry, Intent, LedgerState } from "../core/ledger.ts";
import { sameValue } from "../core/values.ts";

type ObjectPlace = Pick<Entry, "id" | "scope">;

/**
 * Adds the intents of a run; one of the same address and action takes the older one's place. An open create of the same identity
 * that was declared otherwise stays beside it: what a dead run may still be making is known by its own spec.
 */
export function addIntents(state: LedgerState, intents: readonly Intent[]): LedgerState {
  const stays = (old: Intent): boolean => {
    const newer = intents.find((one) => isIntentOf(one, { action: old.action, address: old.entry.address }));
    return newer === undefined || isOtherWish(old, newer);
  };
  return { ...state, intents: [...state.intents.filter(stays), ...intents] };
}

function isOtherWish({ action, entry: was }: Intent, { entry }: Intent): boolean {
  const isSame = was.identity === entry.identity && sameValue(was.scope, entry.scope);
  return action === "create" && isSame && !sameValue(was.spec, entry.spec);
}

/** Writes an entry. Where it moved, the old address gives the object up, unless it already holds another. */
export function putEntry(state: LedgerState, entry: Entry, { previousAddress, ...change }: Change): LedgerState {
  const entries: Record<Address, Entry> = { ...state.entries, [entry.address]: entry };
  if (previousAddress !== undefined && isObject(entries[previousAddress], placeOf(change))) {
    delete entries[previousAddress];
  }
  return { ...state, entries };
}

/** Takes an address out of the ledger, but only while it holds the given object: a replacement may hold it by now. */
export function dropEntry(state: LedgerState, address: Address, object?: ObjectPlace): LedgerState {
  if (object !== undefined && !isObject(state.entries[address], object)) return state;
  const { [address]: _, ...entries } = state.entries;
  return { ...state, entries };
}

/** Takes the existing object of a change out of the ledger, under its own address or the one that it was to move from. */
export function dropObject(state: LedgerState, change: Change): LedgerState {
  const { address, previousAddress = address } = change;
  return dropEntry(dropEntry(state, address, placeOf(change)), previousAddress, placeOf(change));
}

/** Takes away the intent of an operation that is done. */
export function closeIntent(state: LedgerState, operation: Pick<Operation, "address" | "action">): LedgerState {
  return { ...state, intents: state.intents.filter((intent) => !isIntentOf(intent, operation)) };
}

/**
 * Takes away the intent of an operation that was not done, unless it is the last trace of an object: the old one of a
 * replacement, whose address already holds the new one.
 */
export function dropIntent(state: LedgerState, operation: Pick<Operation, "address" | "action">): LedgerState {
  const isTrace = ({ action, entry: { kind, provider, id, scope } }: Intent): boolean =>
    action === "delete" &&
    id !== undefined &&
    !Object.values(state.entries).some(
      (entry) => entry.kind === kind && entry.provider === provider && isObject(entry, { id, scope }),
    );
  return { ...state, intents: state.intents.filter((one) => !isIntentOf(one, operation) || isTrace(one)) };
}

/** The existing object of a change, as an entry places it. */
export function placeOf({ id, liveScope, scope }: Pick<Change, "id" | "liveScope" | "scope">): ObjectPlace {
  return { id: id ?? "", scope: liveScope ?? scope };
}

function isIntentOf(intent: Intent, { address, action }: Pick<Operation, "address" | "action">): boolean {
  return intent.action === action && intent.entry.address === address;
}

function isObject(entry: Entry | undefined, { id, scope }: ObjectPlace): boolean {
  return entry !== undefined && entry.id === id && sameValue(entry.scope, scope);
}
