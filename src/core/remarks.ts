import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { type Diagnostic, type ErrorCode, fault } from "./errors.ts";
import { fieldOf } from "./fields.ts";
import type { Bystander, Remark } from "./kind.ts";
import { othersInside } from "./others-inside.ts";
import { isLeaving } from "./removability.ts";
import type { Binding } from "./survey-state.ts";

/**
 * What live objects let say of their manifests: that the cloud calls an object failed, and what its kind remarks on an update, or
 * on what becomes of others when an object goes; `all` are the drafts before --target and --exclude. A remark that refuses is an error of the plan; the rest comes back as warnings.
 */
export function remarksOn(context: PlanContext, drafts: Drafts, all: Drafts): readonly Diagnostic[] {
  return [...drafts.values()].flatMap((draft) => [
    ...failedState(draft),
    ...historyState(draft),
    ...remarksOf(context, draft),
    ...othersInside(context, draft),
    ...leftovers(context, draft, (kind) => besides(drafts, all, kind)),
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

function leftovers(
  context: PlanContext,
  { binding, action, after }: Draft,
  beside: (kind: string) => readonly Bystander[],
): readonly Diagnostic[] {
  const { kind, object } = binding;
  if ((action !== "replace" && action !== "delete") || !kind.leaves || !object) return [];
  const wanted = action === "replace" ? after : undefined;
  const code = action === "replace" ? "E_CANNOT_REPLACE" : "E_CANNOT_DELETE";
  return told(context, binding, code, kind.leaves(object, wanted, beside));
}

/** The managed objects of a kind. What is left out of the run stays, whatever would become of it otherwise. */
function besides(drafts: Drafts, all: Drafts, kind: string): readonly Bystander[] {
  return [...all].flatMap(([address, { binding }]) => {
    const { object, kind: own } = binding;
    const draft = drafts.get(address);
    const stays = draft === undefined || !isLeaving(draft);
    return own.kind === kind && object !== undefined ? [{ address, live: object, stays }] : [];
  });
}

/** Makes diagnostics of remarks: those that refuse become errors of the plan, the others come back. */
function told(
  context: PlanContext,
  { address, desired }: Pick<Binding, "address" | "desired">,
  code: ErrorCode,
  remarks: readonly Remark[],
): readonly Diagnostic[] {
  return remarks.flatMap(({ field, message, refuses, help }) => {
    const place = desired?.places[field] ?? desired?.source;
    const diagnostic = fault(code, message, {
      ...(place === undefined ? {} : { place }),
      address,
      field,
      ...(help === undefined ? {} : { help }),
    });
    if (!refuses) return [{ ...diagnostic, severity: "warning" as const }];
    context.errors.push(diagnostic);
    return [];
  });
}
