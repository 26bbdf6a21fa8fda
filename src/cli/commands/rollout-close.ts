import { orderLine } from "../../render/rollout-text.ts";
import { askConsent, requireConsent } from "../confirm.ts";
import { withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout close ENVIRONMENT`: ends the open order, rollout or scaling, as failed; what runs by then stays. */
export function runRolloutClose(context: RunContext): Promise<number> {
  const { output } = context;
  requireConsent(context, "rollout close");
  return withRollouts(context, async ({ api, rollouts, id, label }) => {
    const open = (await rollouts.orders(api, id)).find(({ status }) => status !== "finished");
    if (open === undefined) {
      output.text(`no order of ${label} is open\n`);
      output.json({ closed: null });
      return 0;
    }
    await askConsent(context, `Close ${orderLine(open)}? What runs by now stays as it is.`);
    await rollouts.close(api, open.id);
    const closed = (await rollouts.order(api, open)) ?? open;
    output.text(`${orderLine(closed)}\n`);
    output.json({ closed });
    return 0;
  });
}
