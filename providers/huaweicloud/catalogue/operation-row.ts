import type { CallParameter } from "../../../src/core/api-call.ts";
import type { Operation } from "../operation.ts";

/**
 * One operation in a line. Names are separated by blanks; in the body `Name` is a text, `Name:int`, `Name:flag` and
 * `Name:free` are what they say, and `Name.N` is a list. `*` says that the operation needs it; parameters of the path always are.
 */
export type OperationRow = Pick<Operation, "name" | "service" | "method" | "path" | "mutating"> & {
  readonly query?: string;
  /** Parameters that only an endpoint with a cluster in its host name has use for. */
  readonly host?: string;
  readonly body?: string;
};

const types = { "": "text", int: "integer", flag: "flag", free: "free" } as const;

/** The parameters of a row as a caller gives them: those of path, query and host, then the fields of the body. */
export function parametersOf({ path, query = "", host = "", body = "" }: OperationRow): readonly CallParameter[] {
  return [...placeholders(path).map((name) => `${name}*`), ...wordsIn(query), ...wordsIn(host), ...wordsIn(body)].map(
    toParameter,
  );
}

/** The row as the client sends it. What a change answers differs from one document to the next: it is shown if it can be. */
export function operationOf({ query = "", host = "", body: _, ...row }: OperationRow): Operation {
  return { ...row, query: namesIn(query), host: namesIn(host), answers: row.mutating ? "perhaps" : true };
}

/** The names of the fields that travel in the body. */
export function bodyFields({ body = "" }: OperationRow): readonly string[] {
  return namesIn(body);
}

function toParameter(word: string): CallParameter {
  const [, name = word, list, type = "", needed] = /^(\w+)(\.N)?(?::(int|flag|free))?(\*)?$/.exec(word) ?? [];
  return {
    name,
    type: types[type as keyof typeof types],
    isList: list !== undefined,
    isNeeded: needed !== undefined,
    isSecret: false,
    fields: [],
  };
}

function placeholders(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).filter((name) => name !== "project_id");
}

function wordsIn(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

function namesIn(text: string): readonly string[] {
  return wordsIn(text).map((word) => toParameter(word).name);
}
