import type { Address } from "./address.ts";
import { type Documents, followPath, withKind } from "./check-scope.ts";
import type { Desired } from "./desired.ts";
import { type Diagnostic, fault, type Place } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { placeOf, placeText } from "./place-of.ts";
import { canonicalText, type Fields, type Value } from "./values.ts";

type Claim = { readonly key: string; readonly message: (first: Desired) => string; readonly field: string | undefined };

/** The faults of documents whose address an earlier one already has. */
export function duplicateAddresses(desired: readonly Desired[]): Diagnostic[] {
  const first = new Map<Address, Place>();
  return desired.flatMap(({ address, source }) => {
    const other = first.get(address);
    if (other === undefined) {
      first.set(address, source);
      return [];
    }
    const message = `${address} is declared twice, first at ${placeText(other)}; rename or remove one of them`;
    return [fault("E_DUPLICATE", message, { place: source, address })];
  });
}

/** Documents that claim what an earlier one claims: an identity in its scope, or a key of a wider conflict domain. */
export function duplicateClaims(documents: Documents): Diagnostic[] {
  const first = new Map<string, Desired>();
  return [...documents.wanted.values()].flatMap((desired) => {
    const claims = withKind(documents, desired, (kind) => [
      ...identityClaims(documents, kind, desired),
      ...uniqueClaims(documents, kind, desired),
    ]);
    return claims.flatMap(({ key, message, field }) => {
      const other = first.get(key);
      if (other !== undefined) return [duplicate(desired, message(other), field)];
      first.set(key, desired);
      return [];
    });
  });
}

function duplicate(desired: Desired, message: string, field: string | undefined): Diagnostic {
  const { address, source } = desired;
  if (field === undefined) return fault("E_DUPLICATE", message, { place: source, address });
  return fault("E_DUPLICATE", message, { place: placeOf(desired, field), address, field });
}

function identityClaims(documents: Documents, kind: Kind, { spec, provider }: Desired): Claim[] {
  const scope = scopeOf(documents, kind, spec);
  if (scope === undefined) return [];
  const identity = kind.identity(withTexts(kind, spec));
  return [
    {
      key: canonicalText(["identity", provider, kind.kind, scope, identity]),
      message: (other) =>
        `${kind.kind} "${identity}" is already declared by ${other.address} (${placeText(other.source)}); ` +
        "remove one of them, or tell them apart",
      field: kind.naming,
    },
  ];
}

/** The values of a scope; undefined where one cannot be told, of which its own fault speaks. */
function scopeOf(documents: Documents, kind: Kind, spec: Fields): readonly Value[] | undefined {
  const ends = kind.scope.map((path) => followPath(documents, kind, spec, path));
  const scope = ends.flatMap((end) => (end.end === "value" ? [end.value] : []));
  return scope.length < ends.length ? undefined : scope;
}

function uniqueClaims(documents: Documents, kind: Kind, { spec, address, provider }: Desired): Claim[] {
  return (kind.unique ?? []).flatMap(({ domain, key, scoped }) => {
    const claimed = key(spec, address);
    const scope = scoped ? scopeOf(documents, kind, spec) : [];
    if (claimed === undefined || scope === undefined) return [];
    return [
      {
        key: canonicalText(["unique", provider, domain, claimed, scope]),
        message: (other: Desired) =>
          `${domain} ${claimed} is already taken by ${other.address} (${placeText(other.source)}); use another`,
        field: undefined,
      },
    ];
  });
}

/** A spec in which references are texts, as in live specs: that is what identities are made from. */
function withTexts(kind: Kind, spec: Fields): Fields {
  const toText = (value: Value): Value => (Array.isArray(value) ? value.map(toText) : canonicalText(value));
  const references = new Set(fieldsOf(kind).flatMap(({ name, reference }) => (reference === undefined ? [] : [name])));
  const entries = Object.entries(spec).map(([name, value]) => [name, references.has(name) ? toText(value) : value]);
  return Object.fromEntries(entries);
}
