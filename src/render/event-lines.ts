import type { Diagnostic } from "../core/errors.ts";
import type { ApplyOutcome } from "../core/event.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import type { DriftDocument } from "./drift-json.ts";
import type { PlanDocument } from "./plan-json.ts";

/** One line of the event stream. Lines get `at` where they are written; those of an apply have the engine's own. */
export type EventLine = { readonly type: string; readonly at?: number; readonly [key: string]: unknown };

/** What a plan document says, one line a change that changes anything, what apply will refuse, and a summary last. */
export function planLines({ cairn, errored, applyable, complete }: PlanDocument): readonly EventLine[] {
  const { project, stack, destroy, changes, refusals, calls, left } = cairn;
  const changing = changes.filter(
    ({ action, adopts, previousAddress }) => action !== "no-op" || adopts === true || previousAddress !== undefined,
  );
  const counts: Record<string, number> = {};
  for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
  return [
    ...changing.map((change) => ({ type: "change", change })),
    ...refusals.map((refusal) => ({ type: "refusal", refusal })),
    {
      type: "plan",
      project,
      ...(stack === undefined ? {} : { stack }),
      ...{ destroy, applyable, complete, errored, counts, calls, left },
    },
  ];
}

/** A drift document: one line per object that differs or nobody owns, and a summary last. */
export function driftLines(document: DriftDocument): readonly EventLine[] {
  const { project, stack, changed, missing, unmanaged, same, drifted, errored } = document;
  return [
    ...changed.map((object) => ({ type: "drifted", status: "changed", object })),
    ...missing.map((object) => ({ type: "drifted", status: "missing", object })),
    ...(unmanaged ?? []).map((object) => ({ type: "unmanaged", object })),
    {
      type: "drift",
      project,
      ...(stack === undefined ? {} : { stack }),
      ...{ drifted, errored, changed: changed.length, missing: missing.length, same },
      ...(unmanaged === undefined ? {} : { unmanaged: unmanaged.length }),
    },
  ];
}

/** How an apply ended, in counts: each resource once. */
export function outcomeLine({ done, failed, skipped, interrupted }: ApplyOutcome): EventLine {
  const counts = { done: new Set(done).size, failed: failed.length, skipped: skipped.length };
  return { type: "outcome", ...counts, interrupted };
}

/** A fault or warning as it was said. */
export function messageLine(one: Diagnostic): EventLine {
  return { type: "diagnostic", diagnostic: diagnosticDocument(one) };
}
