import type { Address } from "./address.ts";
import type { Change, FieldChange, Plan } from "./change.ts";
import type { Diagnostic, Place } from "./errors.ts";
import type { Scope } from "./kind.ts";
import type { Value } from "./values.ts";

/** One field that the cloud moved. Values are for display, as in a field change; secret ones are left out. */
export type DriftField = {
  readonly field: string;
  readonly path: string;
  /** What was applied last. */
  readonly applied?: Value;
  /** What the cloud shows now. */
  readonly live?: Value;
  readonly secret?: true;
  readonly yaml?: true;
};

/** An owned object that is no longer as it was applied, or is gone (then it has no fields). */
export type DriftedResource = {
  readonly address: Address;
  readonly kind: string;
  readonly provider: string;
  /** The cloud's id, where it is known. */
  readonly id?: string;
  readonly source?: Place;
  readonly fields: readonly DriftField[];
};

/** A live object in a listed scope that nobody declares and nobody owns. */
export type UnmanagedObject = {
  readonly kind: string;
  readonly provider: string;
  readonly id: string;
  readonly identity: string;
  readonly scope: Scope;
};

/** The comparison of what was applied last with what the clouds have. */
export type DriftReport = {
  readonly project: string;
  readonly stack?: string;
  readonly changed: readonly DriftedResource[];
  readonly missing: readonly DriftedResource[];
  /** Undefined where nobody asked for it. */
  readonly unmanaged?: readonly UnmanagedObject[];
  /** How many owned objects are as they were applied, and which. */
  readonly same: number;
  readonly unchanged: readonly Address[];
  /** What could not be compared. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
};

/**
 * Reads a plan whose wanted side is what was applied last: what it would create is missing, what it would change has
 * drifted. Refusals do not matter here, because nothing is applied. Pure.
 */
export function driftOf(plan: Plan, unmanaged?: readonly UnmanagedObject[]): DriftReport {
  const { project, stack, changes, errors, warnings } = plan;
  const missing = changes.filter(({ action }) => action === "create");
  const present = changes.filter(({ action }) => action !== "create");
  const changed = present.filter((change) => movedFields(change).length > 0);
  const unchanged = present.filter((change) => movedFields(change).length === 0);
  return {
    project,
    ...(stack === undefined ? {} : { stack }),
    changed: changed.map((change) => drifted(change, movedFields(change).map(driftField))),
    missing: missing.map((change) => drifted(change, [])),
    ...(unmanaged === undefined ? {} : { unmanaged }),
    same: unchanged.length,
    unchanged: unchanged.map(({ address }) => address),
    errors,
    warnings,
  };
}

/**
 * What the cloud moved. The wanted side is the base here, so a difference of class intended is none of the cloud's doing:
 * a reference to something that is gone, or a digest of content that the ledger holds without its secrets.
 */
function movedFields({ fields }: Change): readonly FieldChange[] {
  return fields.filter((field) => field.class !== "intended");
}

/** True where an owned object has moved or is gone. Unmanaged objects are no drift. */
export function hasDrift({ changed, missing }: DriftReport): boolean {
  return changed.length + missing.length > 0;
}

function drifted({ address, kind, provider, id, source }: Change, fields: readonly DriftField[]): DriftedResource {
  return {
    address,
    kind,
    provider,
    ...(id === undefined ? {} : { id }),
    ...(source === undefined ? {} : { source }),
    fields,
  };
}

/** A plan goes from what is to what is wanted; drift went the other way. */
function driftField({ field, path, before, after, secret, yaml }: FieldChange): DriftField {
  return {
    field,
    path,
    ...(after === undefined ? {} : { applied: after }),
    ...(before === undefined ? {} : { live: before }),
    ...(secret === undefined ? {} : { secret }),
    ...(yaml === undefined ? {} : { yaml }),
  };
}
