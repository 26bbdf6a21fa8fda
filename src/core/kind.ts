import type { z } from "zod";
import type { Address } from "./address.ts";
import type { Reference } from "./reference.ts";
import type { Fields } from "./values.ts";

/** What a List call needs: path over references (`app`, `environment.app`, or a plain field at its end) → value. */
export type Scope = Readonly<Record<string, string>>;

/**
 * An object as the cloud shows it, in the canonical form of its kind's spec: reference fields hold the target's id, fields
 * that the cloud does not show are absent. `id` is what the kind's calls accept; kinds without one use their identity.
 */
export type Live = {
  readonly id: string;
  readonly spec: Fields;
  /** Computed facts that no manifest declares (a status, a reason): read by readiness and preconditions. */
  readonly facts?: Fields;
};

/** What a reference points to, at the moment of a call. */
export type Target = { readonly id: string; readonly spec: Fields; readonly scope: Scope };

/** A spec in which references are ids. */
export type Resolved<T> = {
  readonly [F in keyof T]: T[F] extends Reference | undefined
    ? string | Extract<T[F], undefined>
    : T[F] extends readonly Reference[] | undefined
      ? readonly string[] | Extract<T[F], undefined>
      : T[F];
};

/** What a create call gets: the whole wanted spec with ids for references, and the targets themselves. */
export type Creation<T> = {
  readonly spec: Resolved<T>;
  readonly scope: Scope;
  /** The targets of a reference field, in the order written. */
  readonly targets: (field: string) => readonly Target[];
};

/** What an update call gets beside the wanted spec; `changed` names the top-level fields that differ. */
export type Alteration<T> = Creation<T> & {
  readonly id: string;
  readonly before: Fields;
  /** What was applied last, as the ledger holds it; empty for an object that is adopted. */
  readonly applied: Fields;
  readonly changed: readonly string[];
};

/** What more is known of an object that did not become ready, in lines of text, and what is to be done about it. */
export type Aftermath = { readonly told: readonly string[]; readonly help?: string };

/** What a delete call gets. `spec` is what the cloud showed last, or what was applied last. `force` is `metadata.lifecycle.force`. */
export type Removal = { readonly id: string; readonly spec: Fields; readonly scope: Scope; readonly force: boolean };

/**
 * Whether an object is usable. All but `ready` carry the cloud's reason, `percent` its progress (0 to 100). What is `waiting`
 * goes on only when somebody says so (`resume`).
 */
export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "pending" | "waiting" | "failed"; readonly reason: string; readonly percent?: number };

/**
 * Why a history is not added to: `held` is reported and left until somebody asks for it, `blocked` is in the way of apply. What is
 * held and `stands` is in the way of whoever asks, too.
 */
export type Obstacle = {
  readonly state: "held" | "blocked";
  readonly message: string;
  readonly help: string;
  readonly stands?: true;
};

/**
 * What a kind says whose objects are histories (the releases of an environment): the live object shows the newest entry, an
 * update adds one, others may add theirs, and nothing takes one away. No longer declared, it is forgotten.
 */
export type History = {
  /** The newest entry: digits of a number that grows. After a lost answer only what is newer may be this run's. */
  readonly mark: (live: Live) => string;
  /**
   * Why nothing is to be added now. `applied` is what was applied last, undefined for what is not owned; `triggered` says that
   * content by which the kind is triggered has changed since.
   */
  readonly obstacle: (
    live: Live,
    wanted: Fields,
    last: { readonly applied?: Fields; readonly triggered: boolean },
  ) => Obstacle | undefined;
};

/** How long a change takes to settle in the cloud; milliseconds, divided by `pace`. */
export type Settling = {
  /** `wanted` is what was just applied, references being ids; it is absent where nothing was. */
  readonly check: (live: Live, wanted?: Fields) => Readiness;
  /** Why the cloud has given up a deletion, in its words; undefined while the object may still go. */
  readonly removalFailure?: (live: Live) => string | undefined;
  readonly firstLookMs: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
};

/** Two specs related by value, not by reference. Both are as declared: references in canonical form. */
export type ValueEdge = { readonly kind: string; readonly when: (mine: Fields, theirs: Fields) => boolean };

/** Something visible beforehand that forbids a delete, unless a planned delete of the named kind clears it. */
export type Precondition = {
  readonly forbids: (live: Live) => string | undefined;
  readonly clearedBy?: ValueEdge;
};

/** Something to be told of a change before it is made; what `refuses` is an error of the plan, the rest a warning. */
export type Remark = {
  readonly field: string;
  readonly message: string;
  readonly refuses: boolean;
  readonly help?: string;
};

/** A managed object beside the one in question; `stays` is false where the plan deletes or replaces it. */
export type Bystander = { readonly address: Address; readonly live: Live; readonly stays: boolean };

/**
 * A conflict domain beside the identity, shared by every kind that names it and wider than their scopes; no key means no claim on
 * the domain. With `scoped` each scope has a domain of its own.
 */
export type Unique = {
  readonly domain: string;
  readonly key: (spec: Fields, address: Address) => string | undefined;
  readonly scoped?: true;
};

/** The vendor's actions that a kind calls: for predicted calls and `explain`. */
export type KindActions = {
  readonly list: string;
  readonly read?: string;
  readonly create: string;
  readonly update?: readonly string[];
  readonly remove?: string;
  readonly resume?: string;
};

/** A create or an update as far as its calls depend on it; `before` is empty for a create. */
export type Sending = {
  readonly action: "create" | "update";
  readonly before: Fields;
  readonly wanted: Fields;
  readonly changed: readonly string[];
};

/** What a kind declares; the engine knows nothing else of it. */
export type KindDefinition<S extends z.ZodObject, Api> = {
  readonly kind: string;
  readonly apiVersion: string;
  readonly description: string;
  readonly spec: S;
  /** The field that names the object in the cloud; it defaults to the last segment of `metadata.name`. */
  readonly naming?: string;
  readonly scope: readonly string[];
  /** The natural key within the scope. Gets declared and live specs alike. */
  readonly identity: (spec: Fields) => string;
  /** Rules between fields, and between this spec and those that it refers to (undefined where not managed here). */
  readonly constraints?: (
    spec: z.output<S>,
    target: (field: string) => Fields | undefined,
  ) => readonly { readonly field: string; readonly message: string }[];
  readonly unique?: readonly Unique[];
  readonly after?: readonly ValueEdge[];
  readonly protected?: boolean | ((spec: Fields) => boolean);
  readonly preconditions?: readonly Precondition[];
  /** What goes along where `metadata.lifecycle.force` removes the object, in words; force lifts the preconditions, too. */
  readonly forceTakes?: string;
  /**
   * What becomes of others when the object goes: what goes along unasked, and what a replacement leaves behind that the new object
   * cannot use. `wanted` is absent where nothing takes its place.
   */
  readonly leaves?: (
    live: Live,
    wanted: Fields | undefined,
    beside: (kind: string) => readonly Bystander[],
  ) => readonly Remark[];
  /** What the live object lets say of an update of the named fields: a change in one direction alone, values on offer. */
  readonly remarks?: (live: Live, wanted: Fields, changed: readonly string[]) => readonly Remark[];
  /** Reference fields with whose target the object goes: it has no delete call of its own. */
  readonly removedWith?: readonly string[];
  /** Path whose value groups creates, and deletes, that travel in one call (`createMany`, `removeMany`). */
  readonly batchBy?: string;
  /** Path whose value the cloud locks: operations that share it run one after the other. */
  readonly serialBy?: string;
  /** Reference paths whose targets' content counts as part of this object: a change of it is an update, once per digest. */
  readonly triggeredBy?: readonly string[];
  readonly history?: History;
  readonly readiness?: Settling;
  /** Lists that `complete` fills up: until then a new object has only a part of them. */
  readonly completes?: readonly string[];
  readonly billable?: boolean;
  /** An update may be sent again although the cloud does not show whether it was done: twice is the same as once. */
  readonly repeatable?: true;
  readonly actions: KindActions;
  /** The mutating actions that a create or an update calls, where that depends on what differs: for predicted calls. */
  readonly sends?: (sending: Sending) => readonly string[];
  /** Every object of one scope. Throws where the answer is refused or incomplete: emptiness is never assumed. */
  list(api: Api, scope: Scope): Promise<readonly Live[]>;
  /** One object by its id, undefined where it does not exist. Shows fields that lists lack, and proves absence. */
  read?(
    api: Api,
    object: { readonly id: string; readonly scope: Scope; readonly spec: Fields },
  ): Promise<Live | undefined>;
  create(api: Api, creation: Creation<z.output<S>>): Promise<{ readonly id: string }>;
  /** Adds what a creation cannot take along, once the new object is ready. A fault leaves it as a difference. */
  complete?(api: Api, created: Creation<z.output<S>> & { readonly id: string }): Promise<void>;
  update?(api: Api, alteration: Alteration<z.output<S>>): Promise<void>;
  remove?(api: Api, removal: Removal): Promise<void>;
  /** Lets go on what waits. Does nothing where it does not wait any more. */
  resume?(api: Api, object: { readonly id: string; readonly scope: Scope }): Promise<void>;
  /** Called once for an object that did not become ready: does what its spec wants then, and tells more. */
  aftermath?(
    api: Api,
    object: { readonly id: string; readonly scope: Scope; readonly spec: Fields },
  ): Promise<Aftermath>;
  createMany?(api: Api, creations: readonly Creation<z.output<S>>[]): Promise<readonly { readonly id: string }[]>;
  removeMany?(api: Api, removals: readonly Removal[]): Promise<void>;
};

/** A kind of any spec and any API, as the engine holds it. */
export type Kind = Omit<KindDefinition<z.ZodObject, unknown>, "constraints"> & {
  constraints?(
    spec: Fields,
    target: (field: string) => Fields | undefined,
  ): readonly { readonly field: string; readonly message: string }[];
};

/** Kinds by name. */
export type Kinds = ReadonlyMap<string, Kind>;

/**
 * Defines a kind. The type of the API is inferred from the functions, that of their specs from the schema, which stays known:
 * typed constructs are inferred from it.
 */
export function defineKind<S extends z.ZodObject, Api>(
  definition: KindDefinition<S, Api>,
): Kind & { readonly spec: S } {
  return definition as unknown as Kind & { readonly spec: S };
}
