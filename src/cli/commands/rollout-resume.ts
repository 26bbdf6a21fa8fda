import { CairnError, failure } from "../../core/errors.ts";
import type { RolloutOrder } from "../../core/rollouts.ts";
import { orderLine } from "../../render/rollout-text.ts";
import { askConsent, requireConsent } from "../confirm.ts";
import { followOrder } from "../follow-order.ts";
import { newestRollout, type RolloutSession, withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout resume ENVIRONMENT`: lets a paused rollout go on, and follows it to its next pause or its end. */
export function runRolloutResume(context: RunContext): Promise<number> {
  requireConsent(context, "rollout resume");
  return withRollouts(context, async (opened) => {
    const order = await newestRollout(opened);
    if (order?.status !== "paused") {
      const found = order === undefined ? "nothing was rolled out yet" : orderLine(order);
      throw failure("E_TARGET", `${opened.label} has no paused rollout: ${found}`, {
        help: `cairn rollout status ${opened.words} shows how it stands`,
      });
    }
    await askConsent(context, `Resume ${orderLine(order)}?`);
    await resume(opened, order);
    return followOrder(context, opened, order);
  });
}

/** An answer that is lost is not asked for again: the order tells whether it goes on. */
async function resume({ api, rollouts }: RolloutSession, order: RolloutOrder): Promise<void> {
  try {
    await rollouts.resume(api, order.id);
  } catch (error) {
    if (!(error instanceof CairnError) || error.code !== "E_UNKNOWN_OUTCOME") throw error;
    const now = await rollouts.order(api, order);
    if (now?.status === "paused" && now.batch === order.batch) throw error;
  }
}
