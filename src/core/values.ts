/** A plain value: what YAML, JSON and the ledger can hold. Integers above 2^53 are strings. */
export type Value = null | boolean | number | string | readonly Value[] | Fields;

/** A plain record of values. */
export type Fields = { readonly [field: string]: Value };

/** True for plain records, false for arrays, null and scalars. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The canonical text of a value: keys sorted, so equal values have equal texts. Pure. */
export function canonicalText(value: Value | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isFields(value)) {
    const parts = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`);
    return `{${parts.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Plain equality: same canonical text; an absent field equals an undefined one. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return canonicalText(left) === canonicalText(right);
}

/** A copy in which the keys of records stand in one order, however they were written; lists keep theirs. */
export function inKeyOrder(value: Value): Value {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Value] => [key, inKeyOrder(item)]);
  return Object.fromEntries(entries.sort(([left], [right]) => byText(left, right)));
}

/** Orders texts by code unit, so that sorted output does not depend on the machine's locale. */
export function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
