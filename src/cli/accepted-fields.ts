import { acceptance } from "../core/acceptance.ts";
import type { Address } from "../core/address.ts";
import type { Change } from "../core/change.ts";
import { isReferenceField } from "../core/compare-reference.ts";
import type { Desired } from "../core/desired.ts";
import { differences } from "../core/diff.ts";
import { type Diagnostic, fault } from "../core/errors.ts";
import { type Field, fieldOf } from "../core/fields.ts";
import { fitsAny } from "../core/glob.ts";
import type { Kind } from "../core/kind.ts";
import { placeOf } from "../core/place-of.ts";
import { referenceAcceptance } from "../core/reference-acceptance.ts";
import { survey } from "../core/survey.ts";
import type { Survey } from "../core/survey-state.ts";
import { sameValue, type Value } from "../core/values.ts";
import type { Planned } from "./planning.ts";

/** A field of a manifest and what it is to want, in canonical form. */
export type AcceptedField = {
  readonly desired: Desired;
  readonly field: Field;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** True where the field is as in the cloud afterwards: nothing of it was left for git or as secret. */
  readonly complete: boolean;
};

/** What is to be accepted, and what cannot be. */
export type Drifted = { readonly fields: readonly AcceptedField[]; readonly left: readonly Diagnostic[] };

/** Which drift is meant: all of it, or what addresses and globs name. */
export type DriftSelection = { readonly all: boolean; readonly patterns: readonly string[] };

type Context = Planned & { readonly survey: Survey; readonly wanted: ReadonlyMap<Address, Desired> };

/**
 * What the manifests have to want for what the cloud moved to be no difference any more. What git moved stays; where both did,
 * the cloud's value is taken only of what is named without a wildcard. Pure.
 */
export function acceptedFields(planned: Planned, { all, patterns }: DriftSelection): Drifted {
  const { basis, ledger, plan } = planned;
  const wanted = new Map(basis.desired.map((one) => [one.address, one]));
  const context: Context = { ...planned, survey: survey({ ...basis, ledger }), wanted };
  const parts = plan.changes
    .filter(({ address }) => all || fitsAny(patterns, address))
    .map((change) => driftedPart(context, change, patterns.includes(change.address)));
  return { fields: parts.flatMap(({ fields }) => fields), left: parts.flatMap(({ left }) => left) };
}

const nothing: Drifted = { fields: [], left: [] };

function driftedPart(context: Context, change: Change, isNamed: boolean): Drifted {
  const { address } = change;
  const desired = context.wanted.get(address);
  const kind = context.basis.kinds.get(change.kind);
  if (desired === undefined || kind === undefined) return isNamed ? left(undeclared(address)) : nothing;
  const isOwned = context.ledger.entries[change.previousAddress ?? address] !== undefined;
  if (!isOwned) return nothing;
  if (change.action === "create") return left(gone(desired));
  const names = new Set(change.fields.flatMap((one) => (one.class === "intended" ? [] : [one.field])));
  if (names.size === 0) return nothing;
  if (kind.history !== undefined) return left(unseen(desired, [...names]));
  const parts = [...names].map((name) => driftedField(context, change, { desired, kind, name, isNamed }));
  return { fields: parts.flatMap(({ fields }) => fields), left: parts.flatMap((part) => part.left) };
}

type Subject = {
  readonly desired: Desired;
  readonly kind: Kind;
  readonly name: string;
  readonly isNamed: boolean;
};

function driftedField(context: Context, change: Change, { desired, kind, name, isNamed }: Subject): Drifted {
  const field = fieldOf(kind, name);
  if (field === undefined) return nothing;
  const sides = { wanted: desired.spec[name], live: change.before?.[name] };
  if (isReferenceField(field)) {
    const isConflict = change.fields.some((one) => one.field === name && one.class === "conflict");
    if (isConflict && !isNamed) return left(conflict(desired, name));
    const declared = new Set(context.wanted.keys());
    const { provider } = desired;
    const after = referenceAcceptance({ ...sides, survey: context.survey, field, provider, declared });
    return { fields: [{ desired, field, before: sides.wanted, after, complete: true }], left: [] };
  }
  const base = context.ledger.entries[change.previousAddress ?? change.address]?.spec[name];
  const { value, intended, conflicts, secrets } = acceptance({ ...sides, field, base, conflicts: isNamed });
  const rest = [...conflicts.map((path) => conflict(desired, path)), ...secrets.map((path) => secret(desired, path))];
  const accepted = { desired, field, before: sides.wanted, after: value, complete: rest.length === 0 && !intended };
  return { fields: sameValue(sides.wanted, value) ? [] : [accepted], left: rest };
}

/** The places within a field that are written, as differences are named everywhere. */
export function acceptedPaths({ field, before, after }: AcceptedField): readonly string[] {
  return differences(before, after, field.traits).map(({ path }) => {
    if (path === "" || path.startsWith("[")) return `${field.name}${path}`;
    return `${field.name}.${path}`;
  });
}

function left(diagnostic: Diagnostic): Drifted {
  return { fields: [], left: [diagnostic] };
}

function undeclared(address: Address): Diagnostic {
  return fault("E_ACCEPT", "no manifest declares it", {
    address,
    help: "cairn export writes manifests for live objects; cairn apply gives it up or deletes it",
  });
}

function gone({ address, source }: Desired): Diagnostic {
  return fault("E_ACCEPT", "is gone from the cloud, and its manifest stays", {
    place: source,
    address,
    help: "cairn apply makes it again; remove its manifest if it is to stay away",
  });
}

function unseen(desired: Desired, names: readonly string[]): Diagnostic {
  const { address, source } = desired;
  return fault("E_ACCEPT", `${names.join(", ")} cannot be accepted: the cloud does not show what goes with it`, {
    place: source,
    address,
    help: "declare by hand what is there, with all that belongs to it; or cairn apply --retry sets what is declared",
  });
}

function conflict(desired: Desired, path: string): Diagnostic {
  const { address } = desired;
  return fault("E_ACCEPT", "git and the cloud have both moved it", {
    ...spot(desired, path),
    help: `cairn accept ${address} takes the cloud's value, cairn apply git's`,
  });
}

function secret(desired: Desired, path: string): Diagnostic {
  return fault("E_ACCEPT", "is secret, or looks so, and is never written", {
    ...spot(desired, path),
    help: "change it where it comes from, or let apply set what is declared",
  });
}

function spot(desired: Desired, path: string): Pick<Diagnostic, "place" | "address" | "field"> {
  const [name = path] = path.split(/[.[]/, 1);
  return { place: placeOf(desired, name), address: desired.address, field: path };
}
