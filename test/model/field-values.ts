import fc from "fast-check";
import { type Field, fieldsOf } from "../../src/core/fields.ts";
import type { Kind } from "../../src/core/kind.ts";
import { isSchema, jsonOf, type Schema } from "../../src/core/type-text.ts";
import type { Fields, Value } from "../../src/core/values.ts";

/** A spec as it was drawn: a reference is a number that chooses among what there is to refer to. */
export type Draw = Readonly<Record<string, Value | undefined>>;

/** What a recipe says in place of what the schema says, by field. */
export type OwnValues = Readonly<Record<string, fc.Arbitrary<Value | undefined>>>;

/**
 * Specs of a kind: every field as its schema has it, words and numbers from a handful so that two draws often agree. The field
 * that names the object is left to `metadata.name`.
 */
export function drawOf(kind: Kind, own: OwnValues): fc.Arbitrary<Draw> {
  const fields = fieldsOf(kind).filter(({ name }) => name !== kind.naming || own[name] !== undefined);
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, own[field.name] ?? valuesOf(field)])));
}

function valuesOf({ schema, traits, optional, reference, list }: Field): fc.Arbitrary<Value | undefined> {
  const choice = fc.nat({ max: 9 });
  const references = list ? fc.array(choice, { minLength: 1, maxLength: 2 }) : choice;
  const values = reference === undefined ? jsonValues(jsonOf(schema), traits.immutable ? 5 : 1) : references;
  return optional ? fc.option<Value, undefined>(values, { nil: undefined, freq: 3 }) : values;
}

/** One of several values, the first of them most often: what replaces an object should not change with every wish. */
export function mostly<T>(weight: number, first: T, ...others: readonly T[]): fc.Arbitrary<T> {
  const rest = others.map((value) => ({ weight: 1, arbitrary: fc.constant(value) }));
  return fc.oneof({ weight, arbitrary: fc.constant(first) }, ...rest);
}

function jsonValues(json: Schema, weight = 1): fc.Arbitrary<Value> {
  const { type, enum: words, const: only, anyOf } = json;
  if (Array.isArray(words)) return mostly(weight, ...(words as [Value, ...Value[]]));
  if (only !== undefined) return fc.constant(only as Value);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.filter(isSchema).map((one) => jsonValues(one)));
  const found = byType[String(type)];
  if (found === undefined) throw new Error(`nothing is known of values like ${JSON.stringify(json)}`);
  return found(json, weight);
}

const byType: Readonly<Record<string, (json: Schema, weight: number) => fc.Arbitrary<Value>>> = {
  string: (_, weight) => mostly<Value>(weight, "one", "two"),
  boolean: (_, weight) => mostly<Value>(weight, false, true),
  integer: ({ minimum = 0, maximum }) => {
    const least = Math.max(Number(minimum), 0);
    return fc.integer({ min: least, max: Math.min(least + 2, Number(maximum ?? least + 2)) });
  },
  array: ({ items }) => fc.array(jsonValues(Object(items)), { minLength: 1, maxLength: 2 }),
  object: ({ properties, required }) => {
    const needed = Array.isArray(required) ? required.map(String) : [];
    const entries = Object.entries(Object(properties) as Record<string, Schema>);
    return fc.record(Object.fromEntries(entries.map(([name, one]) => [name, jsonValues(one)])), {
      requiredKeys: needed,
    }) as fc.Arbitrary<Fields>;
  },
};
