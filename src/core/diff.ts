import deepDiff from "deep-diff";
import type { Traits } from "./traits.ts";
import { byText, canonicalText, type Fields, isFields, sameValue, type Value } from "./values.ts";

/** One leaf that differs. `path` is relative: `a.b`, `[http].port`; empty for the value itself. */
export type Difference = { readonly path: string; readonly before?: Value; readonly after?: Value };

/** How lists are compared: by the identity of their elements where one is declared, else by position. */
export type Arrangement = Pick<Traits, "unordered" | "yaml">;

/**
 * Compares two canonical values leaf by leaf. Works on copies without prototypes in which lists are keyed, so that an
 * insertion is one difference and keys such as `__proto__` are plain data. Sorted by path. Pure.
 */
export function differences(
  before: Value | undefined,
  after: Value | undefined,
  arrangement: Arrangement = {},
): Difference[] {
  const left: Record<string, unknown> = Object.create(null);
  const right: Record<string, unknown> = Object.create(null);
  if (before !== undefined) left["value"] = keyed(before, arrangement, true);
  if (after !== undefined) right["value"] = keyed(after, arrangement, true);
  const found = (deepDiff.diff<unknown>(left, right, { normalize: (_, __, ...sides) => unlike(...sides) }) ??
    []) as readonly Found[];
  return found
    .map(({ path, lhs, rhs }) => ({
      path: path.slice(1).join("").replace(/^\./, ""),
      ...(lhs === undefined ? {} : { before: unkeyed(lhs) }),
      ...(rhs === undefined ? {} : { after: unkeyed(rhs) }),
    }))
    .sort((one, other) => byText(one.path, other.path));
}

/** A difference between two keyed copies: they hold no arrays, and nothing undefined. */
type Found = { readonly path: readonly string[]; readonly lhs?: unknown; readonly rhs?: unknown };

/** True where two values do not differ under the given arrangement. */
export function alike(before: Value | undefined, after: Value | undefined, arrangement: Arrangement = {}): boolean {
  return sameValue(before, after) || differences(before, after, arrangement).length === 0;
}

/** One element of a list, and the key that tells it from the others there. */
export type Element = { readonly key: string; readonly item: Value };

/** A list's elements by declared identity, whole text for sets, name in Kubernetes objects, else position. */
export function keyedElements(list: readonly Value[], arrangement: Arrangement, outermost: boolean): Element[] {
  if (outermost && arrangement.unordered !== undefined) return byIdentity(list, arrangement.unordered);
  const names = arrangement.yaml === true ? list.map((item) => (isFields(item) ? item["name"] : undefined)) : [];
  const named = new Set(names.filter((name) => typeof name === "string")).size === list.length;
  return list.map((item, index) => ({ key: named ? String(names[index]) : String(index), item }));
}

/** Twins of one identity stay apart: the second becomes `key#2`, or the next number that is nobody's own. */
function byIdentity(list: readonly Value[], by: readonly string[]): Element[] {
  const keys = list.map((item) =>
    by.length === 0 ? canonicalText(item) : by.map((path) => textAt(item, path)).join("/"),
  );
  const owned = new Set(keys);
  const taken = new Set<string>();
  return list.map((item, index) => {
    const own = String(keys[index]);
    let key = own;
    for (let number = 2; taken.has(key) || (key !== own && owned.has(key)); number += 1) key = `${own}#${number}`;
    taken.add(key);
    return { key, item };
  });
}

function textAt(item: Value, path: string): string {
  const end = path
    .split(".")
    .reduce<Value | undefined>((value, step) => (isFields(value) ? value[step] : undefined), item);
  return end === undefined ? "" : typeof end === "string" ? end : canonicalText(end);
}

const original = Symbol("original");

/** A copy of a list or record that remembers what it is a copy of. */
type Keyed = Record<string, unknown> & { readonly [original]: Fields | readonly Value[] };

function keyed(value: Value, arrangement: Arrangement, outermost: boolean): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.create(null, { [original]: { value } }) as Keyed;
  if (Array.isArray(value)) {
    for (const { key, item } of keyedElements(value, arrangement, outermost)) {
      copy[`[${key}]`] = keyed(item, arrangement, false);
    }
  } else {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) copy[`.${key}`] = keyed(item, arrangement, false);
    }
  }
  return copy;
}

function isKeyed(value: unknown): value is Keyed {
  return typeof value === "object" && value !== null && original in value;
}

function unkeyed(value: unknown): Value {
  return isKeyed(value) ? value[original] : (value as Value);
}

/** A list and a record have no leaves in common, however empty they are: their originals are compared as they are. */
function unlike(left: unknown, right: unknown): [unknown, unknown] | undefined {
  if (!isKeyed(left) || !isKeyed(right)) return undefined;
  const [one, other] = [left[original], right[original]];
  return Array.isArray(one) === Array.isArray(other) ? undefined : [one, other];
}
