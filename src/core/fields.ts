import { z } from "zod";
import type { Address } from "./address.ts";
import type { Kind } from "./kind.ts";
import { isReference, type Reference } from "./reference.ts";
import { type Traits, traitsOf, unwrapped } from "./traits.ts";
import type { Fields, Value } from "./values.ts";

/** One top-level field of a kind's spec, as its schema declares it. */
export type Field = {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly traits: Traits;
  /** True where a manifest may leave the field out. */
  readonly optional: boolean;
  /** What a field means that is left out: its default, if it has one. */
  readonly absent?: Value;
  /** The kind that the field, or each element of a list field, refers to. */
  readonly reference?: string;
  /** True where the field holds an array of references. */
  readonly list: boolean;
};

/** A reference that a spec holds; `path` adds the index of an element to the name of a list field (`instances.0`). */
export type HeldReference = {
  readonly field: string;
  readonly path: string;
  readonly kind: string;
  readonly reference: Reference;
};

const known = new WeakMap<Kind, readonly Field[]>();

/** The fields of a kind's spec in the order of its schema. Pure; remembered per kind. */
export function fieldsOf(kind: Kind): readonly Field[] {
  const found = known.get(kind);
  if (found !== undefined) return found;
  const shape: Readonly<Record<string, z.ZodType>> = kind.spec.shape;
  const fields = Object.entries(shape).map(([name, schema]) => toField(name, schema));
  known.set(kind, fields);
  return fields;
}

/** The field of that name, undefined where the kind has none. */
export function fieldOf(kind: Kind, name: string): Field | undefined {
  return fieldsOf(kind).find((field) => field.name === name);
}

/** Every reference that a canonical spec holds, list fields element by element; what is not set or not a reference is left out. */
export function referencesOf(kind: Kind, spec: Fields): readonly HeldReference[] {
  return fieldsOf(kind).flatMap((field) => (field.reference === undefined ? [] : held(field, field.reference, spec)));
}

/** The manifests that a reference names: its target, or those among the parents of an id and in a lookup. */
export function addressesIn(reference: Reference): readonly Address[] {
  if ("to" in reference) return [reference.to];
  const nested = "id" in reference ? reference.parents : reference.lookup;
  return Object.values(nested)
    .flat()
    .flatMap((value) => (isReference(value) ? addressesIn(value) : []));
}

function held({ name, list }: Field, kind: string, spec: Fields): HeldReference[] {
  const value = spec[name];
  if (!list) return isReference(value) ? [{ field: name, path: name, kind, reference: value }] : [];
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown, index) =>
    isReference(one) ? [{ field: name, path: `${name}.${index}`, kind, reference: one }] : [],
  );
}

function toField(name: string, schema: z.ZodType): Field {
  const element = elementTraits(schema);
  // A list of Kubernetes objects is compared and shown as they are.
  const { yaml, subset } = element;
  const traits = { ...(yaml && { yaml }), ...(subset && { subset }), ...traitsOf(schema) };
  const reference = traits.reference ?? element.reference;
  const left = schema.safeParse(undefined);
  return {
    name,
    schema,
    traits,
    optional: left.success,
    ...(left.data === undefined ? {} : { absent: left.data as Value }),
    ...(reference === undefined ? {} : { reference }),
    list: element.reference !== undefined,
  };
}

/** The traits of a list's elements, whatever the list passes through afterwards; none for what is no list. */
function elementTraits(schema: z.ZodType): Traits {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodPipe) return elementTraits(bare.in as z.ZodType);
  return bare instanceof z.ZodArray ? traitsOf(bare.element as z.ZodType) : {};
}
