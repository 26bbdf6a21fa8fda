import type { Address } from "./address.ts";
import type { Action, FieldChange } from "./change.ts";
import type { Lifecycle } from "./desired.ts";
import type { Diagnostic } from "./errors.ts";
import type { Cloud, Entry } from "./ledger.ts";
import type { PlanInput } from "./plan-input.ts";
import type { Binding, Survey } from "./survey-state.ts";
import type { Fields } from "./values.ts";

/** A change in the making. */
export type Draft = {
  readonly binding: Binding;
  /** The entry that owns the object, as the ledger holds it: also under another address, and naming others by their old ones. */
  readonly entry?: Entry;
  action: Action;
  reason: string;
  fields: readonly FieldChange[];
  /** Why the differences of a history stay as they are, although git wants otherwise. */
  readonly held?: { readonly message: string; readonly help: string };
  /** What keeps apply from adding to a history. */
  readonly blocked?: Diagnostic;
  /** A history whose newest entry is still under way, to be watched to its end or to be let go on first. */
  readonly follows?: "follow" | "resume";
  readonly adopts?: true;
  readonly previousAddress?: Address;
  replace?: { order: "create-first" | "delete-first"; readonly because: readonly string[] };
  /** As the manifest says; without one, as the ledger holds it. */
  readonly lifecycle: Lifecycle;
  /** What is wanted, with lookups resolved to what they found. */
  readonly after?: Fields;
  /** The cloud that the resource's provider alias leads to now. */
  readonly cloud?: Cloud;
  /** The managed resources that the wanted spec needs: referred to, named by dependsOn, or related by value. */
  readonly needs: ReadonlySet<Address>;
  /** The managed resources that the object needs until now. */
  readonly needed: ReadonlySet<Address>;
  /** Resources whose planned deletion makes this one's possible. */
  readonly clearedBy: Set<Address>;
  readonly triggers?: Readonly<Record<string, string>>;
  /** The managed resources whose content those digests are of. */
  readonly triggeredBy?: ReadonlySet<Address>;
  /** Differences that make none by themselves: they go along with the next update. */
  readonly carried?: readonly FieldChange[];
};

/** Everything that the making of a plan looks at. */
export type PlanContext = PlanInput & {
  readonly survey: Survey;
  readonly errors: Diagnostic[];
  /** All owned objects, by `ownedKey`. */
  readonly ownedKeys: ReadonlySet<string>;
  /** The wanted address that each object is bound to, by `objectKey`: nobody else takes it away. */
  readonly heirs: ReadonlyMap<string, Address>;
  /** The entries of objects that change their address, by the new one. The survey knows them by that already. */
  readonly moves: ReadonlyMap<Address, Entry>;
};

/** Drafts by address. */
export type Drafts = ReadonlyMap<Address, Draft>;
