import { z } from "zod";
import { type Traits, traitsOf, unwrapped } from "../core/traits.ts";

const knownVariants = new WeakMap<z.ZodType, readonly z.ZodType[]>();

const knownTraits = new WeakMap<z.ZodType, Traits>();

/** A schema and everything that may stand for it: what it wraps, and the options of unions. */
export function variantsOf(schema: z.ZodType): readonly z.ZodType[] {
  const known = knownVariants.get(schema);
  if (known !== undefined) return known;
  const bare = unwrapped(schema);
  const variants = [...new Set([schema, bare, ...partsOf(bare).flatMap(variantsOf)])];
  knownVariants.set(schema, variants);
  return variants;
}

function partsOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out] as z.ZodType[];
  if (schema instanceof z.ZodUnion) return schema.options as readonly z.ZodType[];
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right] as z.ZodType[];
  return [];
}

/** The schemas that the value under a field name or an index may have to fit. */
export function childSchemas(schemas: readonly z.ZodType[], name: PropertyKey): readonly z.ZodType[] {
  const found: z.ZodType[] = [];
  for (const variant of schemas.flatMap(variantsOf)) {
    if (variant instanceof z.ZodObject && Object.hasOwn(variant.shape, name)) found.push(variant.shape[String(name)]);
    if (variant instanceof z.ZodRecord) found.push(variant.valueType as z.ZodType);
    if (variant instanceof z.ZodArray) found.push(variant.element as z.ZodType);
  }
  return found;
}

/** The schemas at a path. */
export function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly z.ZodType[] {
  return path.reduce<readonly z.ZodType[]>(childSchemas, [schema]);
}

/** The names of the fields that maps fitting the schemas may have. */
export function fieldNames(schemas: readonly z.ZodType[]): readonly string[] {
  const objects = schemas.flatMap(variantsOf).filter((schema) => schema instanceof z.ZodObject);
  return objects.flatMap((schema) => Object.keys(schema.shape));
}

/** True where any of the schemas, or anything that may stand for it, bears the trait. */
export function bearsTrait(schemas: readonly z.ZodType[], trait: keyof Traits): boolean {
  return schemas.some((schema) => {
    const traits = knownTraits.get(schema) ?? Object.assign({}, ...variantsOf(schema).map(traitsOf));
    knownTraits.set(schema, traits);
    return traits[trait] !== undefined;
  });
}

/** The type that a text is converted to where only that fits; undefined where texts fit too. */
export function wantedType(schemas: readonly z.ZodType[]): "number" | "boolean" | undefined {
  const variants = schemas.flatMap(variantsOf);
  if (variants.some((schema) => textual.some((type) => schema instanceof type))) return undefined;
  if (variants.some((schema) => schema instanceof z.ZodNumber)) return "number";
  return variants.some((schema) => schema instanceof z.ZodBoolean) ? "boolean" : undefined;
}

const textual = [z.ZodString, z.ZodEnum, z.ZodLiteral, z.ZodAny, z.ZodUnknown, z.ZodCustom];
