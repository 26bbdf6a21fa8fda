import { failure } from "../core/errors.ts";
import type { RolloutOrder, RolloutPlace, Rollouts } from "../core/rollouts.ts";
import { shellWord } from "../core/shell-word.ts";
import type { RolloutStatus } from "../render/rollout-text.ts";
import { findTarget, scopeOfTarget } from "./live-target.ts";
import { aliasesWith, type Look, openLook } from "./looking.ts";
import type { RunContext } from "./run.ts";
import { type Session, withSession } from "./session.ts";

/** An environment whose rollouts a command is about. */
export type RolloutSession = {
  readonly session: Session;
  readonly look: Look;
  readonly api: unknown;
  readonly rollouts: Rollouts;
  /** The cloud's id of the environment. */
  readonly id: string;
  /** The environment as it was named, for texts. */
  readonly label: string;
  /** What further commands about it are told. */
  readonly words: string;
  /** With what some calls need beside the id; asked for where the ledger does not know it. */
  readonly place: () => Promise<RolloutPlace>;
};

/** A cloud that has rollouts. */
type Able = { readonly look: Look; readonly rollouts: Rollouts };

/** Opens the project and finds the environment that the command line names, by address, name or `--id`. */
export function withRollouts(context: RunContext, use: (opened: RolloutSession) => Promise<number>): Promise<number> {
  const { options } = context;
  const [name] = context.arguments;
  if ((name === undefined) === (options.id === undefined)) {
    throw failure("E_USAGE", "name an environment, or give its id with --id");
  }
  return withSession(context, options, async (session) => use(await open(session, context, name)));
}

async function open(session: Session, context: RunContext, name: string | undefined): Promise<RolloutSession> {
  const { project, backend } = session;
  const has = (alias: string) => project.providerOf(alias).provider.rollouts !== undefined;
  const aliases = await aliasesWith(session, context, "rollouts", has);
  const ledger = await backend.read();
  const able = await Promise.all(
    aliases.map(async (alias): Promise<Able> => {
      const rollouts = await project.providerOf(alias).provider.rollouts?.();
      if (rollouts === undefined) throw failure("E_CONFIG", `${alias} has no rollouts`);
      return { look: openLook(session, alias, { ledger, within: new Map() }), rollouts };
    }),
  );
  const owner = able.find(
    ({ look, rollouts }) => name !== undefined && look.owned(rollouts.environments, name) !== undefined,
  );
  const { look, rollouts } = owner ?? only(able);
  const { kinds } = project;
  const { environments } = rollouts;
  const target = name === undefined ? undefined : await findTarget(kinds, look, environments, name);
  const id = target?.id ?? context.options.id ?? "";
  return {
    session,
    look,
    api: await look.api(),
    rollouts,
    id,
    label: name ?? `--id ${id}`,
    words: name === undefined ? `--id ${shellWord(id)}` : shellWord(name),
    place: async () => ({ id, scope: target?.scope ?? (await scopeOfTarget(kinds, look, environments, id)) }),
  };
}

/** One cloud has to be meant; which one, only the ledger or `--provider` can tell. */
function only(able: readonly Able[]): Able {
  const [first, second] = able;
  if (first !== undefined && second === undefined) return first;
  throw failure("E_USAGE", `the environment may be in ${able.map(({ look }) => look.alias).join(" or ")}`, {
    help: "add --provider and one of these",
  });
}

/** The newest rollout with its progress; undefined where nothing was rolled out. */
export async function newestRollout({ api, rollouts, id }: RolloutSession): Promise<RolloutOrder | undefined> {
  const newest = (await rollouts.orders(api, id)).find(({ category }) => category === "deploy");
  return newest === undefined ? undefined : ((await rollouts.order(api, newest)) ?? newest);
}

/** How the newest rollout stands, and what can be done next. */
export async function statusOf(
  { output }: Pick<RunContext, "output">,
  opened: RolloutSession,
  order: RolloutOrder | undefined,
): Promise<RolloutStatus> {
  const { api, rollouts, id, label, words } = opened;
  const pods = order === undefined ? [] : await rollouts.pods(api, order.id);
  return { environment: label, id, order: order ?? null, pods, next: nextSteps(words, order).map(output.pasteable) };
}

function nextSteps(words: string, order: RolloutOrder | undefined): readonly string[] {
  const step = (command: string, does: string) => `cairn rollout ${command} ${words} ${does}`;
  if (order === undefined) return ["cairn apply deploys what a Rollout declares"];
  const { status, result } = order;
  const undo = step("undo", "brings back the last good release");
  if (status === "paused") return [step("resume", "goes on with the next batch"), undo];
  if (result === "failed" || result === "closed") {
    const close = status === "finished" ? [] : [step("close", "closes it: it keeps others out")];
    return [
      step("logs", "shows what its pods said"),
      ...close,
      step("retry", "deploys the declared release again"),
      undo,
    ];
  }
  return status === "deploying" ? [step("status", "shows how it goes on"), step("close", "ends it as failed")] : [];
}
