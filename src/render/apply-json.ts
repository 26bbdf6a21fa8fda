import type { ApplyEvent, ApplyOutcome } from "../core/event.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import { jsonText } from "./json-text.ts";
import type { PlanDocument } from "./plan-json.ts";

/** What apply prints as JSON: the plan, how it ended, and on request what happened on the way. */
export type ApplyDocument = {
  readonly plan: PlanDocument;
  readonly outcome: ApplyOutcome;
  readonly events?: readonly ApplyEvent[];
};

/** Puts the parts together; faults are shown as everywhere. Times of events are the engine's milliseconds. */
export function applyDocument({ plan, outcome, events }: ApplyDocument): ApplyDocument {
  return {
    plan,
    outcome: { ...outcome, failed: outcome.failed.map(diagnosticDocument) },
    ...(events === undefined ? {} : { events: events.map(eventDocument) }),
  };
}

function eventDocument(event: ApplyEvent): ApplyEvent {
  return event.type === "failed" ? { ...event, fault: diagnosticDocument(event.fault) } : event;
}

/** The apply document as JSON text. */
export function renderApplyJson(parts: ApplyDocument): string {
  return jsonText(applyDocument(parts));
}
