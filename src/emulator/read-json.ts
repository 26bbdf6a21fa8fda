import { parse } from "lossless-json";
import { breach, type Field, type Fields, type InputOf } from "./fields.ts";

/** What somebody gave the emulator does not fit; the message holds one line per mistake. */
export class UnreadableInput extends Error {
  override readonly name = "UnreadableInput";
}

/**
 * Parses JSON text; an integer that a JavaScript number cannot hold becomes a bigint.
 * @throws UnreadableInput when the text is not JSON.
 */
export function parseJson(text: string, place: string): unknown {
  try {
    return parse(text, undefined, { parseNumber: exactNumber });
  } catch (error) {
    throw new UnreadableInput(`${place}: is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

function exactNumber(digits: string): number | bigint {
  const value = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}

/**
 * Reads a JSON value by its fields. Unknown keys are mistakes too, since a misspelt key would otherwise be heeded silently.
 * @param place names the value in messages, e.g. `faults.rules[0]`.
 * @throws UnreadableInput naming every mistake.
 */
export function readJson<const F extends Fields>(fields: F, value: unknown, place: string): InputOf<F> {
  const mistakes: string[] = [];
  const read = readStruct(fields, value, place, mistakes);
  if (mistakes.length > 0) throw new UnreadableInput(mistakes.join("\n"));
  return read as InputOf<F>;
}

function readStruct(fields: Fields, value: unknown, place: string, mistakes: string[]): Record<string, unknown> {
  if (!isObject(value)) {
    mistakes.push(`${place}: must be an object, not ${describe(value)}`);
    return {};
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const known = Object.keys(fields);
  const unknown = [...given.keys()].filter((key) => !known.includes(key));
  mistakes.push(...unknown.map((key) => `${place}.${key}: is unknown; use one of ${known.join(", ")}`));
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const member = given.get(name);
    if (member === undefined || member === null) {
      if (field.required) mistakes.push(`${place}.${name}: is missing`);
    } else read[name] = readField(field, member, `${place}.${name}`, mistakes);
  }
  return read;
}

function readField(field: Field, value: unknown, place: string, mistakes: string[]): unknown {
  if (field.type === "Struct") return readStruct(field.fields, value, place, mistakes);
  if (field.type === "List") {
    if (Array.isArray(value)) {
      return value.map((item, index) => readField(field.of, item, `${place}[${index}]`, mistakes));
    }
    mistakes.push(`${place}: must be a list, not ${describe(value)}`);
    return [];
  }
  if (field.type === "Object") {
    if (isObject(value)) return value;
    mistakes.push(`${place}: must be an object, not ${describe(value)}`);
    return {};
  }
  const scalar = readScalar(field, value);
  const problem = scalar === undefined ? `must be ${WORDS[field.type]}` : breach(field, scalar);
  if (problem) mistakes.push(`${place}: ${problem}, not ${describe(value)}`);
  return scalar;
}

const WORDS = {
  String: "a string",
  Integer: "a whole number",
  Number: "a number",
  Boolean: "true or false",
  Long: "a whole number, or one in quotes",
};

function readScalar(field: Field, value: unknown): string | number | boolean | undefined {
  if (field.type === "Long") return readLong(value);
  if (field.type === "Integer") return Number.isSafeInteger(value) ? Number(value) : undefined;
  if (field.type === "Number") return typeof value === "number" ? value : undefined;
  if (field.type === "Boolean") return typeof value === "boolean" ? value : undefined;
  return typeof value === "string" ? value : undefined;
}

function readLong(value: unknown): string | undefined {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^(0|[1-9]\d*)$/.test(value) ? value : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? `"${value}"` : String(value);
}
