import { CairnError, failure } from "../../core/errors.ts";
import type { RolloutOrder } from "../../core/rollouts.ts";
import type { Fields } from "../../core/values.ts";
import { orderLine } from "../../render/rollout-text.ts";
import { askConsent, requireConsent } from "../confirm.ts";
import { declaredRollouts } from "../declared-rollout.ts";
import { followOrder } from "../follow-order.ts";
import { type RolloutSession, withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/**
 * `cairn rollout undo ENVIRONMENT`: deploys the release before again, with its package; an open rollout is closed first. The
 * deploy config is the one that the environment has now: the API has no call that goes back to an earlier order.
 */
export function runRolloutUndo(context: RunContext): Promise<number> {
  requireConsent(context, "rollout undo");
  return withRollouts(context, async (opened) => {
    const { api, rollouts, id, label, words } = opened;
    const orders = await rollouts.orders(api, id);
    const [newest, ...older] = orders.filter(({ category }) => category === "deploy");
    const good = older.find(({ result, name }) => result === "succeeded" && name !== newest?.name);
    if (newest === undefined || good === undefined) {
      throw failure("E_TARGET", `${label} has no earlier rollout that succeeded`, { help: historyOf(words) });
    }
    const spec = await packageOf(context, opened, { newest, good });
    const open = orders.find(({ status }) => status !== "finished");
    const first = open === undefined ? "" : `close ${orderLine(open)}, and `;
    const what = [spec["packageUrl"], spec["packageId"]].filter((one) => one !== undefined).join(" ");
    output(
      context,
      `${label} goes back to ${good.name} (${what || "its images"}), with the deploy config that it has now`,
    );
    await askConsent(context, `Undo: ${first}deploy ${good.name} again?`);
    if (open !== undefined) await rollouts.close(api, open.id);
    return followOrder(context, opened, await deploy(opened, newest, spec));
  });
}

function output(context: RunContext, line: string): void {
  context.output.message("info", `${line}\n`);
}

/**
 * What the release before is made of. The cloud tells of the last good rollout alone: where that is the one to be undone, only
 * the project can know, or whoever asks.
 */
async function packageOf(
  { options }: RunContext,
  opened: RolloutSession,
  { newest, good }: { readonly newest: RolloutOrder; readonly good: RolloutOrder },
): Promise<Fields> {
  const { api, rollouts, place, words } = opened;
  const declared = declaredRollouts(opened);
  const own = declared.find(({ spec }) => spec["release"] === good.name)?.spec ?? {};
  const told = newest.result === "succeeded" ? {} : await rollouts.lastPackage(api, await place());
  const given = {
    ...(options.packageUrl === undefined ? {} : { packageUrl: options.packageUrl }),
    ...(options.packageId === undefined ? {} : { packageId: options.packageId }),
  };
  const [found] = [given, own, told].map(parts).filter((one) => Object.keys(one).length > 0);
  if (found === undefined) {
    throw failure(
      "E_TARGET",
      `nothing tells what package ${good.name} was: the cloud shows that of the last good rollout alone`,
      {
        help: `name it with --package-url or --package-id, or declare ${good.name} and apply; ${historyOf(words)}`,
      },
    );
  }
  const { partitions, arms, updateStrategyType } = declared[0]?.spec ?? {};
  const manner = { partitions, arms, updateStrategyType };
  const known = Object.entries(manner).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(known), ...found, release: good.name, description: `back from ${newest.name}` };
}

/** A package, or images; of two forms of one package the address alone. */
function parts({ packageUrl, packageId, containerImages, initContainerImages }: Fields): Fields {
  const one = packageUrl === undefined ? { packageId } : { packageUrl };
  const entries = Object.entries({ ...one, containerImages, initContainerImages });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** An answer that is lost is looked for among the orders, and not asked for again. */
async function deploy(
  { api, rollouts, id }: RolloutSession,
  before: RolloutOrder,
  spec: Fields,
): Promise<RolloutOrder> {
  const newer = async (isMine: (order: RolloutOrder) => boolean): Promise<RolloutOrder | undefined> => {
    const orders = await rollouts.orders(api, id);
    const end = orders.findIndex((order) => order.id === before.id);
    return orders.slice(0, Math.max(0, end)).find(isMine);
  };
  try {
    const order = await rollouts.deploy(api, id, spec);
    const base = { ...before, id: order, name: String(spec["release"]) };
    return { ...base, status: "deploying", result: "deploying" };
  } catch (error) {
    const isLost = error instanceof CairnError && error.code === "E_UNKNOWN_OUTCOME";
    const found = isLost ? await newer(({ name }) => name === spec["release"]) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

function historyOf(words: string): string {
  return `cairn rollout history ${words} shows what there was`;
}
