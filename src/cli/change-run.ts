import { resolve } from "node:path";
import type { Plan } from "../core/change.ts";
import { CairnError, type Diagnostic, failure } from "../core/errors.ts";
import type { ApplyEvent, ApplyOutcome } from "../core/event.ts";
import { hasChanges } from "../core/plan.ts";
import type { Allowances } from "../core/plan-input.ts";
import { applyPlan } from "../engine/apply.ts";
import type { LedgerLock } from "../ledger/backend.ts";
import { ledgerText } from "../ledger/ledger-document.ts";
import { applyDocument, eventDocument } from "../render/apply-json.ts";
import { outcomeLine } from "../render/event-lines.ts";
import { renderOutcome } from "../render/outcome-text.ts";
import type { PlanDocument } from "../render/plan-json.ts";
import { commandText } from "./command-text.ts";
import { askConsent, requireConsent } from "./confirm.ts";
import type { Options } from "./options.ts";
import { makePlan, type PlanChoices, type Planned, planOptions } from "./planning.ts";
import { openProgress } from "./progress.ts";
import type { RunContext } from "./run.ts";
import { type PlanBase, readSavedPlan, type SavedPlan } from "./saved-plan.ts";
import { type Session, withSession } from "./session.ts";
import { showPlan } from "./show-plan.ts";
import { type Judgement, judge } from "./stale-plan.ts";

type Wish = {
  readonly command: "apply" | "destroy";
  readonly choices: PlanChoices;
  readonly project: Pick<Options, "stack" | "vars">;
  readonly saved?: SavedPlan;
  /** Of a saved plan, what has not moved is done and the rest refused; else all of it is refused. */
  readonly partial: boolean;
};

const nothingDone: ApplyOutcome = { done: [], failed: [], skipped: [], interrupted: false };

/** Plans under the lock, shows the plan, asks, and does it: what apply and destroy have in common. */
export async function runChange(context: RunContext, command: Wish["command"], file?: string): Promise<number> {
  requireConsent(context, command);
  const wish = wishOf(context, command, file);
  return withSession(context, wish.project, async (session) => {
    requireProject(wish, session);
    const stackOf = session.project.stack;
    const text = commandText(command, {
      targets: wish.choices.targets,
      ...(stackOf === undefined ? {} : { stack: stackOf }),
    });
    const lock = await session.backend.lock(text, context.options.lockTimeout);
    try {
      return await changeLocked(context, wish, session, lock);
    } finally {
      await lock.release();
    }
  });
}

/** A plan of another project is refused before a lock is taken. */
function requireProject({ saved }: Wish, { project }: Session): void {
  if (saved === undefined || saved.project === project.name) return;
  throw failure("E_USAGE", `the plan is of project ${saved.project}, and this is ${project.name}`, {
    help: "apply it in the folder of its project; -C names it",
  });
}

/** What is wished for: by the command line, or by the plan in `file`. */
function wishOf({ world, options }: RunContext, command: Wish["command"], file: string | undefined): Wish {
  const { partial } = options;
  if (file === undefined) {
    requirePlan(partial);
    return { command, choices: { ...options, destroy: command === "destroy" }, project: options, partial };
  }
  const lists = (["targets", "excludes", "replace"] as const).find((name) => options[name].length > 0);
  const given = lists ?? (["retry", "resume"] as const).find((name) => options[name]);
  if (given !== undefined) {
    throw failure("E_USAGE", `apply takes ${given} from the saved plan`, { help: "name them when the plan is saved" });
  }
  const saved = readSavedPlan(resolve(world.cwd, options.directory, file), file);
  const { stack } = saved;
  if (options.stack !== undefined && options.stack !== stack) {
    throw failure(
      "E_USAGE",
      `${file} was planned for ${stack === undefined ? "no stack" : `stack ${stack}`}, not ${options.stack}`,
      { help: "leave --stack out to apply it, or plan again: cairn plan --out FILE" },
    );
  }
  const vars = { ...saved.saved.vars, ...options.vars };
  const choices = { ...saved.saved.choices, allow: alsoAllow(saved.saved.choices.allow, options.allow) };
  return { command, choices, saved, partial, project: { vars, ...(stack === undefined ? {} : { stack }) } };
}

function requirePlan(partial: boolean): void {
  if (partial) throw failure("E_USAGE", "--partial is for a saved plan", { help: "write cairn apply FILE --partial" });
}

/** What a saved plan was allowed, and what its apply is allowed on top. */
function alsoAllow(saved: Allowances, now: Allowances): Allowances {
  return {
    ...saved,
    ...now,
    forbid: [...saved.forbid, ...now.forbid],
    destroy: [...saved.destroy, ...now.destroy],
    provider: [...saved.provider, ...now.provider],
  };
}

async function changeLocked(context: RunContext, wish: Wish, session: Session, lock: LedgerLock): Promise<number> {
  const { project, backend } = session;
  const { choices } = wish;
  const stored = await backend.read();
  const options = planOptions(project, choices);
  const planned = await makePlan({ ...session, context, stored, lock }, project.desired, options);
  const base = { kinds: project.kinds, clouds: project.clouds, ledger: stored };
  const { plan, faults, goesOn, mark } = judgedBy(wish, planned.plan, base);
  const document = mark(await showPlan(context, plan, project.kinds, ["errors", "refusals", "warnings"]));
  context.output.json(document);
  if (plan.errors.length > 0) throw new CairnError(plan.errors);
  const refused = goesOn ? plan.refusals : [];
  if (!goesOn || refused.length > 0) throw new CairnError([...faults, ...refused]);
  if (plan.operations.length > 0) {
    if (hasChanges(plan) || plan.operations.some(({ action }) => action === "resume")) await consent(context, plan);
    return await execute(context, session, { ...planned, plan }, lock, { document, faults });
  }
  context.output.json(applyDocument(document, { outcome: nothingDone }));
  if (faults.length > 0) throw new CairnError(faults);
  return 0;
}

/** What may be done of a plan; one with errors is not compared with the saved one. */
function judgedBy({ saved, partial }: Wish, plan: Plan, base: PlanBase): Judgement {
  if (saved !== undefined && plan.errors.length === 0) return judge(saved, partial, plan, base);
  return { plan, faults: [], goesOn: true, mark: (document) => document };
}

/** Where stdout does not show the plan, whoever is asked sees it on stderr. */
async function consent(context: RunContext, plan: Plan): Promise<void> {
  const { options, output, world } = context;
  if (!options.yes && !output.textOnStdout) {
    const { renderPlanText } = await import("../render/plan-text.ts");
    world.stderr.write(renderPlanText(plan, { paint: await output.paint("stderr"), columns: world.stderr.columns }));
  }
  const place = plan.stack === undefined ? plan.project : `${plan.project}, stack ${plan.stack}`;
  await askConsent(context, `${plan.destroy ? "Destroy" : "Apply"} this in ${place}?`);
}

async function execute(
  context: RunContext,
  { project, connections }: Session,
  { plan, ledger, basis, quietAt }: Planned,
  lock: LedgerLock,
  { document, faults: refused }: { readonly document: PlanDocument; readonly faults: readonly Diagnostic[] },
): Promise<number> {
  const { world, options, output, signal } = context;
  const progress = await openProgress(context);
  const { outcome: ended, ...after } = await applyPlan({
    plan,
    ledger,
    lock,
    kinds: project.kinds,
    api: connections.api,
    clock: world.clock,
    pace: project.pace,
    parallelism: options.parallelism,
    signal,
    onEvent: (event) => {
      progress.onEvent(event);
      output.events([eventDocument(withHelpfulFault(context, event))]);
    },
    basis,
    ...(quietAt === undefined ? {} : { quietAt }),
  }).finally(progress.close);
  const outcome = withHelpfulFaults(context, ended);
  output.json(applyDocument(document, { outcome }));
  output.found({ type: "plan", plan, outcome });
  output.events([outcomeLine(outcome)]);
  await output.diagnostics(outcome.waiting ?? []);
  if (output.wants("text")) {
    output.text(`\n${renderOutcome(outcome, await output.paint("stdout"), ["errors", "warnings"])}`);
  }
  if (!after.isStored) output.message("error", `${unstored(outcome)}\n${ledgerText(after.ledger)}`);
  const interrupted = outcome.interrupted ? [interruption(signal)] : [];
  const faults = [...interrupted, ...outcome.failed, ...refused];
  if (faults.length > 0) throw new CairnError(faults.flatMap((one) => ("diagnostics" in one ? one.diagnostics : one)));
  return 0;
}

function withHelpfulFault({ output }: RunContext, event: ApplyEvent): ApplyEvent {
  if (!("fault" in event)) return event;
  const [fault = event.fault] = output.withPasteableHelp([event.fault]);
  return { ...event, fault };
}

function withHelpfulFaults({ output }: RunContext, { failed, waiting, ...rest }: ApplyOutcome): ApplyOutcome {
  const waits = waiting === undefined ? {} : { waiting: output.withPasteableHelp(waiting) };
  return { ...rest, failed: output.withPasteableHelp(failed), ...waits };
}

/** What is to be said of a ledger that could not be written. Another run settles by itself what the stored intents tell of. */
function unstored({ failed }: ApplyOutcome): string {
  return failed.some(({ code }) => code === "E_LOCKED")
    ? "the ledger is another run's by now, which finds what this one did by its intents; for the record, what this one would have written:"
    : "the ledger could not be written; this is what it has to hold:";
}

function interruption(signal: AbortSignal): CairnError {
  return signal.reason instanceof CairnError ? signal.reason : failure("E_INTERRUPTED", "interrupted");
}
