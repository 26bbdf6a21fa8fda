import type { Diagnostic } from "./errors.ts";
import type { Live, Scope } from "./kind.ts";
import { canonicalText } from "./values.ts";

/** One list to make: a kind's objects in one scope of one provider alias. */
export type ListRequest = { readonly provider: string; readonly kind: string; readonly scope: Scope };

/** One object to read: for fields that its list lacks, or to prove that it is gone. */
export type ReadRequest = ListRequest & { readonly id: string; readonly spec: Live["spec"] };

/** What a list answered; with a fault the scope is unknown, which is never emptiness. */
export type Listing = { readonly request: ListRequest; readonly objects: readonly Live[]; readonly fault?: Diagnostic };

/** What a read answered; neither object nor fault means: proved absent. */
export type Reading = { readonly request: ReadRequest; readonly object?: Live; readonly fault?: Diagnostic };

/** Everything that was seen of the clouds, in canonical form. */
export type Snapshot = {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly readings: ReadonlyMap<string, Reading>;
};

/** A snapshot before anything was looked at. */
export const emptySnapshot: Snapshot = { listings: new Map(), readings: new Map() };

/** The key of a list in a snapshot. */
export function listKey({ provider, kind, scope }: ListRequest): string {
  return canonicalText({ provider, kind, scope });
}

/** The key of a read in a snapshot. */
export function readKey({ provider, kind, scope, id }: ReadRequest): string {
  return canonicalText({ provider, kind, scope, id });
}
