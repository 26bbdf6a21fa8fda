import { z } from "zod";
import { innerSchema, traitsOf } from "./traits.ts";
import { isFields, type Value } from "./values.ts";

/** Whether anything inside a schema is called secret. Most schemas hide nothing, and their values need not be walked. */
const hiding = new WeakMap<z.ZodType, boolean>();

/**
 * A value in which everything that its schema calls secret is replaced, or left out where the replacement is
 * undefined. Unions conceal what any of their members calls secret.
 */
export function conceal(schema: z.ZodType, value: Value, replacement: string): Value;
export function conceal(schema: z.ZodType, value: Value, replacement: string | undefined): Value | undefined;
export function conceal(schema: z.ZodType, value: Value, replacement: string | undefined): Value | undefined {
  if (!hides(schema)) return value;
  if (traitsOf(schema).secret === true) return replacement;
  const inner = innerSchema(schema);
  if (inner !== undefined) return conceal(inner, value, replacement);
  if (schema instanceof z.ZodUnion) {
    return schema.options.reduce<Value | undefined>(
      (rest, option) => (rest === undefined ? undefined : conceal(option as z.ZodType, rest, replacement)),
      value,
    );
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item: Value) => conceal(schema.element as z.ZodType, item, replacement) ?? null);
  }
  if (!isFields(value)) return value;
  return concealFields(schema, value, replacement);
}

function concealFields(
  schema: z.ZodType,
  value: { readonly [field: string]: Value },
  replacement: string | undefined,
): Value {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Readonly<Record<string, z.ZodType>>) : {};
  const rest = restOf(schema);
  const entries = Object.entries(value).flatMap(([key, item]): [string, Value][] => {
    const inner = Object.hasOwn(shape, key) ? shape[key] : rest;
    const shown = inner === undefined ? item : conceal(inner, item, replacement);
    return shown === undefined ? [] : [[key, shown]];
  });
  return Object.fromEntries(entries);
}

function hides(schema: z.ZodType): boolean {
  const known = hiding.get(schema);
  if (known !== undefined) return known;
  const found = traitsOf(schema).secret === true || partsOf(schema).some(hides);
  hiding.set(schema, found);
  return found;
}

/** The schemas that a value's parts, or the value itself, are held against. */
function partsOf(schema: z.ZodType): readonly z.ZodType[] {
  const inner = innerSchema(schema);
  if (inner !== undefined) return [inner];
  if (schema instanceof z.ZodUnion) return schema.options as readonly z.ZodType[];
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  const rest = restOf(schema);
  const named = schema instanceof z.ZodObject ? (Object.values(schema.shape) as z.ZodType[]) : [];
  return rest === undefined ? named : [...named, rest];
}

/** The schema of the fields that a schema does not name. */
function restOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.def.catchall as z.ZodType | undefined;
  return schema instanceof z.ZodRecord ? (schema.valueType as z.ZodType) : undefined;
}
