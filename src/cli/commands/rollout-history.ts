import { renderRolloutHistory } from "../../render/rollout-text.ts";
import { withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout history ENVIRONMENT`: every order, rollouts and scalings, newest first. */
export function runRolloutHistory(context: RunContext): Promise<number> {
  const { output } = context;
  return withRollouts(context, async ({ api, rollouts, id }) => {
    const orders = await rollouts.orders(api, id);
    output.json(orders);
    output.text(renderRolloutHistory(orders, await output.paint("stdout")));
    return 0;
  });
}
