import type { Change, Operation } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import type { Entry, Intent, LedgerState } from "../core/ledger.ts";
import { ledgerSpec } from "../core/seal.ts";
import { placeOf } from "./ledger-steps.ts";
import { kindNamed } from "./observer.ts";
import type { Wanted } from "./wanted.ts";

/** `salt` is that of digests: the lineage of the ledger. */
type Source = { readonly kinds: Kinds; readonly salt: string };

/** The entry of an object that was created or changed to what its change wants. */
export function entryOf(source: Source, change: Change, id: string, { scope, identity }: Wanted): Entry {
  return { ...draftOf(source, change), id, scope, identity };
}

/** The entry of an existing object that only changes hands (adopted, moved) or the words about it. */
export function recordedEntry(source: Source, change: Change): Entry {
  const { before, identity } = change;
  const shown = before === undefined ? identity : kindNamed(source.kinds, change.kind).identity(before);
  return { ...draftOf(source, change), ...placeOf(change), identity: shown };
}

/** What the next run has to know of an operation if this one dies; undefined for those that only write the ledger. */
export function intentOf(
  source: Source,
  { action }: Operation,
  change: Change,
  state: LedgerState,
  since: string,
): Intent | undefined {
  if (action === "record" || action === "follow" || action === "resume") return undefined;
  if (action === "create") return { action, entry: draftOf(source, change), since };
  const { mark } = change;
  if (action === "update") {
    const entry = { ...draftOf(source, change), id: placeOf(change).id };
    return { action, entry, since, ...(mark === undefined ? {} : { mark }) };
  }
  const old = ownedEntry(state, change) ?? oldEntry(source, change);
  return { action, entry: { ...old, address: change.address }, since };
}

/** The entry that owns the existing object of a change: under its own address, or under the one that it moves from. */
export function ownedEntry(
  state: LedgerState,
  change: Pick<Change, "address" | "previousAddress" | "id">,
): Entry | undefined {
  const { address, previousAddress, id } = change;
  return [address, previousAddress ?? address].map((one) => state.entries[one]).find((entry) => entry?.id === id);
}

/** What can be said of an existing object that no entry tells of: it is adopted only to be replaced. */
function oldEntry(source: Source, change: Change): Entry {
  const { after: _, ...existing } = change;
  return recordedEntry(source, existing);
}

function draftOf({ kinds, salt }: Source, change: Change): Omit<Entry, "id"> {
  const { address, kind, provider, cloud, identity, scope, parents, dependencies, origin, lifecycle, triggers } =
    change;
  return {
    address,
    kind,
    provider,
    cloud,
    identity,
    scope,
    parents,
    dependencies,
    origin,
    lifecycle,
    spec: ledgerSpec(kindNamed(kinds, kind), change.after ?? change.before ?? {}, salt),
    ...(triggers === undefined ? {} : { triggers }),
  };
}
