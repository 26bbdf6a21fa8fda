import type { Kinds } from "../core/kind.ts";
import type { Entry, LedgerState } from "../core/ledger.ts";
import { byText } from "../core/values.ts";
import { jsonText } from "./json-text.ts";
import { shownSpec } from "./shown-entry.ts";

/** A ledger in JSON: its entries as a list by address, secrets and their digests as null. */
export type LedgerDocument = Omit<LedgerState, "entries"> & { readonly entries: readonly Entry[] };

/** One entry for JSON output. */
export function entryDocument(entry: Entry, kinds: Kinds): Entry {
  return { ...entry, spec: shownSpec(entry, kinds, null) };
}

/** A whole ledger for JSON output. */
export function ledgerDocument(state: LedgerState, kinds: Kinds): LedgerDocument {
  const entries = Object.values(state.entries).sort((one, other) => byText(one.address, other.address));
  const intents = state.intents.map((intent) => ({
    ...intent,
    entry: { ...intent.entry, spec: shownSpec(intent.entry, kinds, null) },
  }));
  return { ...state, entries: entries.map((entry) => entryDocument(entry, kinds)), intents };
}

/** The ledger document as JSON text. */
export function renderLedgerJson(state: LedgerState, kinds: Kinds): string {
  return jsonText(ledgerDocument(state, kinds));
}

/** One entry as JSON text. */
export function renderEntryJson(entry: Entry, kinds: Kinds): string {
  return jsonText(entryDocument(entry, kinds));
}
