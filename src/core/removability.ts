import type { Address } from "./address.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { addressIn } from "./reference.ts";
import type { Binding } from "./survey-state.ts";

/**
 * Refuses what would take an object away that the API has no call for, unless the object goes with another one that this very
 * plan takes away.
 */
export function checkRemovals(context: PlanContext, drafts: Drafts): void {
  const leaving = [...drafts.values()].filter(isLeaving);
  context.errors.push(...leaving.flatMap((draft) => obstacleTo(draft, drafts) ?? []));
}

/** True for a draft that takes its existing object away. */
export function isLeaving({ action }: Pick<Draft, "action">): boolean {
  return action === "delete" || action === "replace";
}

function obstacleTo(draft: Draft, drafts: Drafts): Diagnostic | undefined {
  const { binding, action } = draft;
  const { kind, address, desired } = binding;
  if (kind.remove !== undefined || kind.history !== undefined) return undefined;
  const carriers = carriersOf(binding);
  const leaving = new Set([...drafts].flatMap(([target, one]) => (isLeaving(one) ? [target] : [])));
  if (carriers.some((carrier) => leaving.has(carrier))) return undefined;
  const why = kind.removedWith === undefined ? "" : `: it goes with its ${kind.removedWith.join(" or ")}`;
  const along = carriers.length === 0 ? "" : `${action} ${carriers.join(" or ")} as well, or `;
  const cure =
    action === "delete"
      ? "set metadata.lifecycle.deletionPolicy: retain before taking the manifest away"
      : "leave it as it is in the cloud";
  return fault(
    action === "delete" ? "E_CANNOT_DELETE" : "E_CANNOT_REPLACE",
    `the API cannot remove a ${kind.kind} by itself${why}`,
    { ...(desired === undefined ? {} : { place: desired.source }), address, help: `${along}${cure}` },
  );
}

/** The managed resources with which an object goes. */
export function carriersOf({ kind, entry }: Pick<Binding, "kind" | "entry">): readonly Address[] {
  return (kind.removedWith ?? []).flatMap((field) => addressIn(entry?.spec[field]) ?? []);
}
