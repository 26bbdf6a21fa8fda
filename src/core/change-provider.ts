import type { Cloud, Entry, LedgerState } from "./ledger.ts";

/** A ledger in which what lived behind one provider alias lives behind another one. */
export type ProviderMove = {
  readonly ledger: LedgerState;
  /** How many owned objects, and how many open intents, it is about. */
  readonly entries: number;
  readonly intents: number;
};

/** Gives every object and open intent of the alias `from` to the alias `to`, which leads to `cloud`. Pure. */
export function changeProvider(
  ledger: LedgerState,
  { from, to, cloud }: { readonly from: string; readonly to: string; readonly cloud: Cloud },
): ProviderMove {
  const isMoving = ({ provider }: Pick<Entry, "provider">): boolean => provider === from;
  const moved = <E extends Pick<Entry, "provider" | "cloud">>(entry: E): E =>
    isMoving(entry) ? { ...entry, provider: to, cloud } : entry;
  const entries = Object.values(ledger.entries);
  return {
    ledger: {
      ...ledger,
      entries: Object.fromEntries(entries.map((entry) => [entry.address, moved(entry)])),
      intents: ledger.intents.map((intent) => ({ ...intent, entry: moved(intent.entry) })),
    },
    entries: entries.filter(isMoving).length,
    intents: ledger.intents.filter(({ entry }) => isMoving(entry)).length,
  };
}
