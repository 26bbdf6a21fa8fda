import { z } from "zod";
import { arrangedList } from "./arranged.ts";
import { type Traits, unwrapped } from "./traits.ts";
import { byText, type Fields, isFields, type Value } from "./values.ts";

/** What stands first in a Kubernetes object, and in its parts. */
const first = ["apiVersion", "kind", "metadata", "name"];

/**
 * A value in an order of its own, whatever order it came in: lists without an order by what tells their elements apart, keys of a
 * user's own by name, and Kubernetes objects as people write them. Pure.
 */
export function inWrittenOrder(
  { schema, traits }: { readonly schema: z.ZodType; readonly traits: Traits },
  value: Value,
): Value {
  const isFree = traits.freeKeys === true || unwrapped(schema) instanceof z.ZodRecord;
  const ordered = traits.yaml === true || isFree ? withKeysInOrder(value) : value;
  if (traits.unordered === undefined || !Array.isArray(ordered)) return ordered;
  return arrangedList(ordered, traits);
}

function withKeysInOrder(value: Value): Value {
  if (Array.isArray(value)) return value.map(withKeysInOrder);
  return isFields(value) ? inOrder(value) : value;
}

function inOrder(fields: Fields): Fields {
  const place = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  const entries = Object.entries(fields).sort(([one], [other]) => place(one) - place(other) || byText(one, other));
  return Object.fromEntries(entries.map(([key, value]) => [key, withKeysInOrder(value)]));
}
