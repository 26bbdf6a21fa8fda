import { resolve } from "node:path";
import { CairnError, failure } from "../core/errors.ts";
import { completeSnapshot, offlineDesired, offlineWarnings } from "../core/offline.ts";
import { hasChanges, plan } from "../core/plan.ts";
import type { BaseRevision } from "../core/plan-input.ts";
import { durationText } from "../render/duration.ts";
import { kinds, loadStack, openConfig, requireStack } from "./open-project.ts";
import { planOptions, withHelp } from "./planning.ts";
import type { RunContext } from "./run.ts";
import { showPlan } from "./show-plan.ts";
import { type KeptSnapshot, readSnapshot } from "./snapshot-file.ts";

/** What stands for environment variables that are not set; it suits the rules of passwords. What it feeds is not compared. */
const standIn = "Aa1-not-set";

/** `cairn plan --offline FILE`: the plan that a kept snapshot leads to. No network, no credentials, no ledger. */
export async function planOffline(context: RunContext, file: string, base: BaseRevision | undefined): Promise<number> {
  const { options, world, output } = context;
  const config = openConfig(context, options.vars, false);
  requireStack(config, options.stack);
  const chosen = config.forStack(options.stack);
  if (chosen.config === undefined) throw new CairnError(chosen.diagnostics);
  const loaded = loadStack(context, chosen.config, { standIn });
  const found = [...chosen.diagnostics, ...loaded.diagnostics];
  if (found.some(({ severity }) => severity === "error")) throw new CairnError(found);
  const kept = readSnapshot(resolve(world.cwd, options.directory, file), file);
  requireOwn(kept, chosen.config, file);
  const { ledger, clouds, ownedElsewhere } = kept;
  const { desired, uncompared } = offlineDesired(loaded.desired, kinds, (name) => world.env[name] !== undefined);
  const { snapshot, assumed } = completeSnapshot(
    { kinds, desired: options.destroy ? [] : desired, ledger },
    kept.snapshot,
  );
  const subject = { project: config.project, ...(options.stack === undefined ? {} : { stack: options.stack }) };
  output.about(subject);
  const planned = plan({
    ...subject,
    kinds,
    desired,
    ledger,
    snapshot,
    clouds,
    ownedElsewhere,
    options: planOptions(chosen.config, options),
    ...(base === undefined ? {} : { base }),
  });
  const made = withHelp(context, planned);
  await output.diagnostics(found);
  output.message("info", `${ageText(kept, world.clock.now())}; nothing is asked of the clouds\n`);
  const shown = { ...made, warnings: [...offlineWarnings(uncompared, assumed), ...made.warnings] };
  await showPlan(context, shown, kinds, ["errors", "warnings"]);
  if (made.errors.length > 0) throw new CairnError(made.errors);
  return options.detailedExitcode && hasChanges(made) ? 2 : 0;
}

/** A snapshot of another project or stack says nothing of this one. */
function requireOwn(
  kept: KeptSnapshot,
  { project, stack }: Pick<KeptSnapshot, "project" | "stack">,
  file: string,
): void {
  if (kept.project === project && kept.stack === stack) return;
  const named = (one: Pick<KeptSnapshot, "project" | "stack">): string =>
    one.stack === undefined ? one.project : `${one.project}, stack ${one.stack}`;
  throw failure(
    "E_READ",
    `is a snapshot of ${named(kept)}, not of ${named({ project, ...(stack === undefined ? {} : { stack }) })}`,
    {
      place: { file },
      help: "name the snapshot that cairn plan --snapshot kept for this project and stack",
    },
  );
}

function ageText({ taken }: KeptSnapshot, now: number): string {
  return `against the snapshot of ${taken}, ${durationText(Math.max(0, now - Date.parse(taken)))} old`;
}
