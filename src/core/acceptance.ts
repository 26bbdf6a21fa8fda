import { isUnset, veil } from "./compare.ts";
import { alike, type Element, keyedElements } from "./diff.ts";
import type { Field } from "./fields.ts";
import { restrict } from "./restrict.ts";
import type { Traits } from "./traits.ts";
import { type Fields, isFields, sameValue, type Value } from "./values.ts";

/** The three sides of a field that has drifted: wanted by git, shown by the cloud, applied last. */
export type AcceptanceInput = {
  readonly field: Field;
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  readonly base: Value | undefined;
  /** Where both sides have moved, the cloud's value is taken as well; without it git's stays. */
  readonly conflicts: boolean;
};

/** What git has to want for the cloud's moves to be no difference any more. Undefined: the field is not to be set. */
export type Acceptance = {
  readonly value: Value | undefined;
  /** True where git has moved something as well, which stays. */
  readonly intended: boolean;
  /** Paths in the spec where both sides have moved and git's value was kept. */
  readonly conflicts: readonly string[];
  /** Paths where the cloud has moved something secret, which is never written down. */
  readonly secrets: readonly string[];
};

/**
 * Merges a field three ways, leaf by leaf: what the cloud moved is taken, what git moved stays. Elements of lists that have an
 * identity are merged one by one, every other list is one value. What the cloud adds to a Kubernetes object of its own accord
 * is no move. Pure.
 */
export function acceptance({ field, wanted, live, base, conflicts }: AcceptanceInput): Acceptance {
  // Nothing is known of what both sides agreed on: whatever differs is git's wish.
  if (base === undefined) return { value: wanted, intended: true, conflicts: [], secrets: [] };
  const { traits } = field;
  const declared = [wanted, base].filter((value): value is Value => value !== undefined);
  const seen = traits.subset === true && live !== undefined ? restrict(live, declared, traits) : live;
  const [mine, theirs, last] = [wanted, seen, base].map((value) => (isUnset(value) ? undefined : value));
  const merge: Merge = { takesConflicts: conflicts, intended: false, conflicts: [], secrets: [] };
  const sides: Sides = { wanted: mine, live: theirs, base: last, shown: [veil(field, mine), veil(field, theirs)] };
  const value = merged(merge, sides, { path: field.name, arrangement: traits });
  const { intended, conflicts: both, secrets } = merge;
  // An empty text or list that git keeps is kept as it is.
  return { value: value ?? (isUnset(wanted) ? wanted : undefined), intended, conflicts: both, secrets };
}

type Merge = {
  readonly takesConflicts: boolean;
  intended: boolean;
  readonly conflicts: string[];
  readonly secrets: string[];
};

type Sides = {
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  readonly base: Value | undefined;
  /** The wanted and the live value as they may be shown. */
  readonly shown: readonly [Value | undefined, Value | undefined];
};

type Spot = { readonly path: string; readonly arrangement: Pick<Traits, "unordered" | "yaml"> };

function merged(merge: Merge, sides: Sides, spot: Spot): Value | undefined {
  const { wanted, live } = sides;
  if (wanted !== undefined && live !== undefined) {
    if (alike(wanted, live, spot.arrangement)) return wanted;
    if (isFields(wanted) && isFields(live)) return mergedFields(merge, sides, spot, [wanted, live]);
    const elements = elementsOf(wanted, live, spot.arrangement);
    if (elements !== undefined) return mergedList(merge, sides, spot, elements);
  }
  return mergedLeaf(merge, sides, spot);
}

function mergedLeaf(
  merge: Merge,
  { wanted, live, base, shown }: Sides,
  { path, arrangement }: Spot,
): Value | undefined {
  const same = (one: Value | undefined, other: Value | undefined): boolean =>
    one === undefined || other === undefined ? one === other : alike(one, other, arrangement);
  if (same(wanted, live)) return wanted;
  if (same(live, base)) {
    merge.intended = true;
    return wanted;
  }
  if (!sameValue(wanted, shown[0]) || !sameValue(live, shown[1])) {
    merge.secrets.push(path);
    return wanted;
  }
  if (same(wanted, base) || merge.takesConflicts) return live;
  merge.conflicts.push(path);
  return wanted;
}

function mergedFields(
  merge: Merge,
  { base, shown }: Sides,
  { path, arrangement }: Spot,
  [wanted, live]: readonly [Fields, Fields],
): Value {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(live)])];
  const entries = names.flatMap((name): [string, Value][] => {
    const sides: Sides = {
      wanted: own(wanted, name),
      live: own(live, name),
      base: own(base, name),
      shown: [own(shown[0], name), own(shown[1], name)],
    };
    const value = merged(merge, sides, { path: `${path}.${name}`, arrangement: inside(arrangement) });
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** Only the outermost list has the identity that its field declares. */
function inside({ yaml }: Spot["arrangement"]): Spot["arrangement"] {
  return yaml === true ? { yaml } : {};
}

/** The value of a record's own key; nothing for what records inherit, such as `constructor`. */
function own(value: Value | undefined, name: string): Value | undefined {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

type Keyed = readonly [readonly Element[], readonly Element[]];

/** The elements of two lists by identity; undefined where one is no list, or has elements that only their places tell apart. */
function elementsOf(wanted: Value, live: Value, arrangement: Spot["arrangement"]): Keyed | undefined {
  if (!Array.isArray(wanted) || !Array.isArray(live)) return undefined;
  const both: Keyed = [keyedElements(wanted, arrangement, true), keyedElements(live, arrangement, true)];
  const isPlaced = both.some((list) => list.length > 0 && list.every(({ key }, index) => key === String(index)));
  return isPlaced ? undefined : both;
}

function mergedList(merge: Merge, { base, shown }: Sides, spot: Spot, [wanted, live]: Keyed): Value {
  const { path, arrangement } = spot;
  const known = keyedElements(listOf(base), arrangement, true);
  const keys = [...new Set([...wanted, ...live].map(({ key }) => key))];
  // A key may be hidden as well: only its place finds an element among those that may be shown.
  const [mine, theirs] = [
    keyedElements(listOf(shown[0]), arrangement, true),
    keyedElements(listOf(shown[1]), arrangement, true),
  ];
  return keys.flatMap((key): readonly Value[] => {
    const [own, other] = [indexOf(wanted, key), indexOf(live, key)];
    const sides: Sides = {
      wanted: wanted[own]?.item,
      live: live[other]?.item,
      base: known[indexOf(known, key)]?.item,
      shown: [mine[own]?.item, theirs[other]?.item],
    };
    const name = (mine[own] ?? theirs[other])?.key;
    const value = merged(merge, sides, { path: `${path}[${name}]`, arrangement: inside(arrangement) });
    return value === undefined ? [] : [value];
  });
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function indexOf(elements: readonly Element[], key: string): number {
  return elements.findIndex((one) => one.key === key);
}
