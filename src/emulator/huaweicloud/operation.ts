import type { Failure } from "../api.ts";
import type { Fields, InputOf } from "../fields.ts";
import type { AccountStore, AccountView } from "../sections.ts";
import { type Mistake, readInput } from "./read-input.ts";
import type { TemporaryKeys } from "./temporary-keys.ts";
import type { Tokens } from "./tokens.ts";
import type { Voice } from "./voice.ts";

/** The services that are played, as fault rules and the call log name them. */
export type Service = "cce" | "apig" | "iam" | "eps" | "ecs";

/** What the vendor says about an operation. */
export type OperationSpec = {
  readonly service: Service;
  readonly voice: Voice;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path, with `{name}` for what differs from call to call. */
  readonly path: string;
  readonly query?: Fields;
  readonly body?: Fields;
  /** Needs neither a signature nor a token. */
  readonly open?: true;
  readonly mutating?: true;
  readonly list?: true;
  readonly startsPods?: true;
  readonly startsWork?: true;
};

/** What a handler works with. */
export type Context = {
  /** Whose call it is. */
  readonly account: string;
  readonly store: AccountStore;
  /** What lists are read from; it may lag behind the store. */
  readonly view: AccountView;
  /** The emulator's time in milliseconds. */
  readonly now: number;
  readonly wire: "sdk" | "manual";
  /** Rows on a page at most, instead of the API's own limit. */
  readonly pageLimit: number | undefined;
  /** What the call sets going ends badly. */
  readonly fails: Failure | undefined;
  readonly tokens: Tokens;
  readonly temporaryKeys: TemporaryKeys;
  /** What a list shows of its rows: one that nothing narrows may omit some. */
  shown<Row>(rows: readonly Row[], narrowed: boolean): readonly Row[];
  /** 32 hexadecimal digits that no other object has. */
  newId(): string;
};

/** An answer: without `body` an empty one; a `text` is sent as it is. */
export type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request as its operation sees it, before its query and body are read by their fields. */
export type Raw = { readonly path: Readonly<Record<string, string>>; readonly query: object; readonly body: unknown };

/** An operation as it is served. */
export type Operation = {
  readonly spec: OperationSpec;
  /** Checks what was sent, then does the call. @throws Refusal, having changed nothing. */
  run(raw: Raw, context: Context): Reply;
};

type ParametersOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParametersOf<Rest> : never;
type Read<S, Part extends "query" | "body"> = InputOf<
  S extends { readonly [K in Part]: infer F extends Fields } ? F : Record<never, never>
>;

/** What a handler is given: the parts of the path by name, the query and the body. */
export type Input<S extends OperationSpec> = {
  readonly path: Readonly<Record<ParametersOf<S["path"]>, string>>;
  readonly query: Read<S, "query">;
  readonly body: Read<S, "body">;
};

/** Joins what the vendor says with what the emulator does. */
export function operation<const S extends OperationSpec>(
  spec: S,
  run: (input: Input<S>, context: Context) => Reply,
): Operation {
  return {
    spec,
    run: ({ path, query: sentQuery, body: sentBody }, context) => {
      const query = readInput(spec.query ?? {}, sentQuery);
      const body = spec.body ? readInput(spec.body, sentBody) : { input: {}, mistakes: [] };
      const mistakes: readonly Mistake[] = [...query.mistakes, ...body.mistakes];
      if (mistakes.length > 0) throw spec.voice.invalid(mistakes);
      // The path matched the operation's template, and the rest was read by its fields.
      return run({ path, query: query.input, body: body.input } as Input<S>, context);
    },
  };
}
