import { elementKeys } from "./diff.ts";
import type { Traits } from "./traits.ts";
import { isFields, type Value } from "./values.ts";

/**
 * What the cloud shows, cut down to the leaves that any of the declared values names: what it adds of its own accord
 * (namespaces, labels, defaults) falls away. Lists of scalars and lists without names stay whole.
 */
export function restrict(
  live: Value,
  declared: readonly Value[],
  arrangement: Pick<Traits, "unordered" | "yaml">,
  outermost = true,
): Value {
  if (Array.isArray(live)) return restrictList(live, declared, arrangement, outermost);
  if (!isFields(live)) return live;
  const records = declared.filter(isFields);
  if (records.length === 0) return live;
  const kept = Object.keys(live).filter((key) => records.some((record) => record[key] !== undefined));
  return Object.fromEntries(
    kept.map((key) => {
      const named = records.flatMap((record) => (record[key] === undefined ? [] : [record[key]]));
      return [key, restrict(live[key] ?? null, named, arrangement, false)];
    }),
  );
}

function restrictList(
  live: readonly Value[],
  declared: readonly Value[],
  arrangement: Pick<Traits, "unordered" | "yaml">,
  outermost: boolean,
): Value {
  const lists = declared.filter((value): value is readonly Value[] => Array.isArray(value));
  if (lists.length === 0 || !live.some(isFields)) return live;
  const keys = elementKeys(live, arrangement, outermost);
  const byPosition = keys.every((key, index) => key === String(index));
  const wanted = lists.map(
    (list) => new Map(elementKeys(list, arrangement, outermost).map((key, index) => [key, list[index]])),
  );
  return live.flatMap((item, index) => {
    const key = keys[index] ?? "";
    const named = wanted.flatMap((elements) => elements.get(key) ?? []);
    // A declared list is whole: an element that nobody declared is a difference. Inside an object the cloud may add some.
    if (named.length === 0) return byPosition || outermost ? [item] : [];
    return [restrict(item, named, arrangement, false)];
  });
}
