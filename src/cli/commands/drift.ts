import { type DriftReport, driftOf, hasDrift } from "../../core/drift.ts";
import { CairnError } from "../../core/errors.ts";
import { plainOptions } from "../../core/plan-input.ts";
import { driftDocument } from "../../render/drift-json.ts";
import { renderDriftText } from "../../render/drift-text.ts";
import { driftLines } from "../../render/event-lines.ts";
import { lastApplied } from "../applied.ts";
import { requireLedger } from "../owned.ts";
import { makePlan } from "../planning.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";
import { unmanagedIn } from "../unmanaged.ts";

/** `cairn drift`: compares the clouds with what was last applied. Exit 2 where they differ. */
export function runDrift(context: RunContext): Promise<number> {
  const { options } = context;
  return withSession(context, options, async (session) => {
    const { project, backend } = session;
    const stored = await requireLedger(session);
    const { targets, excludes, allow } = options;
    const wanted = lastApplied(stored, backend.location, project.desired);
    const { plan, ledger, basis } = await makePlan({ ...session, context, stored }, wanted, {
      ...plainOptions,
      targets,
      excludes,
      allow,
    });
    const { snapshot, ownedElsewhere } = basis;
    const unmanaged = options.unmanaged ? unmanagedIn({ ...project, ledger, snapshot, ownedElsewhere }) : undefined;
    const report = driftOf(plan, unmanaged);
    await showReport(context, report);
    if (report.errors.length > 0) throw new CairnError(report.errors);
    return hasDrift(report) ? 2 : 0;
  });
}

async function showReport({ output, world }: RunContext, report: DriftReport): Promise<void> {
  const document = driftDocument(report, world.version);
  output.json(document);
  output.found({ type: "drift", drift: report });
  output.events(output.wants("ndjson") ? driftLines(document) : []);
  await output.diagnostics(report.warnings);
  if (!output.wants("text")) return;
  const { isTTY, columns } = world.stdout;
  const layout = { paint: await output.paint("stdout"), ...(isTTY ? { columns } : {}) };
  output.text(renderDriftText(report, layout, ["errors", "warnings"]));
}
