import type { FilledIn } from "./traits.ts";
import { isFields, type Value } from "./values.ts";

/**
 * A value without the leaves that the cloud fills in by itself; maps that held nothing else go with them. In lists elements
 * stay, whatever becomes of what is inside. Pure.
 */
export function withoutFilledIn(value: Value, leaves: readonly FilledIn[]): Value {
  if (leaves.length === 0) return value;
  if (Array.isArray(value)) return value.map((item: Value, index) => withoutFilledIn(item, below(leaves, `${index}`)));
  if (!isFields(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, Value][] => {
    const inside = below(leaves, key);
    if (inside.some((leaf) => leaf.path.length === 0 && (leaf.value ?? item) === item)) return [];
    const rest = withoutFilledIn(item, inside);
    return isEmptied(item, rest) ? [] : [[key, rest]];
  });
  return Object.fromEntries(entries);
}

/** What the leaves say of what lies one step further. */
function below(leaves: readonly FilledIn[], key: string): readonly FilledIn[] {
  return leaves.flatMap((leaf) => {
    const [step, ...path] = leaf.path;
    const isMeant = step !== undefined && (step.endsWith("*") ? key.startsWith(step.slice(0, -1)) : key === step);
    return isMeant ? [{ ...leaf, path }] : [];
  });
}

function isEmptied(before: Value, after: Value): boolean {
  return isFields(before) && isFields(after) && Object.keys(before).length > 0 && Object.keys(after).length === 0;
}
