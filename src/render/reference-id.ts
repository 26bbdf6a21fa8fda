import type { Known, Plan } from "../core/change.ts";
import { isReference, type Reference } from "../core/reference.ts";
import { isFields, sameValue, type Value } from "../core/values.ts";
import type { ReferenceText } from "./visible-spec.ts";

/**
 * What references of a plan's wanted specs resolve to: the target's id, undefined where it becomes known only during
 * apply (the target is created or made anew) or where a lookup matches more than one known object.
 */
export function referenceIds(plan: Plan): ReferenceText {
  const fresh = new Set(
    plan.changes.filter(({ action }) => action === "create" || action === "replace").map(({ address }) => address),
  );
  const idOf = (kind: string, reference: Reference): string | undefined => {
    if ("to" in reference) return fresh.has(reference.to) ? undefined : plan.known[reference.to]?.id;
    if ("id" in reference) return reference.id;
    const matches = knownOfKind(plan, kind).filter(({ spec }) =>
      Object.entries(reference.lookup).every(([field, value]) => matchesField(spec[field], value)),
    );
    return matches.length === 1 ? matches[0]?.id : undefined;
  };
  /** A nested reference of a lookup narrows only where its id is known; live specs hold ids. */
  const matchesField = (live: Value | undefined, wanted: Value): boolean => {
    if (!isReference(wanted) || !isFields(wanted)) return sameValue(live, wanted);
    const id = "to" in wanted || "id" in wanted ? idOf("", wanted) : undefined;
    return id === undefined || live === undefined || live === id;
  };
  return idOf;
}

function knownOfKind(plan: Plan, kind: string): Known[] {
  const all = Object.entries(plan.known).filter(([key]) => key.startsWith(`${kind}/`) || key.startsWith(`${kind}#`));
  return [...new Map(all.map(([, one]) => [one.id, one])).values()];
}
