import type { Failure } from "../api.ts";
import type { Fields, InputOf } from "../fields.ts";
import type { AccountStore, AccountView } from "../sections.ts";
import type { ManualStyle } from "./manual-style.ts";
import { type FlatParameters, readParameters } from "./parameters.ts";

/** What the manual says about an action. */
export type ActionSpec = {
  readonly parameters: Fields;
  /** The call changes something. */
  readonly mutating?: true;
  /** The call starts pods, which can fail. */
  readonly startsPods?: true;
  /** The call sets work going that goes on after its answer, and can fail. */
  readonly startsWork?: true;
  /** The call can be refused admission, which is no error but a result. */
  readonly admission?: true;
  /** The manual does not know the action. */
  readonly sdkOnly?: true;
  /** The field of the answer that holds an error message. */
  readonly errorField: "ErrMsg" | "ErrorMsg" | "ErrMessage";
  /** Where the answer says `Success`: at its top, in `Result`, or nowhere. */
  readonly success?: "top" | "result";
  /** The action answers rows under `Data`. */
  readonly list?: ListSpec;
  /** How the manual's sample differs from the flat answer that the SDK models. */
  readonly manual?: ManualStyle;
};

/** How a list is paged. `paged: false` answers all rows at once. */
export type ListSpec = {
  readonly paged: boolean;
  /** The answer carries TotalCount, but neither PageNumber nor PageSize. */
  readonly totalOnly?: true;
  /** The parameter with the number of the page; PageNumber unless the action has another. */
  readonly number?: "PageNum";
  /** The page size of a call that names none; 20 unless the manual states another. */
  readonly size?: number;
  /** How the answer holds the rows, where it is not under `Data`. */
  shape?(page: Page): Struct;
};

/** A page of a list: its number, its rows, and all rows of all pages. */
type Page = { readonly number: number; readonly rows: readonly Struct[]; readonly all: readonly Struct[] };

/** What a handler works with. */
export type Context = {
  readonly store: AccountStore;
  /** What lists are read from; it may lag behind the store. */
  readonly view: AccountView;
  /** Milliseconds since 1970 on the emulator's clock, without fractions. */
  readonly now: number;
  /** The id of the access key that calls. */
  readonly caller: string;
  readonly requestId: string;
  readonly wire: "sdk" | "manual";
  /** What the call sets going ends badly. */
  readonly fails: Failure | undefined;
  nextId(): string;
};

/** A struct of an answer; 64-bit ids are bigints. */
export type Struct = Readonly<Record<string, unknown>>;

/** `Result`, which one action answers as a text; the rows of a list before paging; or nothing. */
export type Outcome = Struct | readonly Struct[] | string | undefined;

/** An action as it is served. */
export type Action = {
  readonly spec: ActionSpec;
  /** Checks the parameters, then does the call. @throws Refusal, having changed nothing. */
  run(parameters: FlatParameters, context: Context): Outcome;
};

/** Joins what the manual says with what the emulator does. */
export function action<const S extends ActionSpec>(
  spec: S,
  run: (input: InputOf<S["parameters"]>, context: Context) => Outcome,
): Action {
  return {
    spec,
    run: (parameters, context) => run(readParameters<S["parameters"]>(spec.parameters, parameters), context),
  };
}
