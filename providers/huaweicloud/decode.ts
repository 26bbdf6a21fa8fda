import { failure } from "../../src/core/errors.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";

/** A field as text; "", null and everything else count as not shown. */
export function textOf(row: Fields, name: string): string | undefined {
  const value = row[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The records of a list that an answer has to hold (null where there are none); one without it is `E_BAD_ANSWER`. */
export function listIn(answer: Fields, name: string): readonly Fields[] {
  const rows = answer[name] === null ? [] : answer[name];
  if (Array.isArray(rows) && rows.every(isFields)) return rows;
  const what = rows === undefined ? "without" : "something else than objects in";
  throw failure("E_BAD_ANSWER", `the cloud answered ${what} the list "${name}"`);
}

/** The texts in a list; undefined where it is not shown. */
export function textsOf(row: Fields, name: string): readonly string[] | undefined {
  const value = row[name];
  if (!Array.isArray(value)) return undefined;
  return value.filter((one: Value): one is string => typeof one === "string");
}

/** The id that an answer must carry; one without it is `E_BAD_ANSWER`. */
export function idOf(row: Fields, name: string): string {
  const id = textOf(row, name);
  if (id === undefined) throw failure("E_BAD_ANSWER", `the cloud answered an object without ${name}`);
  return id;
}

/** What the cloud answered, if it is the object that was asked for; else `E_BAD_ANSWER`. */
export function requireAsked<T extends { readonly id: string }>(answered: T, id: string): T {
  if (answered.id === id) return answered;
  throw failure("E_BAD_ANSWER", `asked for id ${id}, the cloud answered the object with id ${answered.id}`);
}

/** A record without what is not set. */
export function present(fields: Readonly<Record<string, Value | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
