import { failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import type { LedgerBackend, LedgerLock } from "../ledger/backend.ts";
import { ledgerText } from "../ledger/ledger-document.ts";
import { movedLedger } from "../ledger/moved-ledger.ts";
import type { StoredLedger } from "../ledger/stored-ledger.ts";

/** One of the two places of a move; both are locked. */
export type LockedPlace = { readonly backend: LedgerBackend; readonly lock: LedgerLock };

/** What a move came to: it was made, begun by an earlier run and finished, or already complete. */
export type LedgerMove = { readonly ledger: LedgerState; readonly outcome: "moved" | "finished" | "already moved" };

/**
 * Moves a ledger, lineage and serial kept: copies it, reads the copy back, and leaves a note in the old place that refuses
 * everybody who still looks there. Whatever kills it in between, the same again finishes it. `E_NO_LEDGER` where there is nothing
 * to move, `E_LEDGER` where another ledger lies in the new place, or the old one went elsewhere.
 */
export async function moveLedger(from: LockedPlace, to: LockedPlace): Promise<LedgerMove> {
  const [old, there] = [await from.backend.look(), await to.backend.look()];
  if (old.type === "moved") return { ledger: await requireArrived(old, there, from, to), outcome: "already moved" };
  const ledger = await requireStored(from.backend);
  const isThere = there.type === "ledger" && (await descends(to.backend, there.ledger, ledger));
  if (!isThere) {
    requireFree(there, ledger, to.backend);
    await to.lock.replace(ledger);
  }
  await verify(to.backend, ledger);
  await from.lock.replace(movedLedger(ledger, to.backend.location));
  return { ledger, outcome: isThere ? "finished" : "moved" };
}

/** The ledger to be moved; `E_NO_LEDGER` where there is none. */
export async function requireStored(from: LedgerBackend): Promise<LedgerState> {
  const stored = await from.read();
  if (stored !== undefined) return stored;
  throw failure("E_NO_LEDGER", `there is no ledger at ${from.location}`, {
    help: "--from has to name where the ledger was: what stood under `ledger` in cairn.yaml, with --stack as ever",
  });
}

/** True where the ledger in the new place is the one to be moved, or came from it after an interrupted move. */
async function descends(to: LedgerBackend, there: LedgerState, ledger: LedgerState): Promise<boolean> {
  if (there.lineage !== ledger.lineage || there.serial < ledger.serial) return false;
  const same = there.serial === ledger.serial ? there : await to.kept(ledger.serial);
  return same !== undefined && ledgerText(same) === ledgerText(ledger);
}

/** A note of the same ledger may be written over: then the ledger comes back. */
function requireFree(there: StoredLedger, { lineage }: LedgerState, to: LedgerBackend): void {
  if (there.type === "none" || (there.type === "moved" && there.note.lineage === lineage)) return;
  const place = { file: to.location };
  if (there.type === "damaged") throw there.fault;
  const [what, { lineage: found, serial }] =
    there.type === "ledger" ? ["a ledger", there.ledger] : ["the note of a ledger that was moved away", there.note];
  throw failure("E_LEDGER", `there is ${what} already: lineage ${found}, serial ${serial}`, {
    place,
    help: "name a place under `ledger` in cairn.yaml that is free; cairn ledger list shows what is owned from here",
  });
}

async function requireArrived(
  { note }: StoredLedger & { readonly type: "moved" },
  there: StoredLedger,
  from: LockedPlace,
  to: LockedPlace,
): Promise<LedgerState> {
  if (there.type === "ledger" && there.ledger.lineage === note.lineage) return there.ledger;
  throw failure("E_LEDGER", `the ledger was moved to ${note.movedTo}, and does not lie at ${to.backend.location}`, {
    place: { file: from.backend.location },
    help: "name that place with --from, or under `ledger` in cairn.yaml",
  });
}

/** Nothing is given up before the copy can be read. */
async function verify(to: LedgerBackend, ledger: LedgerState): Promise<void> {
  const copy = await to.look();
  if (copy.type === "ledger" && (await descends(to, copy.ledger, ledger))) return;
  throw failure("E_LEDGER", "the copy does not read back as it was written; the old place was left as it is", {
    place: { file: to.location },
    help: "look at what is wrong with the new place, and run the command again",
  });
}
