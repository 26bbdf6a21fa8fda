import { keyedElements } from "./diff.ts";
import type { Traits } from "./traits.ts";
import { type Fields, isFields, type Value } from "./values.ts";

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
  const kept = Object.entries(live).flatMap(([key, item]): [string, Value][] => {
    const named = records.flatMap((record) => own(record, key));
    return named.length === 0 ? [] : [[key, restrict(item, named, arrangement, false)]];
  });
  return Object.fromEntries(kept);
}

/** The value of a record's own key, as a list of one; nothing for what records inherit, such as `constructor`. */
function own(record: Fields, key: string): readonly Value[] {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  return value === undefined ? [] : [value];
}

function restrictList(
  live: readonly Value[],
  declared: readonly Value[],
  arrangement: Pick<Traits, "unordered" | "yaml">,
  outermost: boolean,
): Value {
  const lists = declared.filter((value): value is readonly Value[] => Array.isArray(value));
  if (lists.length === 0) return live;
  const items = keyedElements(live, arrangement, outermost);
  const byPosition = items.every(({ key }, index) => key === String(index));
  const wanted = lists.flatMap((list) => keyedElements(list, arrangement, outermost));
  return items.flatMap(({ key, item }) => {
    const named = wanted.filter((element) => element.key === key);
    // A declared list is whole: an element that nobody declared is a difference. Inside an object the cloud may add some.
    if (named.length === 0) return byPosition || outermost ? [item] : [];
    return [
      restrict(
        item,
        named.map((element) => element.item),
        arrangement,
        false,
      ),
    ];
  });
}
