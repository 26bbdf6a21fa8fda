import { z } from "zod";
import { type Address, address, namePattern } from "./address.ts";
import { setTraits } from "./traits.ts";
import { type Fields, isFields } from "./values.ts";

/**
 * What a reference field holds: another manifest, an object that cairn does not manage (with the ids of its parents,
 * where its lists need them), or an object to be found by listing. `parents` and `lookup` hold references of their own,
 * in the same form. A `type`, not a class, so that it is a plain value in plans and ledgers.
 */
export type Reference =
  | { readonly to: Address }
  | { readonly id: string; readonly parents: Fields }
  | { readonly lookup: Fields };

/** The managed resource that a value refers to; undefined for any other value. */
export function addressIn(value: unknown): Address | undefined {
  return isReference(value) && "to" in value ? value.to : undefined;
}

/** True for the canonical form of a reference. */
export function isReference(value: unknown): value is Reference {
  return isFields(value) && ("to" in value || "lookup" in value || ("id" in value && "parents" in value));
}

/**
 * What users may write where a reference is wanted. `K` names the kind that is referred to, in types only: constructs of another
 * kind are mistakes of types.
 */
export type ReferenceInput<K extends string = string> =
  | string
  | { id: string | number; [parent: string]: unknown }
  | { lookup: Record<string, unknown>; readonly "~kind"?: K };

const idText = setTraits(z.union([z.string().min(1), z.int()]).transform(String), { digits: true });

/**
 * A reference to a resource of the given kind: the name of another manifest, `{ id, <parent>: … }`, or
 * `{ lookup: { … } }`. Whether the name exists and the parents are complete is checked with all documents at hand.
 */
export function reference<K extends string>(kind: K): z.ZodType<Reference, ReferenceInput<K>> {
  const one = /^[AEIOU]/.test(kind) ? `an ${kind}` : `a ${kind}`;
  const error = `must be the name of ${one} manifest, { id: … } or { lookup: { … } }`;
  const byName = z.string().regex(namePattern, error);
  const byId = z.looseObject({ id: idText });
  const byLookup = z.strictObject({ lookup: z.record(z.string(), z.unknown()) });
  const schema = z
    .union([byName, byLookup, byId], { error })
    .transform((input): Reference => {
      if (typeof input === "string") return { to: address(kind, input) };
      if ("lookup" in input && !("id" in input)) return { lookup: input.lookup as Fields };
      const { id, ...parents } = input as { id: string };
      return { id, parents };
    })
    .describe(`${one}: its name, { id: … } or { lookup: { … } }`);
  return setTraits(schema, { reference: kind }) as unknown as z.ZodType<Reference, ReferenceInput<K>>;
}
