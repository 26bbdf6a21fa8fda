import { diffArrays } from "diff";
import { keyedElements } from "../core/diff.ts";
import type { Traits } from "../core/traits.ts";
import { canonicalText, type Value } from "../core/values.ts";

/** How the elements of a list become those of another: which are the same one, which go, and which are new. */
export type Alignment = {
  /** Index before, index after. */
  readonly same: readonly (readonly [number, number])[];
  readonly gone: ReadonlySet<number>;
  /** `after`: index before of the element that a new one stands behind, -1 for the beginning. */
  readonly added: readonly { readonly after: number; readonly index: number }[];
};

/**
 * Aligns two lists by the identity of their elements where they have one, else so that as many as can be stay untouched. Elements
 * with an identity keep their order, and new ones come last.
 */
export function align(
  before: readonly Value[],
  after: readonly Value[],
  arrangement: Pick<Traits, "unordered" | "yaml">,
): Alignment {
  const [old, now] = [before, after].map((list) => keyedElements(list, arrangement, true).map(({ key }) => key));
  const isPlaced = [old, now].some((keys = []) => keys.length > 0 && keys.every((key, index) => key === String(index)));
  return isPlaced ? byContent(before, after) : byKey(old ?? [], now ?? []);
}

function byKey(old: readonly string[], now: readonly string[]): Alignment {
  return {
    same: old.flatMap((key, index) => (now.includes(key) ? [[index, now.indexOf(key)] as const] : [])),
    gone: new Set(old.flatMap((key, index) => (now.includes(key) ? [] : [index]))),
    added: now.flatMap((key, index) => (old.includes(key) ? [] : [{ after: old.length - 1, index }])),
  };
}

/** Between elements that stay, what goes and what comes in its place are taken for the same elements, changed. */
function byContent(before: readonly Value[], after: readonly Value[]): Alignment {
  const same: (readonly [number, number])[] = [];
  const gone = new Set<number>();
  const added: { after: number; index: number }[] = [];
  let [old, now] = [0, 0];
  for (const [nextOld, nextNow] of [...untouched(before, after), [before.length, after.length] as const]) {
    const changed = Math.min(nextOld - old, nextNow - now);
    for (let step = 0; step < changed; step += 1) same.push([old + step, now + step]);
    for (let index = old + changed; index < nextOld; index += 1) gone.add(index);
    for (let index = now + changed; index < nextNow; index += 1) added.push({ after: nextOld - 1, index });
    if (nextOld < before.length) same.push([nextOld, nextNow]);
    [old, now] = [nextOld + 1, nextNow + 1];
  }
  return { same, gone, added };
}

/** The elements that need not be touched: index before, index after. */
function untouched(before: readonly Value[], after: readonly Value[]): readonly (readonly [number, number])[] {
  let [old, now] = [0, 0];
  return diffArrays(before.map(canonicalText), after.map(canonicalText)).flatMap(({ added, removed, value }) => {
    const [from, to] = [old, now];
    if (!added) old += value.length;
    if (!removed) now += value.length;
    return added || removed ? [] : value.map((_, step) => [from + step, to + step] as const);
  });
}
