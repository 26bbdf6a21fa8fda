import { resolve } from "node:path";
import type { Plan } from "../../core/change.ts";
import { CairnError } from "../../core/errors.ts";
import type { LedgerState } from "../../core/ledger.ts";
import { looksSecret } from "../../core/mask.ts";
import { hasChanges } from "../../core/plan.ts";
import type { BaseRevision } from "../../core/plan-input.ts";
import { shellWord } from "../../core/shell-word.ts";
import { safeLine } from "../../render/safe-text.ts";
import { makePlan, type Planned, planOptions } from "../planning.ts";
import type { RunContext } from "../run.ts";
import { savePlan } from "../saved-plan.ts";
import { type Session, withSession } from "../session.ts";
import { showPlan } from "../show-plan.ts";

/** `cairn plan`: shows what apply would do. Takes no lock and changes nothing, not even the ledger. */
export function runPlan(context: RunContext): Promise<number> {
  const { options } = context;
  const { offline } = options;
  return offline === undefined ? planOnline(context) : planFrom(context, offline);
}

async function planFrom(context: RunContext, file: string): Promise<number> {
  const { planOffline } = await import("../plan-offline.ts");
  return planOffline(context, file, await baseOf(context));
}

function planOnline(context: RunContext): Promise<number> {
  const { options } = context;
  return withSession(context, options, async (session) => {
    const { project, backend } = session;
    const base = await baseOf(context);
    const stored = await backend.read();
    const planning = { ...session, context, stored, ...(base === undefined ? {} : { base }) };
    const planned = await makePlan(planning, project.desired, planOptions(project, options));
    const { plan } = planned;
    await showPlan(context, plan, project.kinds, ["errors", "warnings"]);
    if (plan.errors.length > 0) throw new CairnError(plan.errors);
    if (options.out !== undefined) saveAs(context, session, options.out, { plan, stored });
    if (options.snapshot !== undefined) await keep(context, session, options.snapshot, planned);
    return options.detailedExitcode && hasChanges(plan) ? 2 : 0;
  });
}

function saveAs(
  { world, options, output }: RunContext,
  { project }: Session,
  file: string,
  { plan, stored }: { readonly plan: Plan; readonly stored: LedgerState | undefined },
): void {
  const { kinds, clouds, root } = project;
  // A variable whose name looks secret has to be given again; its digest is in the fingerprints.
  const vars = Object.fromEntries(Object.entries(options.vars).filter(([name]) => !looksSecret(name)));
  const base = { kinds, clouds, ledger: stored };
  savePlan(resolve(root, file), plan, base, {
    version: world.version,
    salt: world.newId(),
    vars,
    choices: options,
  });
  const applies = output.pasteable(`cairn apply ${shellWord(file)}`);
  output.message("info", `saved as ${safeLine(file)}; ${safeLine(applies)} does exactly this\n`);
}

async function keep(
  { world, output }: RunContext,
  { project }: Session,
  file: string,
  planned: Planned,
): Promise<void> {
  const { writeSnapshot } = await import("../snapshot-file.ts");
  const { name, stack, clouds, kinds, root } = project;
  const taken = new Date(world.clock.now()).toISOString();
  const of = { project: name, ...(stack === undefined ? {} : { stack }) };
  writeSnapshot(resolve(root, file), { ...planned.basis, ledger: planned.ledger, ...of, taken, clouds }, kinds);
  const plans = output.pasteable(`cairn plan --offline ${shellWord(file)}`);
  output.message("info", `what was seen is kept as ${safeLine(file)}; ${safeLine(plans)} plans against it\n`);
}

async function baseOf(context: RunContext): Promise<BaseRevision | undefined> {
  const { options, output } = context;
  if (options.base === undefined) return undefined;
  const { loadBase } = await import("../base-revision.ts");
  const { base, warnings } = loadBase(context, options.base, options);
  await output.diagnostics(warnings);
  return base;
}
