import { z } from "zod";
import { setTraits } from "../../src/core/traits.ts";

/** Gives a field the sentence that `explain` and the schemas show. Zod's own `describe` makes a copy, which loses the traits. */
export function described<S extends z.ZodType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), description });
  return schema;
}

/** Gives a field the value that `explain` and the schemas show, where none can be made from its type. */
export function exampled<S extends z.ZodType>(schema: S, example: string | number): S {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), examples: [example] });
  return schema;
}

/** Text that must not be empty. */
export function text(): z.ZodString {
  return z.string().min(1, "must not be empty");
}

/** Text that may be left out; "" is the same as leaving it out, because the API does not tell the two apart. */
export function optionalText() {
  return z
    .string()
    .transform((value) => (value === "" ? undefined : value))
    .optional();
}

/** An id of something outside cairn (a user, a middleware): text; a whole number is taken as its digits. */
export function externalId() {
  const id = z.union([text(), z.int()], { error: "must be an id, as text" }).transform(String);
  return setTraits(id, { digits: true });
}

/** A port of TCP or UDP. */
export function port(): z.ZodInt {
  return exampled(z.int().min(1).max(65_535), 8080);
}

/** A list that may be left out; an empty one is the same as leaving it out, because the API cannot be sent one. */
export function optionalList<S extends z.ZodType>(element: S) {
  return z
    .array(element)
    .transform((items) => (items.length === 0 ? undefined : items))
    .optional();
}
