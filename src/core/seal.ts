import { scryptSync } from "node:crypto";
import { conceal } from "./conceal.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { maskUrls, withoutSecretLooking } from "./mask.ts";
import { digestIn, sealedValue } from "./sealed-value.ts";
import type { Traits } from "./traits.ts";
import { canonicalText, type Fields, type Value } from "./values.ts";

const remembered = new Map<string, string>();

/** The digest of a secret. The salt is the ledger's lineage, so that equal secrets of two ledgers differ. Pure. */
export function seal(secret: Value, salt: string): Fields {
  const text = canonicalText(secret);
  const key = canonicalText([salt, text]);
  const digest = remembered.get(key) ?? scryptSync(text, salt, 32).toString("base64url");
  remembered.set(key, digest);
  return sealedValue(digest);
}

/** True where `value` is what the digest was made from. */
export function matchesSeal(value: Value | undefined, sealed: Fields, salt: string): boolean {
  return value !== undefined && digestIn(seal(value, salt)) === digestIn(sealed);
}

/** A spec as the ledger may hold it: write-only secrets as digests, everything else as `keptSpec` says. */
export function ledgerSpec(kind: Kind, spec: Fields, salt: string): Fields {
  const sealed = fieldsOf(kind).flatMap(({ name, traits }): [string, Value][] => {
    const value = spec[name];
    const isDigested = traits.secret === true && traits.writeOnly === true;
    return value === undefined || !isDigested ? [] : [[name, seal(value, salt)]];
  });
  return { ...keptSpec(kind, spec), ...Object.fromEntries(sealed) };
}

/** A spec that may be kept where not even the digest of a secret may be; each of its fields as `keptValue` says. */
export function keptSpec(kind: Kind, spec: Fields): Fields {
  const kept = fieldsOf(kind).flatMap((field): [string, Value][] => {
    const value = spec[field.name];
    const shown = value === undefined ? undefined : keptValue(field, value);
    return shown === undefined ? [] : [[field.name, shown]];
  });
  return Object.fromEntries(kept);
}

/** What the ledger keeps of a field's value: not what its schema calls secret, nor what `keptPart` leaves out. */
export function keptValue({ schema, traits }: Pick<Field, "schema" | "traits">, value: Value): Value | undefined {
  const shown = conceal(schema, value, undefined);
  return shown === undefined ? undefined : keptPart(traits, shown);
}

/**
 * A value, or a part of one, without what looks secret in Kubernetes objects and among keys of the user's own. Its presence is
 * kept, so that it is noticed when it is not declared any more.
 */
export function keptPart(
  { yaml, freeKeys, carried }: Pick<Traits, "yaml" | "freeKeys" | "carried">,
  value: Value,
): Value {
  // What is compared with nothing by itself need not be kept word for word.
  if (carried === true && typeof value === "string") return maskUrls(value);
  return yaml === true || freeKeys === true ? withoutSecretLooking(value, sealedValue("")) : value;
}
