import type { Plan } from "../core/change.ts";
import type { ReferenceText } from "./visible-spec.ts";

/**
 * What references of a plan's wanted specs resolve to: the target's id; undefined where it becomes known only during
 * apply, because the target is created or made anew, or where it could not be looked up.
 */
export function referenceIds({ changes, known }: Plan): ReferenceText {
  const fresh = new Set(
    changes.filter(({ action }) => action === "create" || action === "replace").map(({ address }) => address),
  );
  return (_kind, reference) => {
    if ("to" in reference) return fresh.has(reference.to) ? undefined : known[reference.to]?.id;
    return "id" in reference ? reference.id : undefined;
  };
}
