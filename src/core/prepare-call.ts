import type { ApiCall, CallParameter } from "./api-call.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { didYouMean } from "./suggest.ts";
import { type Fields, isFields, type Value } from "./values.ts";

/** The parameters of a call in the types that it has for them, and everything that is wrong with what was given. */
export type PreparedCall = { readonly params: Fields; readonly faults: readonly Diagnostic[] };

type Notes = { readonly call: string; readonly faults: Diagnostic[]; readonly missing: string[] };

/**
 * Holds what somebody gave for a call against its parameters: unknown ones are refused with the closest that exists, needed
 * ones that lack are named all at once. Values may be texts, as a command line has them, or of their own types. Pure.
 */
export function prepareCall(call: ApiCall, given: Fields): PreparedCall {
  const notes: Notes = { call: call.name, faults: [], missing: [] };
  const params = recordOf(call.parameters, given, "", notes);
  const { missing, faults } = notes;
  const needed = missing.length === 0 ? [] : [fault("E_USAGE", `${call.name} needs ${inWords(missing)}`)];
  return { params, faults: [...faults, ...needed] };
}

function recordOf(parameters: readonly CallParameter[], given: Fields, at: string, notes: Notes): Fields {
  const known = new Map(parameters.map((one) => [one.name, one]));
  const entries = Object.entries(given).flatMap(([name, value]): [string, Value][] => {
    const parameter = known.get(name);
    if (parameter !== undefined) return [[name, valueIn(parameter, value, `${at}${name}`, notes)]];
    const help = didYouMean(name, known.keys(), `it takes ${[...known.keys()].join(", ") || "none"}`);
    notes.faults.push(fault("E_USAGE", `${notes.call} has no parameter "${at}${name}"`, { help }));
    return [];
  });
  for (const { name, isNeeded, isList } of parameters) {
    const value = given[name];
    if (isNeeded && (value === undefined || (isList && isEmpty(value)))) notes.missing.push(`${at}${name}`);
  }
  return Object.fromEntries(entries);
}

function valueIn(parameter: CallParameter, value: Value, at: string, notes: Notes): Value {
  if (!parameter.isList) return single(parameter, value, at, notes);
  // A list of one is written as its only element.
  const items: readonly Value[] = Array.isArray(value) ? value : [value];
  return items.map((item, index) => single(parameter, item, `${at}.${index + 1}`, notes));
}

function single({ type, fields, isSecret }: CallParameter, value: Value, at: string, notes: Notes): Value {
  if (type === "free") return value;
  if (type === "record" && isFields(value)) return recordOf(fields, value, `${at}.`, notes);
  const read = type === "record" ? undefined : scalar(type, value);
  if (read !== undefined) return read;
  const got = isSecret ? "" : `; got ${JSON.stringify(value)}`;
  notes.faults.push(fault("E_USAGE", `${notes.call}: ${at} must be ${forms[type]}${got}`));
  return value;
}

const forms = {
  text: "a text",
  integer: "a whole number",
  flag: "true or false",
  record: "a record of parameters",
} as const;

/** Undefined where the value is of another type. Numbers that are no longer exact stay the digits that they were written as. */
function scalar(type: "text" | "integer" | "flag", value: Value): Value | undefined {
  if (value === null || typeof value === "object") return undefined;
  const text = String(value);
  if (type === "text") return text;
  if (type === "flag") return text === "true" || text === "false" ? text === "true" : undefined;
  if (!/^-?\d+$/.test(text)) return undefined;
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function isEmpty(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}

function inWords(names: readonly string[]): string {
  return names.join(", ").replace(/, ([^,]*)$/, " and $1");
}
