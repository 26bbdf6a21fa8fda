import type { CallParameter } from "../../../src/core/api-call.ts";
import type { Action } from "../action.ts";

/**
 * One action in a line. Parameters are separated by blanks: `Name` is a text, `Name:int` a whole number and `Name:flag` true or
 * false; `Name.N` is a list, and `Name.N.Field` a field of each record in a list. `*` says that the action needs it, `!` that
 * it is secret. Large and secret values stand in the body.
 */
export type CallRow = Pick<Action, "name" | "method" | "mutating"> & {
  readonly query?: string;
  readonly body?: string;
};

type Word = { readonly path: readonly string[]; readonly parameter: Omit<CallParameter, "name" | "fields" | "isList"> };

const types = { "": "text", int: "integer", flag: "flag" } as const;

/** The parameters of a row as a caller gives them, lists of records with their fields. */
export function parametersOf({ query = "", body = "" }: CallRow): readonly CallParameter[] {
  const words = wordsOf(`${query} ${body}`);
  const names = [...new Set(words.map(({ path }) => path[0] ?? ""))];
  return names.map((name) =>
    parameterOf(
      name,
      words.filter(({ path }) => path[0] === name),
    ),
  );
}

/** The row as the client sends it. */
export function actionOf({ query = "", body = "", ...row }: CallRow): Action {
  return { ...row, query: topNames(query), body: topNames(body) };
}

function topNames(text: string): readonly string[] {
  return [...new Set(wordsOf(text).map(({ path }) => path[0] ?? ""))];
}

function wordsOf(text: string): readonly Word[] {
  return text.split(" ").flatMap((word) => {
    const [, path = "", type = "", marks = ""] = /^([\w.]+)(?::(int|flag))?([!*]*)$/.exec(word) ?? [];
    const isNeeded = marks.includes("*");
    const parameter = { type: types[type as keyof typeof types], isNeeded, isSecret: marks.includes("!") };
    return path === "" ? [] : [{ path: path.split("."), parameter }];
  });
}

function parameterOf(name: string, words: readonly Word[]): CallParameter {
  const fields = words.flatMap(({ path: [, , field], parameter }) =>
    field === undefined ? [] : [{ name: field, isList: false, fields: [], ...parameter }],
  );
  const isList = words.some(({ path }) => path[1] === "N");
  const [first] = words;
  if (fields.length === 0 && first !== undefined) return { name, isList, fields, ...first.parameter };
  const isNeeded = fields.some((field) => field.isNeeded);
  return { name, type: "record", isList, isNeeded, isSecret: false, fields };
}
