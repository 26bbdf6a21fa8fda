import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldOf } from "./fields.ts";

/**
 * What live objects let say of their manifests: that the cloud calls an object failed, and what its kind remarks on an update. A
 * remark that refuses is an error of the plan; the rest comes back as warnings.
 */
export function remarksOn(context: PlanContext, drafts: Drafts): readonly Diagnostic[] {
  return [...drafts.values()].flatMap((draft) => [...failedState(draft), ...remarksOf(context, draft)]);
}

/** An object that is being made anew, or goes, may be as it is. */
function failedState({ binding, action }: Draft): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (desired === undefined || object === undefined || action === "replace") return [];
  const seen = kind.readiness?.check(object);
  if (seen?.state !== "failed") return [];
  const help = `nothing but a new object may cure it: run again with --replace ${address}`;
  const message = `the cloud calls it failed: ${seen.reason}`;
  return [{ ...fault("E_NOT_READY", message, { place: desired.source, address, help }), severity: "warning" }];
}

function remarksOf(context: PlanContext, { binding, action, fields, after }: Draft): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (action !== "update" || kind.remarks === undefined || desired === undefined || object === undefined) return [];
  const changed = [...new Set(fields.map(({ field }) => field))].filter((name) => fieldOf(kind, name) !== undefined);
  return kind.remarks(object, after ?? desired.spec, changed).flatMap(({ field, message, refuses, help }) => {
    const place = desired.places[field] ?? desired.source;
    const told = fault("E_NO_UPDATE", message, { place, address, field, ...(help === undefined ? {} : { help }) });
    if (!refuses) return [{ ...told, severity: "warning" as const }];
    context.errors.push(told);
    return [];
  });
}
