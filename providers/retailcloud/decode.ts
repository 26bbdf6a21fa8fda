import { failure } from "../../src/core/errors.ts";
import type { Scope } from "../../src/core/kind.ts";
import { canonicalText, type Fields, isFields, type Value } from "../../src/core/values.ts";

/** A field as text: numbers (64-bit ids) are printed, "" and everything else counts as not shown. */
export function textOf(row: Fields, name: string): string | undefined {
  const value = row[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A flag, which the API sends as a boolean, as 0 and 1, or as either in text. */
export function flagOf(row: Fields, name: string): boolean | undefined {
  const text = String(row[name] ?? "").toLowerCase();
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
}

/**
 * The records of a list that an answer is made of; none where it is left out or null, as the API does for empty lists. What is
 * no list, or holds what is no record, is `E_BAD_ANSWER`: it must not be taken for emptiness.
 */
export function listIn(answer: Fields, name: string): readonly Fields[] {
  const value = answer[name] ?? [];
  const rows = value === "" ? [] : value;
  if (Array.isArray(rows) && rows.every(isFields)) return rows;
  throw failure("E_BAD_ANSWER", `the cloud answered something else than a list of objects in ${name}`);
}

/** The id that a row or a result must carry; an answer without it is `E_BAD_ANSWER`. */
export function idOf(row: Fields, name: string): string {
  const id = textOf(row, name);
  if (id === undefined) throw failure("E_BAD_ANSWER", `the cloud answered an object without ${name}`);
  return id;
}

/** A spec without what the cloud does not show: undefined values and empty lists. */
export function shown(fields: Readonly<Record<string, Value | undefined>>): Fields {
  const isShown = (entry: readonly [string, Value | undefined]): entry is [string, Value] =>
    entry[1] !== undefined && !(Array.isArray(entry[1]) && entry[1].length === 0);
  return Object.fromEntries(Object.entries(fields).filter(isShown));
}

/** A reference as a part of an identity: the id where it is one, as in live and resolved specs, else its canonical text. */
export function keyOf(reference: Value | undefined): string {
  return typeof reference === "string" ? reference : canonicalText(reference);
}

/** The id at a path of a scope, which the engine has resolved before it calls. */
export function parentOf(scope: Scope, path: string): string {
  const id = scope[path];
  if (id === undefined) throw failure("E_INTERNAL", `the scope of a call lacks ${path}`);
  return id;
}
