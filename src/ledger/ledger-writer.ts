import type { LedgerState } from "../core/ledger.ts";
import type { LedgerLock } from "./backend.ts";
import type { HeldLock } from "./held-lock.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import { conflict, isSame, lockLost } from "./ledger-version.ts";
import type { MovedLedger } from "./moved-ledger.ts";

/** What the writes of one lock work on. */
export type Writing = {
  readonly place: LedgerPlace;
  readonly location: string;
  readonly held: HeldLock;
  /** What a failure of the place's is to its user; `doing` completes "cannot", e.g. `write the ledger`. */
  readonly faultOf: (error: unknown, doing: string) => unknown;
};

/**
 * The right to write a ledger, while its lock is held. Writes run one after the other, in the order of the calls, and release
 * waits for them. Before each, lock, lineage and serial are compared with what is stored; that nobody's write comes in between
 * is the place's concern.
 */
export function openWriter({ place, location, held, faultOf }: Writing): LedgerLock {
  // The serial of a write that failed, perhaps after it was done.
  let unsure: number | undefined;
  // What was stored before the first write is in the history by now.
  let isKept = false;

  const confirm = async (): Promise<void> => {
    if (!(await held.isStillHeld())) throw lockLost(location);
  };

  const keep = async (before: LedgerState | undefined): Promise<void> => {
    if (isKept) return;
    await place.keep(before);
    isKept = true;
  };

  const store = async (document: LedgerState | MovedLedger): Promise<void> => {
    await place.store(document);
    isKept = true;
  };

  const write = async (state: LedgerState): Promise<void> => {
    await confirm();
    const before = await place.stored();
    // A write that failed after it was done has stored its state all the same: trying it again is no conflict.
    const isRepeated = before !== undefined && isSame(before, state) && unsure === state.serial;
    const refused = isRepeated ? undefined : conflict(before, state, location);
    if (refused !== undefined) throw refused;
    unsure = state.serial;
    if (before !== undefined && "entries" in before) await keep(before);
    await store(state);
    unsure = undefined;
  };

  const replace = async (document: LedgerState | MovedLedger): Promise<void> => {
    await confirm();
    const before = await place.look();
    if (before.type === "ledger") await keep(before.ledger);
    if (before.type === "damaged") await keep(undefined);
    await store(document);
  };

  const enqueue = oneByOne(faultOf);
  const check = async (): Promise<void> => {
    if (!(await held.renew())) throw lockLost(location);
  };

  return {
    write: (state) => enqueue(() => write(state), "write the ledger"),
    replace: (document) => enqueue(() => replace(document), "write the ledger"),
    check: () =>
      check().catch((error: unknown) => {
        throw faultOf(error, "look at the lock of the ledger");
      }),
    release: () => enqueue(held.release, "release the lock of the ledger"),
    ...(held.diedAt === undefined ? {} : { diedAt: held.diedAt }),
  };
}

/** Runs works one after the other, in the order of the calls; the failure of one keeps none of the later ones. */
function oneByOne(faultOf: Writing["faultOf"]): (work: () => Promise<void>, doing: string) => Promise<void> {
  let queue: Promise<void> = Promise.resolve();
  return (work, doing) => {
    const done = queue.then(work).catch((error: unknown) => {
      throw faultOf(error, doing);
    });
    queue = done.catch(() => undefined);
    return done;
  };
}
