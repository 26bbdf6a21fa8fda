import type { Fields } from "../../src/core/values.ts";
import type { OwnValues } from "./field-values.ts";

/** A manifest, as it is written. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec: Fields;
};

/** The manifests of a wish that come before the one at hand. */
export type Before = {
  /** The spec of the manifest of that name. */
  find(kind: string, name: unknown): Fields | undefined;
  /** Every manifest of a kind, in order. */
  all(kind: string): readonly Manifest[];
};

/** What generated manifests of a kind need beyond what its schema says. */
export type Recipe = {
  /** Names of manifests; the last segment names the object in the cloud. */
  readonly names: readonly string[];
  /** How many manifests of the kind a wish holds at most. */
  readonly most: number;
  /** Values of fields whose schema does not tell which are good. */
  readonly values?: OwnValues;
  /** Makes fields agree with each other and with what they refer to, where the documents ask for it; undefined: leave it out. */
  readonly fit?: (spec: Fields, before: Before, name: string) => Fields | undefined;
};

/** A spec without some of its fields. */
export function without(spec: Fields, ...fields: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !fields.includes(name)));
}
