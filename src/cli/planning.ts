import type { Plan } from "../core/change.ts";
import { otherClouds } from "../core/clouds.ts";
import type { Desired } from "../core/desired.ts";
import { CairnError } from "../core/errors.ts";
import { emptyLedger, type LedgerState } from "../core/ledger.ts";
import { plan } from "../core/plan.ts";
import { type BaseRevision, noStack, ownerKey, type PlanOptions } from "../core/plan-input.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Basis } from "../engine/proof.ts";
import { refresh } from "../engine/refresh.ts";
import { settleIntents } from "../engine/settle-intents.ts";
import type { LedgerBackend, LedgerLock } from "../ledger/backend.ts";
import type { Connections } from "./connections.ts";
import { lostLedger } from "./lost-ledger.ts";
import type { Options } from "./options.ts";
import { openCounter } from "./progress.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** What of the options decides on a plan; a saved plan keeps these. */
export type PlanChoices = Pick<Options, "targets" | "excludes" | "replace" | "retry" | "resume" | "destroy" | "allow">;

/** What a plan is made from. */
export type Planning = {
  readonly project: Project;
  readonly backend: LedgerBackend;
  readonly connections: Connections;
  readonly context: RunContext;
  /** The ledger as stored; undefined where none exists yet. */
  readonly stored: LedgerState | undefined;
  /** With it, what a dead run left is settled in the ledger too; without it only for this plan. */
  readonly lock?: LedgerLock;
  /** The revision of the manifests that differences are classed against, in place of what was applied last. */
  readonly base?: BaseRevision;
};

/** A plan, and what it was made from: all of it in `basis`, but for the ledger. */
export type Planned = {
  readonly plan: Plan;
  readonly ledger: LedgerState;
  readonly basis: Basis;
  /** As `settleIntents` answers it: operations on what its open intents are about wait until then. */
  readonly quietAt?: number;
};

type Seen = Pick<Planned, "ledger" | "quietAt"> & { readonly snapshot: Snapshot };

/** The options of a plan, as project and command line say. */
export function planOptions({ adopt, guards }: Pick<Project, "adopt" | "guards">, choices: PlanChoices): PlanOptions {
  const { targets, excludes, replace, retry, resume, destroy, allow } = choices;
  return { targets, excludes, replace, retry, resume, destroy, allow, adopt, guards };
}

/**
 * Looks at the clouds, settles what a dead run was about to do, and plans. `desired` is what is wanted; of a destroy nothing
 * is. Refuses (`E_OTHER_CLOUD`) before any call where owned objects live in another cloud than the configured one.
 */
export async function makePlan(
  planning: Planning,
  desired: readonly Desired[],
  options: PlanOptions,
): Promise<Planned> {
  const { project, backend, context } = planning;
  const { name, stack, kinds, clouds } = project;
  if (planning.stored === undefined) await context.output.diagnostics(await lostLedger(backend));
  const owned = planning.stored ?? emptyLedger(name, stack, context.world.newId());
  const elsewhere = otherClouds(owned, clouds, options.allow.provider);
  if (elsewhere.length > 0) throw new CairnError(elsewhere);
  const wanted = options.destroy ? [] : desired;
  const { snapshot, ...settled } = await look(planning, owned, wanted);
  // A destroy looks at nothing that is merely wanted, and yet heeds what the manifests protect.
  const base = planning.base === undefined ? {} : { base: planning.base };
  const ownedElsewhere = ownersOf(await backend.others());
  context.signal.throwIfAborted();
  const named = { project: name, ...(stack === undefined ? {} : { stack }) };
  const basis: Basis = { ...named, kinds, desired, snapshot, clouds, options, ownedElsewhere, ...base };
  return { plan: withHelp(context, plan({ ...basis, ledger: settled.ledger })), basis, ...settled };
}

/** The plan with help that can be pasted: its diagnostics are shown with it, and thrown afterwards. */
export function withHelp({ output }: Pick<RunContext, "output">, made: Plan): Plan {
  const { errors, refusals, warnings } = made;
  return {
    ...made,
    errors: output.withPasteableHelp(errors),
    refusals: output.withPasteableHelp(refusals),
    warnings: output.withPasteableHelp(warnings),
  };
}

async function look(
  { project, connections, context, lock }: Planning,
  owned: LedgerState,
  desired: readonly Desired[],
): Promise<Seen> {
  const { world, signal, output } = context;
  const counter = openCounter(context);
  const input = { kinds: project.kinds, desired, api: connections.api, onProgress: counter.onProgress };
  try {
    const settled = await settleIntents({
      ...input,
      ledger: owned,
      clock: world.clock,
      pace: project.pace,
      signal,
      ...(lock === undefined ? {} : { lock }),
    });
    await output.diagnostics(settled.notes);
    const { notes: _, snapshot: seen, ...rest } = settled;
    const start = seen === undefined ? {} : { snapshot: seen };
    return { ...rest, snapshot: await refresh({ ...input, ledger: rest.ledger, ...start }) };
  } finally {
    counter.close();
  }
}

/** What other stacks of the project own, by `ownerKey`. */
function ownersOf(others: readonly LedgerState[]): ReadonlyMap<string, string> {
  return new Map(
    others.flatMap(({ stack = noStack, entries }) =>
      Object.values(entries).map(({ kind, cloud, id, scope }): [string, string] => [
        ownerKey(kind, cloud, id, scope),
        stack,
      ]),
    ),
  );
}
