import type { Plan } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import { planLines } from "../render/event-lines.ts";
import { type PlanDocument, planDocument } from "../render/plan-json.ts";
import { renderPlanText, type ShownElsewhere } from "../render/plan-text.ts";
import type { RunContext } from "./run.ts";

/**
 * Shows a plan: as text, and as the document of the run so far. Its warnings go to stderr; its errors, and the refusals if
 * the caller says so, are left to whoever ends the run with them.
 */
export async function showPlan(
  { output, world }: RunContext,
  plan: Plan,
  kinds: Kinds,
  elsewhere: ShownElsewhere,
): Promise<PlanDocument> {
  await output.diagnostics(plan.warnings);
  const document = planDocument(plan, { kinds, cairnVersion: world.version });
  output.json(document);
  output.found({ type: "plan", plan });
  output.events(output.wants("ndjson") ? planLines(document) : []);
  if (output.wants("text")) {
    const { columns } = world.stdout;
    const layout = { paint: await output.paint("stdout"), ...(world.stdout.isTTY ? { columns } : {}) };
    output.text(renderPlanText(plan, layout, elsewhere));
  }
  return document;
}
