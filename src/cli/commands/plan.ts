import { resolve } from "node:path";
import { CairnError } from "../../core/errors.ts";
import { looksSecret } from "../../core/mask.ts";
import { hasChanges } from "../../core/plan.ts";
import type { BaseRevision } from "../../core/plan-input.ts";
import { makePlan, planOptions } from "../planning.ts";
import type { RunContext } from "../run.ts";
import { savePlan } from "../saved-plan.ts";
import { withSession } from "../session.ts";
import { showPlan } from "../show-plan.ts";

/** `cairn plan`: shows what apply would do. Takes no lock and changes nothing, not even the ledger. */
export function runPlan(context: RunContext): Promise<number> {
  const { options, world, output } = context;
  return withSession(context, options, async (session) => {
    const { project, backend } = session;
    const base = await baseOf(context);
    const stored = await backend.read();
    const planning = { ...session, context, stored, ...(base === undefined ? {} : { base }) };
    const { plan } = await makePlan(planning, project.desired, planOptions(project, options));
    await showPlan(context, plan, project.kinds, ["errors", "warnings"]);
    if (plan.errors.length > 0) throw new CairnError(plan.errors);
    if (options.out !== undefined) {
      const { kinds, clouds } = project;
      // A variable whose name looks secret has to be given again; its digest is in the fingerprints.
      const vars = Object.fromEntries(Object.entries(options.vars).filter(([name]) => !looksSecret(name)));
      const path = resolve(world.cwd, options.directory, options.out);
      savePlan(path, plan, { kinds, clouds, ledger: stored }, { version: world.version, vars, choices: options });
      output.message("info", `saved as ${options.out}; cairn apply ${options.out} does exactly this\n`);
    }
    return options.detailedExitcode && hasChanges(plan) ? 2 : 0;
  });
}

async function baseOf(context: RunContext): Promise<BaseRevision | undefined> {
  const { options, output } = context;
  if (options.base === undefined) return undefined;
  const { loadBase } = await import("../base-revision.ts");
  const { base, warnings } = loadBase(context, options.base, options);
  await output.diagnostics(warnings);
  return base;
}
