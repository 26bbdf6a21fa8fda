import { z } from "zod";

/** What changing a field costs in the cloud. */
export type Disruption = "none" | "restart" | "replace" | "data-loss";

/** Something that a cloud fills in: the steps to it, of which `*` ends one with anything, and the value, without which any. */
export type FilledIn = { readonly path: readonly string[]; readonly value?: string | number | boolean };

/** What a field's schema says beyond its type. The planner, the renderers and `explain` read these; no code asks for a kind. */
export type Traits = {
  /** The kind that this field refers to. */
  readonly reference?: string;
  /** No action changes it: a difference replaces the object. */
  readonly immutable?: boolean;
  /** The cloud accepts it and never shows it: compared with what was last applied. */
  readonly writeOnly?: boolean;
  /** Never shown, never stored in clear, and refused as a literal in a manifest; false: no secret, whatever its name looks like. */
  readonly secret?: boolean;
  /** Only the read action shows it, lists do not. */
  readonly describedOnly?: boolean;
  /** Only declared leaves are compared: the cloud may add what it likes. */
  readonly subset?: boolean;
  /** Order carries no meaning; with a key the elements are recognised by these fields. */
  readonly unordered?: readonly string[];
  /** The API cannot return it to "not set"; the text says what to do instead. */
  readonly cannotUnset?: string;
  /** Returning it to "not set" (absent or empty) needs a new object, although other changes do not. */
  readonly unsetReplaces?: boolean;
  readonly disruption?: Disruption;
  /** A Kubernetes object: its scalars must read alike in YAML 1.1 and 1.2, and it is shown as YAML. */
  readonly yaml?: boolean;
  /** Users write keys of their own in it: what one of them betrays as secret is masked, and its value kept out of the ledger. */
  readonly freeKeys?: boolean;
  /** Sent along with a change of another field; by itself it makes no difference. Always `writeOnly` as well. */
  readonly carried?: boolean;
  /** Outside this declared range a live number is drift; inside it is not. */
  readonly range?: boolean;
  /** What the cloud fills in where a manifest says nothing: an export leaves it out. Only in fields that are a `subset`. */
  readonly filledIn?: readonly FilledIn[];
  /** An id. Whole numbers are taken for their digits: one that is written otherwise (`1e3`, `007`) is refused. */
  readonly digits?: boolean;
};

const registry = new WeakMap<z.ZodType, Traits>();

/** Adds traits to a schema and returns the same schema. */
export function setTraits<S extends z.ZodType>(schema: S, traits: Traits): S {
  registry.set(schema, { ...registry.get(schema), ...traits });
  return schema;
}

/** The schema inside `optional`, `exactOptional`, `default`, `nullable`, `readonly`, a transform or a preprocess; undefined at the innermost. */
export function innerSchema(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodPipe) return (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType;
  const wraps =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly;
  return wraps ? (schema.unwrap() as z.ZodType) : undefined;
}

/** The traits of a schema and of everything that it wraps; outer traits win. */
export function traitsOf(schema: z.ZodType): Traits {
  const wrapped = innerSchema(schema);
  return { ...(wrapped === undefined ? {} : traitsOf(wrapped)), ...registry.get(schema) };
}

/** The schema without its optional, default, nullable and readonly wrappers. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  const wrapped = innerSchema(schema);
  return wrapped === undefined || schema instanceof z.ZodPipe ? schema : unwrapped(wrapped);
}

/** Marks a field that no action changes: a difference replaces the object. */
export function immutable<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { immutable: true });
}

/** Marks a field that the cloud accepts and never shows. */
export function writeOnly<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { writeOnly: true });
}

/** Marks a field that goes along with changes of other fields and makes no difference by itself. */
export function carried<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { writeOnly: true, carried: true });
}

/** Marks a value that is never shown nor stored in clear and may not stand in a manifest as a literal. */
export function secret<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { secret: true });
}

/** Marks a setting that is no secret although its name looks like one. */
export function noSecret<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { secret: false });
}

/** Marks a field that lists lack and the read action shows; where even that lacks it, the last applied value counts. */
export function describedOnly<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { describedOnly: true });
}

/** Compares declared leaves only. */
export function subset<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { subset: true });
}

/** A list without an order; `by` names the fields that recognise an element, none compares whole elements. */
export function unordered<S extends z.ZodType>(schema: S, by: readonly string[] = []): S {
  return setTraits(schema, { unordered: by });
}

/** Marks a field that the API cannot return to "not set"; `cure` tells the user what to do instead. */
export function cannotUnset<S extends z.ZodType>(schema: S, cure: string): S {
  return setTraits(schema, { cannotUnset: cure });
}

/** Marks a field whose removal needs a new object, although other changes do not. */
export function unsetReplaces<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { unsetReplaces: true });
}

/** Says what changing the field costs. */
export function disruption<S extends z.ZodType>(schema: S, cost: Disruption): S {
  return setTraits(schema, { disruption: cost });
}

/** Marks a Kubernetes object. */
export function yaml<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { yaml: true });
}

/** Says what the cloud fills in, inside a field whose declared leaves alone are compared. */
export function filledIn<S extends z.ZodType>(schema: S, leaves: readonly FilledIn[]): S {
  return setTraits(schema, { filledIn: leaves });
}

/** Marks a record in which users write keys of their own, secrets perhaps among them. */
export function freeKeys<S extends z.ZodType>(schema: S): S {
  return setTraits(schema, { freeKeys: true });
}

/** A number, or `{min, max}` inside which a live number is no drift. */
export function numberOrRange(
  minimum = 0,
): z.ZodType<number | { min: number; max: number }, number | { min: number; max: number }> {
  const bounds = z
    .strictObject({ min: z.int().min(minimum), max: z.int().min(minimum) })
    .refine(({ min, max }) => min <= max, "min must not be above max; exchange the two");
  return setTraits(z.union([z.int().min(minimum), bounds], { error: "must be a whole number, or { min, max }" }), {
    range: true,
  });
}
