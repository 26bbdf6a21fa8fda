import type { LedgerState } from "../core/ledger.ts";
import { type KeptLedger, keptLedgers, keptName, keptVersions } from "./kept-ledger.ts";
import { ledgerText, type Ownership, parseLedger, requireOwner } from "./ledger-document.ts";

/** The earlier versions of one ledger. */
export type LedgerHistory = {
  /** Newest first. */
  readonly list: () => Promise<readonly KeptLedger[]>;
  /** The newest version of a serial; undefined where none is kept. `E_LEDGER` for one that is damaged, or another's. */
  readonly find: (serial: number) => Promise<LedgerState | undefined>;
  /**
   * Keeps what stands in the ledger's place, `undefined` for what cannot be read as a ledger: durable when it resolves. Only for who
   * holds the lock; `confirm` is asked for that when the copy lies ready, where that matters.
   */
  readonly keep: (stored: LedgerState | undefined, confirm?: () => Promise<void>) => Promise<void>;
};

/** Where the versions of a ledger lie, name by name; `Content` is what the place of the ledger itself holds. */
export type Shelf<Content> = {
  readonly names: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Under a name that is new, or holds the same. */
  readonly put: (name: string, content: string | Content, confirm?: () => Promise<void>) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  /** What stands in the ledger's place, be it a ledger or not. */
  readonly present: () => Promise<Content | undefined>;
};

/**
 * The history of a ledger on a shelf. A state that a run which died has kept already is not kept twice, and of what is too old
 * as much is removed as can be. What cannot be read as a ledger is kept under a name that tells when, and never removed.
 */
export function openHistory<Content>(
  shelf: Shelf<Content>,
  { owner, now }: { readonly owner: Ownership; readonly now: () => number },
): LedgerHistory {
  const kept = async () => keptLedgers(await shelf.names());

  const find = async (serial: number): Promise<LedgerState | undefined> => {
    const found = (await kept()).find((one) => one.serial === serial);
    const bytes = found && (await shelf.read(found.name));
    if (bytes === undefined) return undefined;
    const state = parseLedger(bytes, `${owner.location}.history/${found?.name}`);
    requireOwner(state, owner);
    return state;
  };

  const isKept = async (newest: (KeptLedger & { readonly name: string }) | undefined, state: LedgerState) => {
    if (newest?.serial !== state.serial) return false;
    const bytes = await shelf.read(newest.name).catch(() => undefined);
    return bytes !== undefined && new TextDecoder().decode(bytes) === ledgerText(state);
  };

  const keepState = async (state: LedgerState, confirm?: () => Promise<void>): Promise<void> => {
    const before = await kept();
    if (await isKept(before[0], state)) return;
    const { serial, entries } = state;
    const keptAt = new Date(now()).toISOString();
    await shelf.put(keptName({ serial, owned: Object.keys(entries).length, keptAt }), ledgerText(state), confirm);
    // One that cannot be removed is in nobody's way: the next run tries again.
    const old = before.slice(keptVersions - 1).map(({ name }) => shelf.remove(name).catch(() => undefined));
    await Promise.all(old);
  };

  const keepDamaged = async (confirm?: () => Promise<void>): Promise<void> => {
    const content = await shelf.present();
    const stamp = new Date(now()).toISOString().replaceAll(/[-:.]/g, "");
    if (content !== undefined) await shelf.put(`damaged.${stamp}.json`, content, confirm);
  };

  return {
    list: async () => (await kept()).map(({ name: _, ...version }) => version),
    find,
    keep: (stored, confirm) => (stored === undefined ? keepDamaged(confirm) : keepState(stored, confirm)),
  };
}
