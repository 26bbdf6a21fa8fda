import type { Address } from "../core/address.ts";
import { successorOf } from "../core/deposed.ts";
import type { Desired } from "../core/desired.ts";
import { type Field, fieldsOf } from "../core/fields.ts";
import type { Kind, Kinds } from "../core/kind.ts";
import type { Entry } from "../core/ledger.ts";
import { isReference } from "../core/reference.ts";
import { canonicalText, type Fields, sameValue, type Value } from "../core/values.ts";

/** Renamed addresses, old → new. */
type Renamed = ReadonlyMap<Address, Address>;

/**
 * Owned addresses without a manifest whose objects manifests want under another name, old → new: apply moves them without a
 * call, and nobody may delete them meanwhile. Only the cloud tells for certain, and it is not asked here: what might be the
 * same object counts as the same. Pure.
 */
export function takeovers(desired: readonly Desired[], entries: readonly Entry[], kinds: Kinds): Renamed {
  const wanted = new Set(desired.map(({ address }) => address));
  const owned = new Set(entries.map(({ address }) => address));
  const heirs = desired.filter(({ address }) => !owned.has(address));
  const orphans = entries.filter(({ address }) => !wanted.has(address) && successorOf(address) === undefined);
  const renamed = new Map<Address, Address>();
  // A parent that was renamed makes its children comparable, so where something was found there may be more.
  for (let before = -1; before < renamed.size; ) {
    before = renamed.size;
    for (const orphan of orphans) {
      const heir = heirs.find((one) => mayBeSame(orphan, one, kinds.get(one.kind), renamed));
      if (heir !== undefined) renamed.set(orphan.address, heir.address);
    }
  }
  return renamed;
}

function mayBeSame(orphan: Entry, heir: Desired, kind: Kind | undefined, renamed: Renamed): boolean {
  if (kind === undefined || orphan.kind !== heir.kind || orphan.provider !== heir.provider) return false;
  const fields = fieldsOf(kind);
  const isApart = fields.some((field) => isOther(field, kind, orphan.spec[field.name], heir.spec[field.name], renamed));
  return !isApart && plainIdentity(kind, fields, orphan.spec) === plainIdentity(kind, fields, heir.spec);
}

/** True where a field proves two objects to be different ones: what no action changes, or what lists are made by. */
function isOther(
  { name, reference, traits }: Field,
  kind: Kind,
  mine: Value | undefined,
  theirs: Value | undefined,
  renamed: Renamed,
): boolean {
  const tells = kind.scope.some((path) => path.split(".", 1)[0] === name);
  if (reference === undefined) return tells && !sameValue(mine, theirs);
  if ((!tells && traits.immutable !== true) || !isReference(mine) || !isReference(theirs)) return false;
  if ("to" in mine && "to" in theirs) return (renamed.get(mine.to) ?? mine.to) !== theirs.to;
  return "id" in mine && "id" in theirs && canonicalText(mine) !== canonicalText(theirs);
}

/** The natural key without what it takes from references, which may be written in several forms. */
function plainIdentity(kind: Kind, fields: readonly Field[], spec: Fields): string {
  const blank = fields.flatMap(({ name, reference }) => (reference === undefined ? [] : [[name, ""]]));
  return kind.identity({ ...spec, ...Object.fromEntries(blank) });
}
