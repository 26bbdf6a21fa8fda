import { type Fields, isFields, type Value } from "./values.ts";

/** The key under which a digest stands in the ledger in place of a secret. */
const sealKey = "$scrypt";

/** What stands in the ledger for a secret: its digest, or "" where only its presence is kept. */
export function sealedValue(digest: string): Fields {
  return { [sealKey]: digest };
}

/** The digest in what stands for a secret. */
export function digestIn(sealed: Fields): Value | undefined {
  return sealed[sealKey];
}

/** True where a value of the ledger stands for a secret. */
export function isSealed(value: Value | undefined): value is Fields {
  return isFields(value) && typeof value[sealKey] === "string";
}
