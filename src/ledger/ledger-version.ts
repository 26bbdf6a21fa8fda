import { type CairnError, failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";

/** Which state a ledger is in: enough to compare, without the entries. */
export type Version = Pick<LedgerState, "lineage" | "serial">;

/** True where two versions are one. */
export function isSame(left: Version, right: Version): boolean {
  return left.lineage === right.lineage && left.serial === right.serial;
}

/**
 * What keeps a state from being written over the stored one: it has to be of the same lineage and the next serial, from 1 on
 * where nothing is stored. `E_LEDGER`; undefined where nothing does.
 */
export function conflict(stored: Version | undefined, state: Version, location: string): CairnError | undefined {
  const place = { file: location };
  const help = "nothing was overwritten; run the command again: it starts from what is stored now";
  if (stored !== undefined && stored.lineage !== state.lineage) {
    const message = `another ledger lies in its place: lineage ${stored.lineage} instead of ${state.lineage}`;
    return failure("E_LEDGER", message, { place, help });
  }
  const serial = stored?.serial ?? 0;
  if (serial + 1 === state.serial) return undefined;
  const found = stored === undefined ? "the ledger is gone" : `the ledger is at serial ${serial}`;
  return failure("E_LEDGER", `${found}, expected serial ${state.serial - 1}: somebody else has changed it`, {
    place,
    help,
  });
}

/** `E_LOCKED` for a process that was stopped for longer than its lease, or whose lock was removed. */
export function lockLost(location: string): CairnError {
  const help =
    "another run took it because this one had given no sign of life, or somebody ran `cairn ledger unlock`; run the command " +
    "again when no other run is at work";
  const message = "the lock on the ledger was lost: nothing more is written or changed";
  return failure("E_LOCKED", message, { place: { file: location }, help });
}
