import { fieldsOf } from "./fields.ts";
import type { Kind, Live } from "./kind.ts";
import type { Fields, Value } from "./values.ts";

/**
 * Brings what a kind's list or read answered into the canonical form of its spec: the same schema that a manifest passes.
 * A value that the schema refuses (a word that the vendor added since) stays as it is, so that it shows as a difference.
 */
export function canonicalLive(kind: Kind, live: Live): Live {
  const spec: Record<string, Value> = {};
  for (const field of fieldsOf(kind)) {
    const value = live.spec[field.name];
    if (value === undefined || value === null) continue;
    if (field.reference !== undefined) {
      spec[field.name] = value;
      continue;
    }
    const parsed = field.schema.safeParse(value);
    spec[field.name] = parsed.success ? (parsed.data as Value) : value;
  }
  return { ...live, spec };
}

/** A spec without fields that are undefined, so that specs compare and print alike. */
export function compact(spec: Readonly<Record<string, Value | undefined>>): Fields {
  return Object.fromEntries(Object.entries(spec).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
