import { breach, type Field, type Fields, type InputOf } from "../fields.ts";

/** What is wrong with a member of a request: its name with those around it, and the end of a sentence about it. */
export type Mistake = { readonly name: string; readonly problem: string };

/** What a caller sent, as far as it could be read, and every mistake in it. */
export type Read<F extends Fields> = { readonly input: InputOf<F>; readonly mistakes: readonly Mistake[] };

/**
 * Reads a JSON object that a caller sent. Members that are not known are ignored, as these services do, and null counts as
 * absent. A whole number may come as text, since queries have nothing else and clients differ about sizes.
 */
export function readInput<const F extends Fields>(fields: F, value: unknown): Read<F> {
  const mistakes: Mistake[] = [];
  const input = readStruct(fields, value, "", mistakes);
  return { input: input as InputOf<F>, mistakes };
}

function readStruct(fields: Fields, value: unknown, name: string, mistakes: Mistake[]): Record<string, unknown> {
  if (!isObject(value)) {
    mistakes.push({ name: name || "body", problem: "must be an object" });
    return {};
  }
  const read: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields)) {
    const member: unknown = Reflect.get(value, key) ?? undefined;
    const inner = name ? `${name}.${key}` : key;
    if (member !== undefined) read[key] = readField(field, member, inner, mistakes);
    else if (field.required) mistakes.push({ name: inner, problem: "is missing" });
  }
  return read;
}

function readField(field: Field, value: unknown, name: string, mistakes: Mistake[]): unknown {
  if (field.type === "Struct") return readStruct(field.fields, value, name, mistakes);
  if (field.type === "Object" && isObject(value)) return value;
  if (field.type === "List" && Array.isArray(value)) {
    return value.map((item, index) => readField(field.of, item, `${name}[${index}]`, mistakes));
  }
  const scalar = readScalar(field, value);
  const problem = scalar === undefined ? `must be of type ${field.type}` : breach(field, scalar);
  if (problem) mistakes.push({ name, problem });
  return scalar;
}

function readScalar(field: Field, value: unknown): string | number | boolean | undefined {
  if (field.type === "Integer") {
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? Number(number) : undefined;
  }
  if (field.type === "Boolean") return typeof value === "boolean" ? value : undefined;
  return field.type === "String" && typeof value === "string" ? value : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
