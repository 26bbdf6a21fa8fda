import type { Fields } from "./values.ts";

/** One parameter of a call; `fields` are those of a record, or of each record of a list. */
export type CallParameter = {
  readonly name: string;
  /** What a single value is; `free` is whatever JSON can say. Ids of 64 bits are integers and stay text. */
  readonly type: "text" | "integer" | "flag" | "record" | "free";
  readonly isList: boolean;
  /** A list or record is needed where it says so itself; a needed field counts in each record that is given. */
  readonly isNeeded: boolean;
  /** Its value is never shown, and does not belong on a command line. */
  readonly isSecret: boolean;
  readonly fields: readonly CallParameter[];
};

/** One call of a provider's API as whoever makes it by name needs to know it. */
export type ApiCall = {
  readonly name: string;
  /** True where it changes something, whatever its HTTP method. */
  readonly mutating: boolean;
  readonly parameters: readonly CallParameter[];
};

/** Every call of a provider's API, each to be made by its name. */
export type ApiCalls = {
  readonly all: readonly ApiCall[];
  /**
   * Makes one call over the API that the provider's `connect` gave; `params` have the form that `prepareCall` gives them.
   * The answer is the cloud's own, without what it is wrapped in. Throws what the client throws.
   */
  send(api: unknown, name: string, params: Fields): Promise<Fields>;
};
