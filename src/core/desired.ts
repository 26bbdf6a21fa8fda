import type { Address } from "./address.ts";
import type { Place } from "./errors.ts";
import type { Fields } from "./values.ts";

/** What `metadata.lifecycle` says. `preventDestroy` left out means the kind's own default. */
export type Lifecycle = {
  readonly preventDestroy?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly deletionPolicy?: "delete" | "retain";
  readonly force: boolean;
};

/** The lifecycle of a manifest that says nothing. */
export const plainLifecycle: Lifecycle = { ignoreChanges: [], force: false };

/** Where a value came from, when it did not stand in the manifest itself: `${env.X}` or `$file path`. */
export type ValueSource = string;

/** One manifest after validation: its spec is canonical, references are in canonical form. */
export type Desired = {
  readonly address: Address;
  readonly kind: string;
  readonly name: string;
  /** A provider alias, or the name of the kind's provider. */
  readonly provider: string;
  readonly spec: Fields;
  readonly labels: Readonly<Record<string, string>>;
  readonly lifecycle: Lifecycle;
  readonly dependsOn: readonly Address[];
  /** The place of the document. */
  readonly source: Place;
  /** The place of a field by its path in the spec (`portMappings.0.port`), and of metadata (`metadata.dependsOn.0`). */
  readonly places: Readonly<Record<string, Place>>;
  /** The source of values that came from elsewhere, by path in the spec. */
  readonly sources: Readonly<Record<string, ValueSource>>;
};
