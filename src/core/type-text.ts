import { z } from "zod";
import { traitsOf, unwrapped } from "./traits.ts";

/** A JSON Schema, as an object of keywords. */
export type Schema = { readonly [keyword: string]: unknown };

/** The JSON Schema of what a manifest may write for a value. */
export function jsonOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/** What may be written for a value, in a few words: `test | online`, `whole number, 1 to 65535`, `list of …`. */
export function typeText(schema: z.ZodType): string {
  const { reference, yaml } = traitsOf(schema);
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return `list of ${typeText(inner.element as z.ZodType)}`;
  if (reference !== undefined) return `name of ${/^[AEIOU]/.test(reference) ? "an" : "a"} ${reference}`;
  return yaml === true ? "Kubernetes object" : jsonType(jsonOf(schema));
}

function jsonType(json: Schema): string {
  const { type, enum: words, const: only, anyOf } = json;
  if (Array.isArray(words)) return words.map(String).join(" | ");
  if (only !== undefined) return String(only);
  if (Array.isArray(anyOf)) return [...new Set(anyOf.filter(isSchema).map(jsonType))].join(" | ");
  return typeWords[String(type)]?.(json) ?? "anything";
}

const typeWords: Readonly<Record<string, (json: Schema) => string>> = {
  array: ({ items }) => `list of ${jsonType(Object(items))}`,
  integer: (json) => `whole number${boundsText(json)}`,
  number: (json) => `number${boundsText(json)}`,
  string: (json) => `text${lengthText(json)}`,
  boolean: () => "true | false",
  object: ({ properties, additionalProperties: rest }) => {
    if (isSchema(properties)) return `{ ${Object.keys(properties).join(", ")} }`;
    return isSchema(rest) && "type" in rest ? `map of ${jsonType(rest)}` : "map";
  },
};

function boundsText({ minimum, maximum }: Schema): string {
  const least = typeof minimum === "number" && Number.isSafeInteger(minimum - 1) ? minimum : undefined;
  const most = typeof maximum === "number" && Number.isSafeInteger(maximum + 1) ? maximum : undefined;
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  if (least !== undefined) return `, ${least} or more`;
  return most === undefined ? "" : `, at most ${most}`;
}

function lengthText({ minLength, maxLength }: Schema): string {
  if (typeof maxLength !== "number") return "";
  return typeof minLength === "number"
    ? `, ${minLength} to ${maxLength} characters`
    : `, at most ${maxLength} characters`;
}

/** True for a schema that is an object of keywords. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
