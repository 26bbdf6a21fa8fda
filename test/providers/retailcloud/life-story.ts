import type { Value } from "../../../src/core/values.ts";

/** A spec as a manifest writes it; what is undefined is left out. */
export type Written = Readonly<Record<string, Value | undefined>>;

/** What becomes of a field that is taken out of the manifest. */
type Unset =
  /** An update returns it to "not set". */
  | "clears"
  /** A new object starts without it. */
  | "replaces"
  /** The plan is refused, and says what to do instead. */
  | "is refused"
  /** It goes along with the next update, as when it is set. */
  | "is carried";

type Ways = {
  /** The one object changes to this value in place. */
  readonly update: Value;
  /** A new object with this value takes the place of the old one. */
  readonly replace: Value;
  /** The plan with this value is refused: neither can the object be changed nor made anew. */
  readonly refuse: Value;
  /** The value is kept for the next update, and makes no difference by itself. */
  readonly carry: Value;
};

/** One of the ways. */
type Way = { readonly [W in keyof Ways]: Readonly<Record<W, Ways[W]>> }[keyof Ways];

/**
 * What is tried with one field: it becomes another value, and if it is optional, it is taken away then. Rules between fields may
 * ask for more: `given` changes other fields beforehand, `along` with it, `instead` when it is taken away.
 */
export type Trial = Way & {
  readonly given?: Written;
  readonly along?: Written;
  readonly unset?: Unset;
  readonly instead?: Written;
  /** What the emulator holds afterwards of a field that no call shows; in the rows of the kind, or of another one. */
  readonly kept?: Row;
  readonly keptIn?: string;
};

/** A row of the emulator's state. */
export type Row = Readonly<Record<string, unknown>>;

/** The life of one object of a kind: how it begins, and what is tried with each of its fields, in this order. */
export type Story = {
  readonly spec: Written;
  /** What else is declared, all the while: the arguments of `manifest`. */
  readonly besides?: readonly (readonly [kind: string, name: string, spec: Written])[];
  readonly fields: Readonly<Record<string, Trial>>;
  /** What tells one object from the next in the emulator's rows. */
  readonly id: (row: Row) => unknown;
  /** The object is a history: its rows are never taken away. */
  readonly stays?: true;
};

/** The columns of a row that tell it from others. */
export function by(...columns: readonly string[]): Story["id"] {
  return (row) => columns.map((column) => row[column]).join("/");
}

/** A manifest of RetailCloud. */
export function manifest(kind: string, name: string, spec: Written, lifecycle: object = {}): object {
  return { apiVersion: "retailcloud/v1", kind, metadata: { name, lifecycle }, spec };
}
