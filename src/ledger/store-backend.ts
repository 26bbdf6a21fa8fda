import { posix } from "node:path";
import type { LedgerState } from "../core/ledger.ts";
import type { Clock } from "../core/provider.ts";
import { systemClock } from "../http/clock.ts";
import type { LedgerBackend, LedgerLock } from "./backend.ts";
import type { ConditionalStore } from "./conditional-store.ts";
import { readFenced } from "./fenced-text.ts";
import type { Lease } from "./lease.ts";
import { parseStored } from "./ledger-document.ts";
import { isLikeLedger, stackPath } from "./ledger-names.ts";
import { openWriter } from "./ledger-writer.ts";
import { holderOf } from "./lock-record.ts";
import { storeFault } from "./store-fault.ts";
import { storeHistory } from "./store-history.ts";
import { findStoreLock, freeStoreLock, takeStoreLock } from "./store-lock.ts";
import { lookAtText, openStoredPlace, readLedgerText } from "./stored-place.ts";

/** Where a project keeps its ledgers in a store. */
export type StoreBackendOptions = {
  readonly store: ConditionalStore;
  /** Of the ledger, without the stack; may hold slashes. */
  readonly name: string;
  readonly project: string;
  /** Put before the name's extension. */
  readonly stack?: string;
  /** What messages call a name, without credentials. */
  readonly locate: (name: string) => string;
  /** The same text for two ways to the same name, without credentials. */
  readonly placeOf: (name: string) => string;
  readonly clock?: Clock;
  /** Ends a wait for the lock. */
  readonly signal?: AbortSignal;
  /** How long a lock lasts without a sign of life; `defaultLease` where left out. */
  readonly lease?: Lease;
  /** Told once when the lock is waited for: who holds it. */
  readonly onWait?: (holder: string) => void;
};

const encoder = new TextEncoder();

/**
 * The ledger of one project and stack as a text in a store, with the lock under `<name>.lock` and the history under
 * `<name>.history/`. Whatever the store refuses is `E_LEDGER`. Each write is done on the condition that nobody has written since
 * this run took the lock, which begins with a write of the ledger: so a process that was stopped at any point, and wakes up after
 * somebody else has the lock, overwrites nothing.
 */
export function storeBackend(options: StoreBackendOptions): LedgerBackend {
  const { store, project, stack, locate, placeOf, clock = systemClock, ...waiting } = options;
  const name = stackPath(options.name, stack);
  const location = locate(name);
  const owner = { project, location, ...(stack === undefined ? {} : { stack }) };
  const lockPlace = { store, name: `${name}.lock`, lock: locate(`${name}.lock`), location };
  const history = storeHistory({ store, name, owner, now: () => clock.now() });
  const guarded = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw storeFault(error, doing, location);
    });
  const lock = async (command: string, timeoutMs: number): Promise<LedgerLock> => {
    const { signal, lease, onWait } = waiting;
    const held = await takeStoreLock(lockPlace, command, {
      ...{ timeoutMs, clock },
      ...(signal && { signal }),
      ...(lease && { lease }),
      ...(onWait && { onWait }),
    });
    try {
      const place = await openStoredPlace({ store, name, owner, history, held });
      return openWriter({ place, location, held, faultOf: (error, doing) => storeFault(error, doing, location) });
    } catch (error) {
      await held.release().catch(() => undefined);
      throw error;
    }
  };
  return {
    location,
    place: placeOf(name),
    read: () => guarded("read the ledger", async () => readLedgerText(await store.read(name), owner)),
    look: () => guarded("read the ledger", async () => lookAtText(await store.read(name), owner)),
    others: () => guarded("read the ledgers of the other stacks", () => siblings(options)),
    lock: (command, timeoutMs) => guarded("lock the ledger", () => lock(command, timeoutMs)),
    holder: () => guarded("look at the lock of the ledger", async () => holderOf(await findStoreLock(lockPlace))),
    unlock: () => guarded("unlock the ledger", async () => holderOf(await freeStoreLock(lockPlace))),
    history: () => guarded("read the history of the ledger", history.list),
    kept: (serial) => guarded("read the history of the ledger", () => history.find(serial)),
    close: store.close,
  };
}

/**
 * The ledgers of the project's other stacks, recognised by name and content: a copy under another name is nobody's ledger.
 * Unreadable ones are an error, because what they own would be taken for nobody's.
 */
async function siblings({ store, name, project, stack, locate }: StoreBackendOptions): Promise<LedgerState[]> {
  const folder = name.slice(0, name.length - posix.basename(name).length);
  const stem = name.slice(0, name.length - posix.extname(name).length);
  const names = (await store.list(stem)).filter((one) => isLikeLedger(name, one.slice(folder.length)));
  const states = await Promise.all(
    names.map(async (one): Promise<LedgerState[]> => {
      const stored = await store.read(one);
      const ledger = stored && readFenced(stored.text).ledger;
      const state = ledger === undefined ? undefined : parseStored(encoder.encode(ledger), locate(one));
      const isOther = state?.format === 1 && state.project === project && state.stack !== stack;
      return isOther && stackPath(name, state.stack) === one ? [state] : [];
    }),
  );
  return states.flat();
}
