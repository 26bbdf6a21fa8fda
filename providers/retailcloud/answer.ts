import { type Fields, isFields, type Value } from "../../src/core/values.ts";
import type { Action } from "./action.ts";

/** An answer in one form, whatever style the API chose: no wrapper, known fields in the letter case of the action. */
export type Reading =
  | { readonly state: "done"; readonly body: Fields }
  | { readonly state: "failed"; readonly code: string; readonly message?: string; readonly requestId?: string }
  /** No answer of this API at all. */
  | { readonly state: "foreign" };

const envelope = [
  "Code",
  "Success",
  "Admitted",
  "BusinessCode",
  "RequestId",
  "Result",
  "Data",
  "PageNumber",
  "PageSize",
  "TotalCount",
];
const messageFields = ["errmsg", "errormsg", "errmessage", "errormessage", "message"];
const successCodes = new Set(["0", "200"]);

/**
 * Reads a parsed body. An answer is a success where `Code` is 0 (or 200) and neither `Success`, nor `Result.Success`, nor
 * `Result.Admitted` is false; the message of a failure is the first that is not empty of the fields in use for it.
 */
export function readAnswer(action: Action, parsed: Value): Reading {
  if (!isFields(parsed)) return { state: "foreign" };
  const bodies = unwrap(action, parsed).map((one) => repaired(one, [...envelope, ...(action.answers ?? [])]));
  const body = bodies.at(-1) ?? {};
  const codes = bodies.flatMap((one) => (one["Code"] === undefined ? [] : [String(one["Code"])]));
  if (codes.length === 0 && !("Result" in body) && !("Data" in body) && !("Success" in body))
    return { state: "foreign" };
  const result = element(body["Result"]);
  const failing = codes.find((code) => !successCodes.has(code));
  const denied =
    isFalse(body["Success"]) || (isFields(result) && (isFalse(result["Success"]) || isFalse(result["Admitted"])));
  if (failing === undefined && !denied) {
    return { state: "done", body: result === undefined ? body : { ...body, Result: result } };
  }
  return { state: "failed", code: failing ?? admissionCode(result) ?? codes[0] ?? "0", ...said(bodies) };
}

/** Why a rollout or a scaling is not admitted: there, and only there, `BusinessCode` is a code. */
function admissionCode(result: Value | undefined): string | undefined {
  if (!isFields(result) || !isFalse(result["Admitted"])) return undefined;
  const code = result["BusinessCode"];
  return typeof code === "string" || typeof code === "number" ? String(code) : undefined;
}

/** The message and request id of any answer, also of the gateway's own refusals. */
export function said(bodies: readonly Fields[]): { message?: string; requestId?: string } {
  const entries = [...bodies].reverse().flatMap((one) => Object.entries(one));
  const find = (name: string): string | undefined => {
    const text = entries.find(
      ([key, value]) => key.toLowerCase() === name && typeof value === "string" && value !== "",
    );
    return text === undefined ? undefined : String(text[1]);
  };
  const message = messageFields.map(find).find((text) => text !== undefined);
  const requestId = find("requestid");
  return { ...(message === undefined ? {} : { message }), ...(requestId === undefined ? {} : { requestId }) };
}

/** The body and what wraps it, outermost first: `{"<Action>Response": {…}}`, and inside it perhaps `{code, data: {…}}`. */
function unwrap(action: Action, outer: Fields): readonly Fields[] {
  const [key, second] = Object.keys(outer);
  const isWrapper = key !== undefined && second === undefined && (key === action.name || key.endsWith("Response"));
  const wrapped = isWrapper ? outer[key] : undefined;
  if (isFields(wrapped)) return [outer, ...unwrap(action, wrapped)];
  const inner = outer["data"];
  const isBody = Object.keys(outer).some(
    (name) => ["result", "requestid"].includes(name.toLowerCase()) || name === "Data",
  );
  return isFields(inner) && !isBody ? [outer, inner] : [outer];
}

/** Some answers print a single result as a list of one. */
function element(result: Value | undefined): Value | undefined {
  if (!Array.isArray(result) || result.length !== 1) return result;
  return isFields(result[0]) ? result[0] : result;
}

function isFalse(value: Value | undefined): boolean {
  return value === false || value === "false";
}

/** Renames keys that differ from a known name in letter case alone; a key that is right already wins over one that is not. */
function repaired(value: Fields, names: readonly string[]): Fields {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  const repair = (part: Value): Value => {
    if (Array.isArray(part)) return part.map(repair);
    if (!isFields(part)) return part;
    const renamed = Object.entries(part).map(([key, item]): [string, Value] => {
      const name = known.get(key.toLowerCase()) ?? key;
      return [name === key || !Object.hasOwn(part, name) ? name : key, repair(item)];
    });
    return Object.fromEntries(renamed);
  };
  return repair(value) as Fields;
}
