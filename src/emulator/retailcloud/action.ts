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
};

/** What a handler works with. */
export type Context = {
  readonly store: AccountStore;
  /** What lists are read from; it may lag behind the store. */
  readonly view: AccountView;
  nextId(): string;
};

/** A struct of an answer; 64-bit ids are bigints. */
export type Struct = Readonly<Record<string, unknown>>;

/** `Result`, the rows of a list before paging, or nothing. */
export type Outcome = Struct | readonly Struct[] | undefined;

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
