import { keyedElements } from "./diff.ts";
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
    const keys = Array.isArray(model) ? keyedElements(model, traits, true).map(({ key }) => key) : [];
    const place = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
    const elements = [...keyedElements(list, traits, true)].sort(
      (one, other) => place(one.key) - place(other.key) || byText(one.key, other.key),
    );
    return [[name, elements.map(({ item }) => item)]];
  });
  return lists.length === 0 ? live : { ...live, ...Object.fromEntries(lists) };
}
