import type { Address } from "./address.ts";
import type { Desired } from "./desired.ts";
import type { Diagnostic } from "./errors.ts";
import type { Kind, Kinds, Live, Scope } from "./kind.ts";
import type { Entry, Intent, LedgerState } from "./ledger.ts";
import {
  type Listing,
  type ListRequest,
  listKey,
  type Reading,
  type ReadRequest,
  readKey,
  type Snapshot,
} from "./snapshot.ts";
import { canonicalText } from "./values.ts";

/** What one resource is bound to: the live object behind it, or the proof that there is none. */
export type Binding = {
  readonly address: Address;
  readonly kind: Kind;
  readonly provider: string;
  readonly desired?: Desired;
  readonly entry?: Entry;
  /** `pending` while lists or reads are outstanding; `unknown` where they failed, which is never absence. */
  readonly state: "present" | "absent" | "pending" | "unknown";
  readonly object?: Live;
  /** The scope in which the object was found. */
  readonly liveScope?: Scope;
  /** The scope wanted by the manifest (or held by the ledger); values of objects still to be created are missing. */
  readonly scope: Scope;
  /** The managed resources behind scope values. */
  readonly parents: Readonly<Record<string, Address>>;
  /** The natural key; a reference to something not yet created stands in it as `?Address`. */
  readonly identity: string;
  /** Another live object that already has the wanted identity in the wanted scope. */
  readonly twin?: Live;
  readonly fault?: Diagnostic;
};

/** What a reference leads to. `owner` is the managed resource behind it, where there is one. */
export type Resolution =
  | {
      readonly state: "known";
      readonly id: string;
      readonly owner?: Address;
      readonly live?: Live;
      readonly scope?: Scope | undefined;
    }
  | { readonly state: "absent"; readonly owner: Address }
  | { readonly state: "pending" }
  | { readonly state: "unknown"; readonly fault: Diagnostic };

/** What is looked at, and what has been seen so far. */
export type SurveyInput = {
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  readonly ledger: LedgerState;
  readonly snapshot: Snapshot;
  /** Only these resources, and what they need; all where left out. */
  readonly roots?: ReadonlySet<Address>;
};

/** The bindings so far, and the calls that would make them complete. */
export type Survey = {
  readonly bindings: ReadonlyMap<Address, Binding>;
  /** What became of the creates that a dead run was about to make. */
  readonly intents: ReadonlyMap<Intent, Binding>;
  readonly lists: readonly ListRequest[];
  readonly reads: readonly ReadRequest[];
  /** What a declared reference leads to. */
  readonly resolve: (kind: string, provider: string, reference: unknown) => Resolution;
};

/** The working memory of one survey. */
export type SurveyState = {
  readonly kinds: Kinds;
  readonly wanted: ReadonlyMap<Address, Desired>;
  readonly ledger: LedgerState;
  /** The newest create of each address that a dead run was about to make; what they made no entry tells of yet. */
  readonly intents: ReadonlyMap<Address, Intent>;
  readonly snapshot: Snapshot;
  /** The owner of each owned object, by `ownedKey`. */
  readonly owners: ReadonlyMap<string, Address>;
  /** The wanted address that holds an owned object, by `objectKey`: nobody else is bound to it. */
  readonly holders: ReadonlyMap<string, Address>;
  readonly bindings: Map<Address, Binding>;
  readonly lists: Map<string, ListRequest>;
  readonly reads: Map<string, ReadRequest>;
  /** Undefined for an address that is neither wanted nor owned, or that depends on itself. */
  readonly bind: (address: Address) => Binding | undefined;
};

/** What was seen of one scope; undefined while it has not been listed, which this notes down to be done. */
export function listing(state: SurveyState, request: ListRequest): Listing | undefined {
  const key = listKey(request);
  const found = state.snapshot.listings.get(key);
  if (found === undefined) state.lists.set(key, request);
  return found;
}

/** What reading one object showed; undefined while it has not been read, which this notes down to be done. */
export function reading(state: SurveyState, request: ReadRequest): Reading | undefined {
  const key = readKey(request);
  const found = state.snapshot.readings.get(key);
  if (found === undefined) state.reads.set(key, request);
  return found;
}

/** Names one object; where an id is only an identity, its scope tells it from others. */
export function objectKey(provider: string, kind: string, id: string, scope: Scope | undefined): string {
  return `${ownedKey(provider, kind, id)} ${canonicalText(scope)}`;
}

/** Names an owned object. Kinds whose id is only their identity may share one across scopes: one of them counts. */
export function ownedKey(provider: string, kind: string, id: string): string {
  return canonicalText([provider, kind, id]);
}
