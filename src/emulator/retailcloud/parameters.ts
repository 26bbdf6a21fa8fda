import { breach, type Field, type Fields, type InputOf } from "../fields.ts";
import { gatewayRefusal } from "./refusal.ts";

/** Parameters as they travel: lists are flattened with indexes from 1, as in `UserRoles.1.RoleName`. */
export type FlatParameters = ReadonlyMap<string, string>;

/**
 * Reads flattened parameters by their fields. Names that the action does not know are ignored, gaps in a list closed.
 * A required parameter may not be empty; an optional string may, which some actions take for "clear".
 * @throws Refusal `MissingParameter` or `InvalidParameter`, naming every parameter concerned.
 */
export function readParameters<const F extends Fields>(fields: F, flat: FlatParameters): InputOf<F> {
  const faults: Faults = { missing: [], invalid: [] };
  const input = readStruct(fields, flat, "", faults);
  if (faults.missing.length > 0) {
    throw gatewayRefusal(400, "MissingParameter", `missing for this action: ${faults.missing.join(", ")}`);
  }
  if (faults.invalid.length > 0) throw gatewayRefusal(400, "InvalidParameter", faults.invalid.join("; "));
  return input as InputOf<F>;
}

type Faults = { readonly missing: string[]; readonly invalid: string[] };

function readStruct(fields: Fields, flat: FlatParameters, prefix: string, faults: Faults): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, readField(field, flat, prefix + name, faults)]),
  );
}

function readField(field: Field, flat: FlatParameters, name: string, faults: Faults): unknown {
  if (field.type === "Struct") return readStruct(field.fields, flat, `${name}.`, faults);
  if (field.type === "List") {
    const indexes = indexesOf(flat, `${name}.`);
    if (indexes.length > 0) return indexes.map((index) => readField(field.of, flat, `${name}.${index}`, faults));
    if (field.required) faults.missing.push(`${name}.1`);
    return undefined;
  }
  const text = flat.get(name);
  if (field.required && !text) faults.missing.push(name);
  return text === undefined || (field.required && !text) ? undefined : readScalar(field, text, name, faults);
}

function indexesOf(flat: FlatParameters, prefix: string): string[] {
  const found = new Set<string>();
  for (const name of flat.keys()) {
    const index = name.startsWith(prefix) ? /^[1-9]\d{0,8}(?=\.|$)/.exec(name.slice(prefix.length)) : null;
    if (index) found.add(index[0]);
  }
  return [...found].sort((a, b) => Number(a) - Number(b));
}

const LARGEST = { Long: 2n ** 63n - 1n, Integer: 2n ** 31n - 1n };

function readScalar(field: Field, text: string, name: string, faults: Faults): string | number | boolean | undefined {
  const value = convert(field, text);
  const problem = value === undefined ? `must be of type ${field.type}` : breach(field, value);
  if (problem) faults.invalid.push(`${name} ${problem}`);
  return value;
}

function convert(field: Field, text: string): string | number | boolean | undefined {
  if (field.type === "Boolean") return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
  if (field.type === "String") return text;
  if (field.type !== "Integer" && field.type !== "Long") return undefined;
  if (!/^-?\d{1,19}$/.test(text) || BigInt(text) > LARGEST[field.type]) return undefined;
  return field.type === "Long" ? BigInt(text).toString() : Number(text);
}
