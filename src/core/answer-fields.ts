import { type Fields, isFields } from "./values.ts";

/** A field of an answer as a whole number, which an API may send as text. */
export function wholeOf(row: Fields, name: string): number | undefined {
  const value = row[name];
  if (value === "" || (typeof value !== "string" && typeof value !== "number")) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The record in a field of an answer; empty where it is not shown. */
export function recordOf(row: Fields, name: string): Fields {
  const value = row[name];
  return isFields(value) ? value : {};
}

/** The records in a list of an answer; none where it is not shown. */
export function rowsOf(row: Fields, name: string): readonly Fields[] {
  const value = row[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
