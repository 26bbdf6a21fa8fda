import type { Address } from "../core/address.ts";
import type { Diagnostic, Place } from "../core/errors.ts";

/** What became of drift that was to be written into the manifests. */
export type AcceptReport = {
  readonly project: string;
  readonly stack?: string;
  /** What was written, by resource. */
  readonly accepted: readonly AcceptedResource[];
  /** The files that were written, by path. */
  readonly files: readonly AcceptedFile[];
  /** What was not accepted, and why. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
};

/** One resource, and the places in its spec that are as in the cloud now. */
export type AcceptedResource = {
  readonly address: Address;
  readonly source: Place;
  readonly fields: readonly string[];
};

/** The text of a file before and after. */
export type AcceptedFile = { readonly path: string; readonly before: string; readonly after: string };
