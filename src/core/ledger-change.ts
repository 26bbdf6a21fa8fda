import type { Address } from "./address.ts";
import type { Intent, LedgerState } from "./ledger.ts";
import { byText, sameValue } from "./values.ts";

/** How the entries of two ledgers differ, each by address, sorted. */
export type LedgerChange = {
  readonly come: readonly Address[];
  readonly go: readonly Address[];
  readonly differ: readonly Address[];
};

/** What changes when a ledger takes another one's place, or that of none. Pure. */
export function ledgerChange(before: LedgerState | undefined, after: LedgerState): LedgerChange {
  const [old, next] = [new Map(Object.entries(before?.entries ?? {})), new Map(Object.entries(after.entries))];
  const [was, is] = [[...old.keys()].sort(byText) as Address[], [...next.keys()].sort(byText) as Address[]];
  return {
    come: is.filter((address) => !old.has(address)),
    go: was.filter((address) => !next.has(address)),
    differ: is.filter((address) => old.has(address) && !sameValue(old.get(address), next.get(address))),
  };
}

/** The open intents of a ledger that another one does not hold: what nobody would settle any more. Pure. */
export function lostIntents(before: LedgerState, after: LedgerState): readonly Intent[] {
  return before.intents.filter((intent) => !after.intents.some((other) => sameValue(other, intent)));
}

/** True for ledgers of one lineage that own and intend the same, whatever their serials. Pure. */
export function isSameLedger(one: LedgerState, other: LedgerState): boolean {
  return (
    one.lineage === other.lineage && sameValue(one.entries, other.entries) && sameValue(one.intents, other.intents)
  );
}
