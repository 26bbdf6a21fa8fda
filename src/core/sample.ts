import { z } from "zod";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { innerSchema, traitsOf, unwrapped } from "./traits.ts";
import { isSchema, jsonOf, type Schema } from "./type-text.ts";
import type { Fields, Value } from "./values.ts";

/** The name of every example; it suits the naming rules of all kinds. */
export const exampleName = "example";

/**
 * A small manifest that passes the schema of its kind and the rules between its fields: what is required, and what those rules ask
 * for beyond. Texts in capitals are to be replaced. Pure.
 */
export function exampleOf(kind: Kind): Fields {
  const { apiVersion, naming } = kind;
  const fields = fieldsOf(kind).filter(({ name }) => name !== naming);
  const spec: Record<string, Value> = {};
  const add = (name: string): void => {
    const field = fields.find((one) => one.name === name);
    if (field !== undefined && !Object.hasOwn(spec, name)) spec[name] = sampleOf(field.schema, name);
  };
  for (const { name, optional } of fields) if (!optional) add(name);
  // A rule names the field that it misses; adding it may call up another rule.
  for (let size = -1; size !== Object.keys(spec).length; ) {
    size = Object.keys(spec).length;
    for (const { field } of rulesBroken(kind, spec)) add(field);
  }
  return { apiVersion, kind: kind.kind, metadata: { name: exampleName }, spec };
}

/** What the rules between fields say of an example. */
export function rulesBroken(kind: Kind, spec: Fields): readonly { readonly field: string; readonly message: string }[] {
  const named = kind.naming === undefined ? {} : { [kind.naming]: exampleName };
  const parsed = kind.spec.safeParse({ ...named, ...spec });
  return parsed.success ? (kind.constraints?.(parsed.data as Fields, () => undefined) ?? []) : [];
}

/** A value that a field takes: its schema's own example, else one made from its type. */
export function sampleOf(schema: z.ZodType, name: string): Value {
  const { reference, secret, yaml } = traitsOf(schema);
  const inner = unwrapped(schema);
  const json = jsonOf(schema);
  const given = givenExample(schema) ?? (json["default"] as Value | undefined);
  if (secret === true) return `\${env.${capitals(name)}}`;
  if (given !== undefined) return given;
  if (inner instanceof z.ZodArray) return [sampleOf(inner.element as z.ZodType, name.replace(/s$/, ""))];
  if (reference !== undefined) return exampleName;
  if (yaml === true) return { $file: `${name}.yaml` };
  return inner instanceof z.ZodObject ? objectSample(inner) : jsonSample(json, name);
}

function objectSample(schema: z.ZodObject): Fields {
  const entries = Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([, one]) => !one.safeParse(undefined).success)
    .map(([name, one]): [string, Value] => [name, sampleOf(one, name)]);
  return Object.fromEntries(entries);
}

/** The example that a schema, or what it wraps, was given. JSON Schema drops it where a transform follows. */
function givenExample(schema: z.ZodType): Value | undefined {
  const examples = z.globalRegistry.get(schema)?.["examples"];
  if (Array.isArray(examples)) return examples[0] as Value;
  const inner = innerSchema(schema);
  return inner === undefined ? undefined : givenExample(inner);
}

function jsonSample(json: Schema, name: string): Value {
  const { type, enum: words, const: only, anyOf } = json;
  if (Array.isArray(words)) return words[0] as Value;
  if (only !== undefined) return only as Value;
  if (Array.isArray(anyOf)) return jsonSample(anyOf.filter(isSchema)[0] ?? {}, name);
  return typeSamples[String(type)]?.(json, name) ?? capitals(name);
}

const typeSamples: Readonly<Record<string, (json: Schema, name: string) => Value>> = {
  array: ({ items }, name) => [jsonSample(Object(items), name.replace(/s$/, ""))],
  integer: ({ minimum }) => Math.max(1, Number(minimum)),
  boolean: () => true,
  object: () => ({}),
};

/** `slbId` as `SLB_ID`: plainly to be replaced. */
function capitals(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase();
}
