import { z } from "zod";
import { traitsOf, unwrapped } from "../core/traits.ts";

/** What a schema says of a value, and by name of what is inside it, whatever it is wrapped in. */
export type Shape = {
  /** Never to be shown, nor to stand in a manifest in clear. */
  readonly secret: boolean;
  /** No secret, whatever its name looks like. */
  readonly noSecret: boolean;
  /** An id, of which a number has to show its digits. */
  readonly digits: boolean;
  /** A Kubernetes object. */
  readonly yaml: boolean;
  /** The type that a text is converted to where only that fits; undefined where texts fit too. */
  readonly wanted: "number" | "boolean" | undefined;
  /** The names that a map may have for its fields, as far as they are fixed. */
  readonly fields: readonly string[];
  /** What is said of a field or an element. */
  readonly child: (name: PropertyKey) => Shape;
};

const unsaid: Shape = {
  secret: false,
  noSecret: false,
  digits: false,
  yaml: false,
  wanted: undefined,
  fields: [],
  child: () => unsaid,
};
const known = new WeakMap<z.ZodType, Shape>();

/** The shape of a schema. Remembered, because every document of a kind asks for it. */
export function shapeOf(schema: z.ZodType): Shape {
  const found = known.get(schema) ?? combined([schema]);
  known.set(schema, found);
  return found;
}

/** The shape of what stands at a path. */
export function shapeAt(schema: z.ZodType, path: readonly PropertyKey[]): Shape {
  return path.reduce<Shape>((shape, name) => shape.child(name), shapeOf(schema));
}

function combined(schemas: readonly z.ZodType[]): Shape {
  if (schemas.length === 0) return unsaid;
  const variants = schemas.flatMap(variantsOf);
  const traits = variants.map(traitsOf);
  const objects = variants.flatMap((one) =>
    one instanceof z.ZodObject ? [one.shape as Record<string, z.ZodType>] : [],
  );
  const elements = variants.flatMap(elementOf);
  let element: Shape | undefined;
  const children = new Map<PropertyKey, Shape>();
  return {
    secret: traits.some((one) => one.secret === true),
    noSecret: traits.some((one) => one.secret === false),
    digits: traits.some((one) => one.digits === true),
    yaml: traits.some((one) => one.yaml === true),
    wanted: wantedType(variants),
    fields: objects.flatMap((shape) => Object.keys(shape)),
    child: (name) => {
      const found = children.get(name);
      if (found !== undefined) return found;
      const named = objects.flatMap((shape) => (Object.hasOwn(shape, name) ? [shape[String(name)]] : []));
      element ??= combined(elements);
      if (named.length === 0) return element;
      const child = combined([...named.filter((one) => one !== undefined), ...elements]);
      children.set(name, child);
      return child;
    },
  };
}

/** A schema and everything that may stand for it: what it wraps, and the options of unions. */
function variantsOf(schema: z.ZodType): readonly z.ZodType[] {
  const bare = unwrapped(schema);
  return [...new Set([schema, bare, ...partsOf(bare).flatMap(variantsOf)])];
}

function partsOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out] as z.ZodType[];
  if (schema instanceof z.ZodUnion) return schema.options as readonly z.ZodType[];
  return [];
}

function elementOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  return schema instanceof z.ZodArray ? [schema.element as z.ZodType] : [];
}

const textual = [z.ZodString, z.ZodEnum, z.ZodLiteral, z.ZodAny, z.ZodUnknown, z.ZodCustom];

function wantedType(variants: readonly z.ZodType[]): Shape["wanted"] {
  if (variants.some((schema) => textual.some((type) => schema instanceof type))) return undefined;
  if (variants.some((schema) => schema instanceof z.ZodNumber)) return "number";
  return variants.some((schema) => schema instanceof z.ZodBoolean) ? "boolean" : undefined;
}
