import type { Address } from "./address.ts";
import type { Desired } from "./desired.ts";
import type { Kinds } from "./kind.ts";
import type { Cloud, LedgerState } from "./ledger.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Disruption } from "./traits.ts";
import type { Fields } from "./values.ts";

/** Limits that apply enforces and plan shows. Percentages count from ten owned objects up. */
export type Guards = {
  readonly maxDeletes: number;
  readonly maxDeletePercent: number;
  readonly maxReplaces: number;
  readonly maxVanished: number;
  readonly forbid: readonly Disruption[];
};

/** The guards of a project that configures none. */
export const defaultGuards: Guards = {
  maxDeletes: 20,
  maxDeletePercent: 30,
  maxReplaces: 5,
  maxVanished: 5,
  forbid: [],
};

/** What `--allow` lifted: each guard by its new number, protections by address, other clouds by alias. */
export type Allowances = {
  readonly deletes?: number;
  readonly deletePercent?: number;
  readonly replaces?: number;
  readonly vanished?: number;
  readonly forbid: readonly Disruption[];
  readonly destroy: readonly string[];
  readonly provider: readonly string[];
};

/** Nothing allowed beyond the guards. */
export const noAllowances: Allowances = { forbid: [], destroy: [], provider: [] };

/** How a plan is to be made. Targets, excludes and replacements are addresses or globs (`*`, `**`, `?`). */
export type PlanOptions = {
  /** Everything owned counts as no longer wanted. */
  readonly destroy: boolean;
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
  readonly replace: readonly string[];
  /** What is held is done all the same. */
  readonly retry: boolean;
  /** What waits is let go on. */
  readonly resume: boolean;
  readonly adopt: "auto" | "never";
  readonly guards: Guards;
  readonly allow: Allowances;
};

/** A plan of everything, with default guards. */
export const plainOptions: PlanOptions = {
  destroy: false,
  targets: [],
  excludes: [],
  replace: [],
  retry: false,
  resume: false,
  adopt: "auto",
  guards: defaultGuards,
  allow: noAllowances,
};

/** Everything that a plan is made from. */
export type PlanInput = {
  readonly project: string;
  readonly stack?: string;
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  readonly ledger: LedgerState;
  readonly snapshot: Snapshot;
  /** The cloud behind each provider alias in use. */
  readonly clouds: ReadonlyMap<string, Cloud>;
  /** What other stacks of the project own: `ownerKey` → stack. */
  readonly ownedElsewhere: ReadonlyMap<string, string>;
  readonly options: PlanOptions;
  /** Another revision of the manifests: differences are classed against it instead of what was applied last. */
  readonly base?: BaseRevision;
};

/** What the manifests of a git revision want, by address. */
export type BaseRevision = {
  /** As the user named it. */
  readonly ref: string;
  readonly commit: string;
  readonly specs: ReadonlyMap<Address, Fields>;
};

/** What stands for the stack of a ledger that was written before the project had any. */
export const noStack = "(none)";

/** Names a live object across stacks. */
export function ownerKey(kind: string, cloud: Cloud, id: string, scope: Readonly<Record<string, string>>): string {
  return JSON.stringify([
    kind,
    cloud.provider,
    cloud.endpoint,
    cloud.region,
    cloud.project,
    id,
    Object.entries(scope).sort(),
  ]);
}
