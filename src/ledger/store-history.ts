import type { LedgerState } from "../core/ledger.ts";
import type { ConditionalStore } from "./conditional-store.ts";
import { readFenced } from "./fenced-text.ts";
import { type KeptLedger, keptLedgers, keptName, keptVersions } from "./kept-ledger.ts";
import { ledgerText, parseLedger } from "./ledger-document.ts";

/** The earlier versions of one ledger in a store. */
export type StoreHistory = {
  /** Newest first. */
  readonly list: () => Promise<readonly KeptLedger[]>;
  /** The newest version of a serial; undefined where none is kept. `E_LEDGER` for one that is damaged. */
  readonly find: (serial: number) => Promise<LedgerState | undefined>;
  /** Keeps a state, or for `undefined` what lies in the ledger's place and cannot be read as one. */
  readonly keep: (stored: LedgerState | undefined) => Promise<void>;
};

/** Whose history it is, and what it works with. */
export type StoreHistoryOptions = {
  readonly store: ConditionalStore;
  /** The ledger's name. */
  readonly name: string;
  /** What messages call the ledger. */
  readonly location: string;
  /** In milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * The history of a ledger in a store, under names that begin with `<ledger>.history/`. Every version has a name of its own, so one
 * that a stopped run writes late is in nobody's way. What cannot be read as a ledger is kept as well, and never removed.
 */
export function storeHistory({ store, name, location, now }: StoreHistoryOptions): StoreHistory {
  const folder = `${name}.history/`;
  const kept = async () => keptLedgers((await store.list(folder)).map((one) => one.slice(folder.length)));

  const find = async (serial: number): Promise<LedgerState | undefined> => {
    const found = (await kept()).find((one) => one.serial === serial);
    const stored = found && (await store.read(`${folder}${found.name}`));
    return stored && parseLedger(new TextEncoder().encode(stored.text), `${location}.history/${found.name}`);
  };

  const keepState = async (state: LedgerState): Promise<void> => {
    const { serial, entries } = state;
    const before = await kept();
    const text = ledgerText(state);
    // A run that died before its first write has kept the same already.
    const [newest] = before;
    if (newest?.serial === serial && (await store.read(`${folder}${newest.name}`))?.text === text) return;
    const keptAt = new Date(now()).toISOString();
    await store.write(`${folder}${keptName({ serial, owned: Object.keys(entries).length, keptAt })}`, text, undefined);
    // One that cannot be removed is in nobody's way: the next run tries again.
    const old = before.slice(keptVersions - 1).map((one) => store.remove(`${folder}${one.name}`));
    await Promise.all(old.map((removal) => removal.catch(() => undefined)));
  };

  const keepDamaged = async (): Promise<void> => {
    const found = await store.read(name);
    const stamp = new Date(now()).toISOString().replaceAll(/[-:.]/g, "");
    const { ledger } = readFenced(found?.text ?? "");
    if (found !== undefined && ledger !== undefined) {
      await store.write(`${folder}damaged.${stamp}.json`, ledger, undefined);
    }
  };

  return {
    list: async () => (await kept()).map(({ name: _, ...version }) => version),
    find,
    keep: (stored) => (stored === undefined ? keepDamaged() : keepState(stored)),
  };
}
