import type { Fields } from "./values.ts";

/** A manifest as YAML has it. */
export type ManifestDocument = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Fields & { readonly name: string };
  readonly spec: Fields;
};
