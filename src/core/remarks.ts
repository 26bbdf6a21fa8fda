import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { type Diagnostic, type ErrorCode, fault } from "./errors.ts";
import { fieldOf } from "./fields.ts";
import type { Remark, Staying } from "./kind.ts";
import type { Bound } from "./obstacles.ts";
import { isLeaving } from "./removability.ts";

/**
 * What live objects let say of their manifests: that the cloud calls an object failed, and what its kind remarks on an update, or
 * on what a replacement leaves behind. A remark that refuses is an error of the plan; the rest comes back as warnings.
 */
export function remarksOn(context: PlanContext, drafts: Drafts): readonly Diagnostic[] {
  return [...drafts.values()].flatMap((draft) => [
    ...failedState(draft),
    ...historyState(draft),
    ...remarksOf(context, draft),
    ...leftovers(context, draft, drafts),
  ]);
}

/** An object that is being made anew, or goes, may be as it is. */
function failedState({ binding, action }: Draft): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (desired === undefined || object === undefined || action === "replace" || kind.history !== undefined) return [];
  const seen = kind.readiness?.check(object);
  if (seen?.state !== "failed") return [];
  const help = `nothing but a new object may cure it: run again with --replace ${address}`;
  const message = `the cloud calls it failed: ${seen.reason}`;
  return [{ ...fault("E_NOT_READY", message, { place: desired.source, address, help }), severity: "warning" }];
}

/** What is held, what is still under way or waits, and what goes along only with the next update. */
function historyState({ binding, action, held, follows, carried = [] }: Draft): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (desired === undefined || object === undefined || action === "update" || action === "replace") return [];
  const warning = (code: ErrorCode, message: string, help: string): Diagnostic => ({
    ...fault(code, message, { place: desired.source, address, help }),
    severity: "warning",
  });
  const seen = follows === undefined ? undefined : kind.readiness?.check(object);
  const cure =
    follows === "follow" && seen?.state === "waiting" ? "cairn apply --resume lets it go on" : "apply follows it";
  const names = [...new Set(carried.map(({ field }) => field))].join(", ");
  return [
    ...(held === undefined ? [] : [warning("E_HELD", `held: ${held.message}`, held.help)]),
    ...(seen === undefined || seen.state === "ready"
      ? []
      : [warning("E_WAITING", `${seen.state}: ${seen.reason}`, cure)]),
    ...(names === ""
      ? []
      : [warning("E_HELD", `changed, and not sent by itself: ${names}`, "it goes along with the next change")]),
  ];
}

function remarksOf(context: PlanContext, { binding, action, fields, after }: Draft): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (action !== "update" || !kind.remarks || !desired || !object || !after) return [];
  const changed = [...new Set(fields.map(({ field }) => field))].filter((name) => fieldOf(kind, name) !== undefined);
  return told(context, { address, desired }, "E_NO_UPDATE", kind.remarks(object, after, changed));
}

function leftovers(context: PlanContext, { binding, action, after }: Draft, drafts: Drafts): readonly Diagnostic[] {
  const { address, desired, kind, object } = binding;
  if (action !== "replace" || !kind.leaves || !desired || !object || !after) return [];
  const remarks = kind.leaves(object, after, (name) => stayingIn(drafts, name));
  return told(context, { address, desired }, "E_CANNOT_REPLACE", remarks);
}

function stayingIn(drafts: Drafts, kind: string): readonly Staying[] {
  return [...drafts.values()].flatMap((draft) => {
    const { address, object, kind: own } = draft.binding;
    return own.kind === kind && object !== undefined && !isLeaving(draft) ? [{ address, live: object }] : [];
  });
}

/** Makes diagnostics of remarks: those that refuse become errors of the plan, the others come back. */
function told(
  context: PlanContext,
  { address, desired }: Pick<Bound, "address" | "desired">,
  code: ErrorCode,
  remarks: readonly Remark[],
): readonly Diagnostic[] {
  return remarks.flatMap(({ field, message, refuses, help }) => {
    const place = desired.places[field] ?? desired.source;
    const diagnostic = fault(code, message, { place, address, field, ...(help === undefined ? {} : { help }) });
    if (!refuses) return [{ ...diagnostic, severity: "warning" as const }];
    context.errors.push(diagnostic);
    return [];
  });
}
