import { type CairnError, failure } from "../core/errors.ts";
import type { Kinds } from "../core/kind.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { ownedKey } from "../core/survey-state.ts";
import type { Creating } from "./create.ts";
import { requirePlausibleId } from "./plausible.ts";
import { goneKey, type Run } from "./run.ts";

/** The identity of every object that a snapshot shows, by `ownedKey`. */
export function identitiesIn(kinds: Kinds, snapshot: Snapshot | undefined): ReadonlyMap<string, string> {
  const listings = [...(snapshot?.listings.values() ?? [])];
  const seen = listings.flatMap(({ request: { provider, kind }, objects }) =>
    objects.map(({ id, spec }): [string, string] => [
      ownedKey(provider, kind, id),
      kinds.get(kind)?.identity(spec) ?? id,
    ]),
  );
  return new Map(seen);
}

/**
 * The ids that a create was answered with. `E_BAD_ANSWER` for one that is no id, or that another object has: what was there
 * before is not what was just made, and must never be recorded as such. What was made is then looked up, as after a lost answer.
 */
export function newIds(run: Run, batch: readonly Creating[], made: readonly { readonly id: string }[]): string[] {
  const ids = made.map(({ id }) => id);
  batch.forEach((one, index) => {
    const id = ids[index] ?? "";
    requirePlausibleId(one.kind, id);
    const holder = holderOf(run, one, id) ?? (ids.indexOf(id) < index ? "another one of the same call" : undefined);
    if (holder !== undefined) throw taken(one, id, holder);
  });
  return ids;
}

/** Whose id it is, if it cannot be a new one. An id that is only an identity says nothing of which object it is. */
function holderOf({ seen, gone, journal }: Run, { change, kind, wanted }: Creating, id: string): string | undefined {
  if (id === wanted.identity || gone.has(goneKey(kind.kind, id))) return undefined;
  const owner = Object.values(journal.state().entries).find(
    (entry) => entry.id === id && entry.kind === kind.kind && entry.provider === change.provider,
  );
  return owner?.address ?? seen.get(ownedKey(change.provider, kind.kind, id));
}

function taken({ kind, wanted }: Creating, id: string, holder: string): CairnError {
  const message = `the cloud answered the creation of ${kind.kind} ${wanted.identity} with id ${id}, which is that of ${holder}`;
  return failure("E_BAD_ANSWER", message, {
    help: "nothing is recorded under that id; run the same command again: it looks for what was made by its name",
  });
}
