import { scryptSync } from "node:crypto";
import { conceal } from "./conceal.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { withoutSecretLooking } from "./mask.ts";
import { canonicalText, type Fields, isFields, type Value } from "./values.ts";

/** The key under which a digest stands in the ledger in place of a write-only secret. */
const sealKey = "$scrypt";
const remembered = new Map<string, string>();

/** The digest of a secret. The salt is the ledger's lineage, so that equal secrets of two ledgers differ. Pure. */
export function seal(secret: Value, salt: string): Fields {
  const text = canonicalText(secret);
  const key = canonicalText([salt, text]);
  const digest = remembered.get(key) ?? scryptSync(text, salt, 32).toString("base64url");
  remembered.set(key, digest);
  return { [sealKey]: digest };
}

/** True where a value of the ledger is a digest. */
export function isSealed(value: Value | undefined): value is Fields {
  return isFields(value) && typeof value[sealKey] === "string";
}

/** True where `value` is what the digest was made from. */
export function matchesSeal(value: Value | undefined, sealed: Fields, salt: string): boolean {
  return value !== undefined && seal(value, salt)[sealKey] === sealed[sealKey];
}

/**
 * A spec as the ledger may hold it: write-only secrets as digests, other secrets and what looks secret in Kubernetes objects
 * left out.
 */
export function ledgerSpec(kind: Kind, spec: Fields, salt: string): Fields {
  const kept: Record<string, Value> = {};
  for (const { name, schema, traits } of fieldsOf(kind)) {
    const value = spec[name];
    if (value === undefined) continue;
    if (traits.secret === true && traits.writeOnly === true) kept[name] = seal(value, salt);
    const shown = conceal(schema, value, undefined);
    if (shown !== undefined) kept[name] = traits.yaml === true ? withoutSecretLooking(shown) : shown;
  }
  return kept;
}
