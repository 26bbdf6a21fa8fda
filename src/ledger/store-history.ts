import type { ConditionalStore } from "./conditional-store.ts";
import { readFenced } from "./fenced-text.ts";
import type { Ownership } from "./ledger-document.ts";
import { type LedgerHistory, openHistory } from "./ledger-history.ts";

/** Whose history it is, and what it works with. */
export type StoreHistoryOptions = {
  readonly store: ConditionalStore;
  /** The ledger's name. */
  readonly name: string;
  readonly owner: Ownership;
  /** In milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * The history of a ledger in a store, under names that begin with `<ledger>.history/`. Every version has a name of its own, so one
 * that a stopped run writes late is in nobody's way.
 */
export function storeHistory({ store, name, owner, now }: StoreHistoryOptions): LedgerHistory {
  const folder = `${name}.history/`;
  return openHistory<string>(
    {
      names: async () => (await store.list(folder)).map((one) => one.slice(folder.length)),
      read: async (version) => {
        const stored = await store.read(`${folder}${version}`);
        return stored && new TextEncoder().encode(stored.text);
      },
      put: async (version, content) => {
        await store.write(`${folder}${version}`, content, undefined);
      },
      remove: (version) => store.remove(`${folder}${version}`),
      present: async () => readFenced((await store.read(name))?.text ?? "").ledger,
    },
    { owner, now },
  );
}
