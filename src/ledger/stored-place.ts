import { type CairnError, failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import type { ConditionalStore, StoredText } from "./conditional-store.ts";
import { fencedText, readFenced } from "./fenced-text.ts";
import type { HeldStoreLock } from "./keep-store-lock.ts";
import { ledgerText, type Ownership, parseLedger, requireOwner } from "./ledger-document.ts";
import type { LedgerHistory } from "./ledger-history.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import { lockLost, type Version } from "./ledger-version.ts";
import { lookAt, type StoredLedger } from "./stored-ledger.ts";

/** A ledger in a store, for who holds its lock. */
export type StoredPlace = {
  readonly store: ConditionalStore;
  /** Under which the ledger lies. */
  readonly name: string;
  readonly owner: Ownership;
  readonly history: Pick<LedgerHistory, "keep">;
  readonly held: HeldStoreLock;
};

/** More than a few of our own writes, whose answers were lost, are never in the way. */
const mostLooks = 20;

const encoder = new TextEncoder();

/** The ledger in a stored text, checked; undefined where there is none, `E_LEDGER` for what is none of this project and stack. */
export function readLedgerText(stored: StoredText | undefined, owner: Ownership): LedgerState | undefined {
  const ledger = stored === undefined ? undefined : readFenced(stored.text).ledger;
  if (ledger === undefined) return undefined;
  const state = parseLedger(encoder.encode(ledger), owner.location);
  requireOwner(state, owner);
  return state;
}

/** What a stored text is; `E_LEDGER` for what is not this ledger's to replace. */
export function lookAtText(stored: StoredText | undefined, owner: Ownership): StoredLedger {
  const ledger = stored === undefined ? undefined : readFenced(stored.text).ledger;
  return lookAt(ledger === undefined ? undefined : encoder.encode(ledger), owner);
}

/**
 * Fences the ledger off from former holders of its lock, and opens it for the present one: the ledger is written anew under the
 * name of this lock, so that whatever a former holder still has under way finds something else than what it was to replace.
 * The lock is looked at between reading and writing: so nobody fences off who has the lock after him. `E_LOCKED` where the
 * lock was lost meanwhile, `E_LEDGER` for what is no ledger of this project and stack; that is left as it is.
 */
export async function openStoredPlace(place: StoredPlace): Promise<LedgerPlace> {
  const { store, name, owner, held } = place;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const before = await store.read(name);
    const found = lookAtText(before, owner);
    const { fence, ledger } = before === undefined ? {} : readFenced(before.text);
    // What nobody has written under a lock, and cannot be read, may be anything.
    if (found.type === "damaged" && fence === undefined) throw found.fault;
    if (!(await held.renew())) throw lockLost(owner.location);
    const text = fencedText(held.token, ledger);
    const done = await store.write(name, text, before?.tag);
    if (done !== "conflict") return fencedPlace(place, { text, ...done });
  }
  throw overtaken(owner.location);
}

/** The ledger behind its fence, as it was put there. */
function fencedPlace(place: StoredPlace, first: StoredText): LedgerPlace {
  const { store, name, owner, history, held } = place;
  // Undefined as soon as it is not certain what lies there.
  let stored: StoredText | undefined = first;
  // What this lock wrote last.
  let own: Version | undefined;

  /** What lies there, if it was written under this lock; else the lock is lost, or somebody writes without one. */
  const readOwn = async (): Promise<StoredText> => {
    const found = await store.read(name);
    if (found !== undefined && readFenced(found.text).fence === held.token) return found;
    if (!(await held.isStillHeld())) throw lockLost(owner.location);
    throw overwritten(owner.location);
  };

  const put = async (text: string, over: StoredText): Promise<StoredText> => {
    let { tag } = over;
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const done = await store.write(name, text, tag);
      if (done !== "conflict") return { text, ...done };
      // A write of ours, whose answer was lost, may have come late.
      tag = (await readOwn()).tag;
    }
    throw overtaken(owner.location);
  };

  return {
    stored: async () => {
      stored ??= await readOwn();
      return own ?? readLedgerText(stored, owner);
    },
    look: async () => lookAtText(await store.read(name), owner),
    keep: (before) => history.keep(before),
    store: async (document) => {
      const over = stored ?? (await readOwn());
      [stored, own] = [undefined, undefined];
      stored = await put(fencedText(held.token, ledgerText(document)), over);
      own = { lineage: document.lineage, serial: document.serial };
    },
  };
}

function overwritten(location: string): CairnError {
  const help = "nothing was overwritten; run the command again: it starts from what is stored now";
  const message = "somebody has written the ledger without taking its lock";
  return failure("E_LEDGER", message, { place: { file: location }, help });
}

function overtaken(location: string): CairnError {
  const help = "run the command again; if this stays, another program writes there without end";
  const message = `somebody else wrote the ledger ${mostLooks} times in a row while this run was about to`;
  return failure("E_LEDGER", message, { place: { file: location }, help });
}
