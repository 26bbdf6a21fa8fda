import type { ApplyEvent, ApplyOutcome } from "../core/event.ts";
import type { CairnSection } from "./cairn-section.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import { jsonText } from "./json-text.ts";
import type { PlanDocument } from "./plan-json.ts";

/** How an apply ended, and on request what happened on the way. */
export type ApplyResult = { readonly outcome: ApplyOutcome; readonly events?: readonly ApplyEvent[] };

/** What apply prints as JSON: the plan's own document, and under `cairn` what became of it. */
export type ApplyDocument = Omit<PlanDocument, "cairn"> & { readonly cairn: CairnSection & ApplyResult };

/**
 * Puts plan and outcome together; faults are shown as everywhere, and `errored` tells also of what failed on the way. Times
 * of events are the engine's milliseconds.
 */
export function applyDocument(plan: PlanDocument, { outcome, events }: ApplyResult): ApplyDocument {
  return {
    ...plan,
    errored: plan.errored || outcome.failed.length > 0,
    cairn: {
      ...plan.cairn,
      outcome: {
        ...outcome,
        failed: outcome.failed.map(diagnosticDocument),
        ...(outcome.waiting === undefined ? {} : { waiting: outcome.waiting.map(diagnosticDocument) }),
      },
      ...(events === undefined ? {} : { events: events.map(eventDocument) }),
    },
  };
}

/** An event of an apply for machines: the fault of a failed or waiting step as diagnostics are shown everywhere. */
export function eventDocument(event: ApplyEvent): ApplyEvent {
  return event.type === "failed" || event.type === "waiting"
    ? { ...event, fault: diagnosticDocument(event.fault) }
    : event;
}

/** The apply document as JSON text. */
export function renderApplyJson(plan: PlanDocument, result: ApplyResult): string {
  return jsonText(applyDocument(plan, result));
}
