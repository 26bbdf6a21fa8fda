import { splitAddress } from "../core/address.ts";
import { isReference } from "../core/reference.ts";
import { isFields, type Value } from "../core/values.ts";

/** The canonical value of a reference field in the words of a manifest: names, `{ id: … }` and `{ lookup: { … } }`. */
export function writtenReferences(value: Value): Value {
  if (Array.isArray(value)) return value.map(writtenReferences);
  if (!isFields(value)) return value;
  if (!isReference(value)) return mapped(value);
  if ("to" in value) return splitAddress(value.to).name;
  return "lookup" in value ? { lookup: mapped(value.lookup) } : { id: value.id, ...mapped(value.parents) };
}

function mapped(fields: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, writtenReferences(one)]));
}
