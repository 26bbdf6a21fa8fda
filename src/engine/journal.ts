import type { LedgerState } from "../core/ledger.ts";
import type { LedgerLock } from "../ledger/backend.ts";

/** The ledger of a running apply: changed in memory at once, stored behind it by one write at a time. */
export type Journal = {
  /** The newest state, stored or not. Its serial is the stored one. */
  readonly state: () => LedgerState;
  /**
   * Changes the state, and resolves when a write that holds the change is durable. Changes that come while a write is under
   * way travel together in the next one. Rejects where that write fails; the change stays in the state, and the next
   * commit tries again.
   */
  readonly commit: (change: (state: LedgerState) => LedgerState) => Promise<void>;
  /** True where everything in the state is stored. */
  readonly isStored: () => boolean;
};

/**
 * Opens the journal of a ledger that this process holds the lock of. Each write renews the time of the open intents with
 * `now` (ISO): it is the last sign of life if the run dies.
 */
export function openJournal(ledger: LedgerState, lock: Pick<LedgerLock, "write">, now: () => string): Journal {
  let state = ledger;
  let changes = 0;
  let stored = 0;
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const store = async (): Promise<void> => {
    next = undefined;
    const covered = changes;
    const image = alive({ ...state, serial: state.serial + 1 }, now());
    await lock.write(image);
    state = { ...state, serial: image.serial };
    stored = covered;
  };

  return {
    state: () => state,
    isStored: () => stored === changes,
    commit: (change) => {
      state = change(state);
      changes += 1;
      next ??= last.then(store, store);
      last = next;
      return next;
    },
  };
}

function alive(state: LedgerState, since: string): LedgerState {
  return { ...state, intents: state.intents.map((intent) => ({ ...intent, since })) };
}
