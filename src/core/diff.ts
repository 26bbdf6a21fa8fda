import deepDiff from "deep-diff";
import type { Traits } from "./traits.ts";
import { byText, canonicalText, type Fields, isFields, sameValue, type Value } from "./values.ts";

/** One leaf that differs. `path` is relative: `a.b`, `[http].port`; empty for the value itself. */
export type Difference = { readonly path: string; readonly before?: Value; readonly after?: Value };

/** How lists are compared: by the identity of their elements where one is declared, else by position. */
type Arrangement = Pick<Traits, "unordered" | "yaml">;

/**
 * Compares two canonical values leaf by leaf. Works on copies without prototypes in which lists are keyed, so that an
 * insertion is one difference and keys such as `__proto__` are plain data. Sorted by path. Pure.
 */
export function differences(
  before: Value | undefined,
  after: Value | undefined,
  arrangement: Arrangement = {},
): Difference[] {
  const left = Object.create(null) as Record<string, unknown>;
  const right = Object.create(null) as Record<string, unknown>;
  if (before !== undefined) left["value"] = keyed(before, arrangement, true);
  if (after !== undefined) right["value"] = keyed(after, arrangement, true);
  const found = deepDiff.diff(left, right) ?? [];
  return found
    .map((change) => {
      const path = (change.path ?? []).slice(1).map(String).join("").replace(/^\./, "");
      return {
        path,
        ...("lhs" in change && change.lhs !== undefined ? { before: unkeyed(change.lhs as Value) } : {}),
        ...("rhs" in change && change.rhs !== undefined ? { after: unkeyed(change.rhs as Value) } : {}),
      };
    })
    .sort((one, other) => byText(one.path, other.path));
}

/** True where two values do not differ under the given arrangement. */
export function alike(before: Value | undefined, after: Value | undefined, arrangement: Arrangement = {}): boolean {
  return sameValue(before, after) || differences(before, after, arrangement).length === 0;
}

/** The keys of a list's elements: declared identity, whole text for sets, name in Kubernetes objects, else position. */
export function elementKeys(list: readonly Value[], arrangement: Arrangement, outermost: boolean): readonly string[] {
  if (outermost && arrangement.unordered !== undefined) {
    const by = arrangement.unordered;
    return numbered(
      list.map((item) => (by.length === 0 ? canonicalText(item) : by.map((path) => textAt(item, path)).join("/"))),
    );
  }
  const names = arrangement.yaml === true ? list.map((item) => (isFields(item) ? item["name"] : undefined)) : [];
  const unique = names.length > 0 && new Set(names).size === names.length;
  if (unique && names.every((name): name is string => typeof name === "string")) return names;
  return list.map((_, index) => String(index));
}

/** Twins of one key stay apart: the second becomes `key#2`. */
function numbered(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}

function textAt(item: Value, path: string): string {
  const end = path
    .split(".")
    .reduce<Value | undefined>((value, step) => (isFields(value) ? value[step] : undefined), item);
  return end === undefined ? "" : typeof end === "string" ? end : canonicalText(end);
}

const original = Symbol("original");

function keyed(value: Value, arrangement: Arrangement, outermost: boolean): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.create(null) as Record<string | symbol, unknown>;
  Object.defineProperty(copy, original, { value });
  if (Array.isArray(value)) {
    const keys = elementKeys(value, arrangement, outermost);
    value.forEach((item: Value, index) => {
      copy[`[${keys[index]}]`] = keyed(item, arrangement, false);
    });
  } else {
    for (const [key, item] of Object.entries(value as Fields))
      if (item !== undefined) copy[`.${key}`] = keyed(item, arrangement, false);
  }
  return copy;
}

function unkeyed(value: unknown): Value {
  if (typeof value === "object" && value !== null && original in value) return value[original] as Value;
  return value as Value;
}
