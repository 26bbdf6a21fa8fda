/** A value as a caller writes it; lists and records are flattened on the wire, absent ones are not sent. */
export type Param = string | number | boolean | readonly Param[] | { readonly [name: string]: Param | undefined };

/** The parameters of an action by name; undefined means "not sent", which differs from "". */
export type Params<N extends string = string> = { readonly [Name in N]?: Param | undefined };

/**
 * One action of the vendor's API as data. Names are the API's own; `query` and `body` say where a parameter travels (a
 * list or record under its own name: `UserRoles`, not `UserRoles.1.RoleName`). Large and secret values stand in `body`.
 */
export type Action<N extends string = string> = {
  readonly name: string;
  readonly method: "GET" | "POST";
  /** True where the call changes something, whatever its method: it is never simply sent again. */
  readonly mutating: boolean;
  readonly query?: readonly N[];
  readonly body?: readonly N[];
  /** Fields of the answer that are read; their letter case is repaired, because the API does not keep to one. */
  readonly answers?: readonly string[];
};

/** Defines an action; the parameter names become part of its type, so that a misspelt one does not compile. */
export function defineAction<const N extends string>(action: Action<N>): Action<N> {
  return action;
}

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;

/** The names in a text, split at its blanks; they stay known to the type checker. */
export function names<Text extends string>(text: Text): readonly Words<Text>[] {
  return text.split(" ") as Words<Text>[];
}
