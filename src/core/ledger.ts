import type { Address } from "./address.ts";
import type { Lifecycle } from "./desired.ts";
import type { Scope } from "./kind.ts";
import type { Fields } from "./values.ts";

/** Which cloud an object lives in: another value for an owned object is another cloud. */
export type Cloud = {
  readonly provider: string;
  readonly region?: string;
  readonly project?: string;
  /** `host:port` of the endpoint. */
  readonly endpoint: string;
};

/** One owned object. */
export type Entry = {
  readonly address: Address;
  readonly kind: string;
  /** The provider alias that it was made through. */
  readonly provider: string;
  readonly cloud: Cloud;
  readonly id: string;
  readonly identity: string;
  readonly scope: Scope;
  /** The managed resources behind the scope's values, by path. */
  readonly parents: Readonly<Record<string, Address>>;
  readonly dependencies: readonly Address[];
  readonly origin: "created" | "adopted";
  readonly lifecycle: Lifecycle;
  /** What was applied last; references in canonical form, write-only secrets as digests, secret-looking values left out. */
  readonly spec: Fields;
  /** Digests of the content that triggers an update, by path. */
  readonly triggers?: Readonly<Record<string, string>>;
};

/** An operation that a run was about to perform: what the next run looks up if this one dies. */
export type Intent = {
  readonly action: "create" | "update" | "delete";
  readonly entry: Omit<Entry, "id"> & { readonly id?: string };
  /** The newest entry of a history before the run: only what is newer can be the run's. */
  readonly mark?: string;
  /** ISO time of the run's write. */
  readonly since: string;
};

/** What a project and stack own, and what its last run was about to do. */
export type LedgerState = {
  readonly format: 1;
  readonly project: string;
  readonly stack?: string;
  /** Random name of this ledger's history: a ledger of another lineage is never written over. */
  readonly lineage: string;
  readonly serial: number;
  readonly entries: Readonly<Record<Address, Entry>>;
  readonly intents: readonly Intent[];
};

/** A ledger that owns nothing yet. */
export function emptyLedger(project: string, stack: string | undefined, lineage: string): LedgerState {
  return {
    format: 1,
    project,
    ...(stack === undefined ? {} : { stack }),
    lineage,
    serial: 0,
    entries: {},
    intents: [],
  };
}
