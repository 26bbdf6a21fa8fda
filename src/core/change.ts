import type { Address } from "./address.ts";
import type { Lifecycle } from "./desired.ts";
import type { Diagnostic, Place } from "./errors.ts";
import type { Scope } from "./kind.ts";
import type { Cloud } from "./ledger.ts";
import type { Disruption } from "./traits.ts";
import type { Fields, Value } from "./values.ts";

/** What happens to one resource. */
export type Action = "no-op" | "create" | "update" | "replace" | "delete" | "adopt" | "move" | "forget";

/** Which side moved: git (intended), the cloud (drift), or both (conflict). */
export type FieldClass = "intended" | "drift" | "conflict";

/** One difference. Values are for display: references by name where managed, secrets left out, unknowns left out. */
export type FieldChange = {
  /** The top-level field of the spec. */
  readonly field: string;
  /** The place of the difference in the spec, e.g. `portMappings[http].port`. */
  readonly path: string;
  readonly before?: Value;
  readonly after?: Value;
  /** The wanted value becomes known when something else has been created. */
  readonly unknown?: true;
  /** The values are secret: neither is given. */
  readonly secret?: true;
  /** Both values are Kubernetes objects, to be shown as YAML. */
  readonly yaml?: true;
  readonly class: FieldClass;
  readonly forcesReplace?: true;
  readonly disruption: Disruption;
};

/** One step of a plan, complete enough to be shown, saved and executed. */
export type Change = {
  readonly address: Address;
  readonly kind: string;
  readonly provider: string;
  readonly cloud: Cloud;
  readonly action: Action;
  /** An object that cairn did not make is taken into ownership by this change. */
  readonly adopts?: true;
  /** The address that owned the object until now. */
  readonly previousAddress?: Address;
  /** A sentence: why this action. */
  readonly reason: string;
  readonly source?: Place;
  /** The cloud's id of the existing object. */
  readonly id?: string;
  readonly identity: string;
  /** Scope of the wanted object; values that are not known yet are missing and stand in `parents`. */
  readonly scope: Scope;
  readonly parents: Readonly<Record<string, Address>>;
  /** Scope of the existing object, where there is one. */
  readonly liveScope?: Scope;
  readonly dependencies: readonly Address[];
  readonly origin: "created" | "adopted";
  readonly lifecycle: Lifecycle;
  /** What the cloud shows (or, for write-only fields, what was applied last); reference fields hold ids. */
  readonly before?: Fields;
  /** What is wanted, complete; reference fields hold references in canonical form. */
  readonly after?: Fields;
  readonly fields: readonly FieldChange[];
  /** Fields that are taken as declared, because the cloud never shows them and nothing is known of them. */
  readonly assumed?: readonly string[];
  /** How a replacement goes, and which fields or parents force it. */
  readonly replace?: { readonly order: "create-first" | "delete-first"; readonly because: readonly string[] };
  readonly triggers?: Readonly<Record<string, string>>;
  /** Why a history is not added to, although the fields differ. */
  readonly held?: string;
  /** The newest entry of a history before this change. */
  readonly mark?: string;
  readonly disruption: Disruption;
};

/**
 * What an operation does; `record` only writes the ledger (adopt, move, forget, and objects that go with their parent), `follow`
 * watches what is under way already and makes its creation complete, `resume` lets it go on and then does the same.
 */
export type OperationAction = "create" | "update" | "delete" | "record" | "follow" | "resume";

/** One node of the graph that apply walks. */
export type Operation = {
  /** `<action> <address>`, unique in the plan. */
  readonly key: string;
  readonly address: Address;
  readonly action: OperationAction;
  /** Keys of operations that must have succeeded before. */
  readonly after: readonly string[];
  /** Operations with the same batch travel in one call. */
  readonly batch?: string;
  /** Operations with the same serial run one after the other. */
  readonly serial?: string;
};

/** An existing managed object that changes may refer to: its id, what the cloud shows, its scope. */
export type Known = { readonly id: string; readonly spec: Fields; readonly scope: Scope };

/** The difference between what is wanted and what exists, as a plain value. */
export type Plan = {
  readonly project: string;
  readonly stack?: string;
  readonly destroy: boolean;
  /** The revision of the manifests that the classes of differences refer to; without one, it is what was applied last. */
  readonly base?: { readonly ref: string; readonly commit: string };
  /** Every resource, unchanged ones as no-op, by address. */
  readonly changes: readonly Change[];
  /** In an order that respects their edges. */
  readonly operations: readonly Operation[];
  /** Managed objects by address, and looked-up or foreign ones by `kind#id`. */
  readonly known: Readonly<Record<string, Known>>;
  /** Calls that apply will send, per vendor action; reads and retries not counted. */
  readonly calls: Readonly<Record<string, number>>;
  /** Guards and protections in the way of apply: exit 4 there, shown here. */
  readonly refusals: readonly Diagnostic[];
  /** What could not be planned. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** Addresses that `--target` or `--exclude` left out although they differ. */
  readonly left: readonly Address[];
};
