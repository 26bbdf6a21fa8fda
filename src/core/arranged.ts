import { type Arrangement, keyedElements } from "./diff.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { byText, type Fields, type Value } from "./values.ts";

/**
 * A live spec whose lists without an order stand as the wanted ones do, and what is not wanted behind that, by what tells the elements
 * apart: the order in which the cloud happens to list them says nothing, and must not show in a plan or make one stale. Pure.
 */
export function arranged(kind: Kind, live: Fields, wanted: Fields | undefined): Fields {
  const lists = fieldsOf(kind).flatMap(({ name, traits }): [string, Value][] => {
    const list = live[name];
    if (traits.unordered === undefined || !Array.isArray(list)) return [];
    const model = wanted?.[name];
    return [[name, arrangedList(list, traits, Array.isArray(model) ? model : [])]];
  });
  return lists.length === 0 ? live : { ...live, ...Object.fromEntries(lists) };
}

/** A list without an order: first what stands in the model, as it stands there, then the rest by what tells the elements apart. */
export function arrangedList(
  list: readonly Value[],
  arrangement: Arrangement,
  model: readonly Value[] = [],
): readonly Value[] {
  const places = new Map(keyedElements(model, arrangement, true).map(({ key }, place) => [key, place]));
  const placeOf = (key: string): number => places.get(key) ?? model.length;
  return [...keyedElements(list, arrangement, true)]
    .sort((one, other) => placeOf(one.key) - placeOf(other.key) || byText(one.key, other.key))
    .map(({ item }) => item);
}
