import type { Address } from "./address.ts";
import type { Entry } from "./ledger.ts";
import { objectKey, type Survey } from "./survey-state.ts";

/**
 * Objects that are owned under an address which nobody wants any more, and that are wanted under another one: the new
 * address takes the entry over, without a call. New address → entry of the old.
 */
export function movesOf(
  survey: Survey,
  entries: readonly Entry[],
  wanted: ReadonlySet<Address>,
): ReadonlyMap<Address, Entry> {
  const orphans = new Map(
    entries
      .filter((entry) => !wanted.has(entry.address))
      .map((entry) => [objectKey(entry.provider, entry.kind, entry.id, entry.scope), entry]),
  );
  const moves = new Map<Address, Entry>();
  for (const { address, desired, entry, object, kind, provider, liveScope } of survey.bindings.values()) {
    if (desired === undefined || entry !== undefined || object === undefined) continue;
    const key = objectKey(provider, kind.kind, object.id, liveScope);
    const orphan = orphans.get(key);
    if (orphan !== undefined) moves.set(address, orphan);
    orphans.delete(key);
  }
  return moves;
}
