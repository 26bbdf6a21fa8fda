import type { Fields, Value } from "../../../src/core/values.ts";

/** Ids of parents by `Kind/sample`. */
export type Ids = Readonly<Record<string, string>>;

/** One object to be tried. */
type Sample = {
  readonly parents?: readonly { readonly parent: string; readonly sample: string }[];
  readonly spec: (ids: Ids) => Fields;
  /** New values of updatable fields, undefined for "taken away". */
  readonly changes?: Readonly<Record<string, Value | undefined | ((ids: Ids) => Value)>>;
};

/** Objects to be tried, by kind and name. */
export type Samples = Readonly<Record<string, Readonly<Record<string, Sample>>>>;
