import { failure } from "../../src/core/errors.ts";
import type { Action, Param, Params } from "./action.ts";

/** Parameters as the wire has them: name and text, in the order given. */
export type Pairs = readonly (readonly [name: string, text: string])[];

/** The version of the API that every action belongs to. */
export const apiVersion = "2018-03-13";

/**
 * Flattens parameters and sorts them into query and form body as the action says: lists count from 1
 * (`Name.1`, `UserRoles.1.RoleName`), empty lists and undefined values send nothing, "" sends `Name=`.
 * A parameter that the action does not have is `E_INTERNAL`.
 */
export function encode<N extends string>(action: Action<N>, params: Params<N>): { query: Pairs; body: Pairs } {
  const query: string[] = [...(action.query ?? [])];
  const body: string[] = [...(action.body ?? [])];
  const given = Object.entries<Param | undefined>(params);
  const stranger = given.find(([name]) => !query.includes(name) && !body.includes(name));
  if (stranger !== undefined) throw failure("E_INTERNAL", `${action.name} has no parameter "${stranger[0]}"`);
  const pairs = (names: readonly string[]): Pairs =>
    given.filter(([name]) => names.includes(name)).flatMap(([name, value]) => flatten(name, value));
  return { query: pairs(query), body: pairs(body) };
}

function flatten(name: string, value: Param | undefined): Pairs {
  if (value === undefined) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  if (isList(value)) return value.flatMap((item, index) => flatten(`${name}.${index + 1}`, item));
  return Object.entries(value).flatMap(([key, item]) => flatten(`${name}.${key}`, item));
}

function isList(value: object): value is readonly Param[] {
  return Array.isArray(value);
}

/** Percent-encodes as RFC 3986 has it: everything but letters, digits and `-._~`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Pairs as `name=text&…`, percent-encoded, in the order given. */
export function joinPairs(pairs: Pairs): string {
  return pairs.map(([name, text]) => `${percentEncode(name)}=${percentEncode(text)}`).join("&");
}
