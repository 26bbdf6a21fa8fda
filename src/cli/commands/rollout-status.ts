import { renderRolloutStatus } from "../../render/rollout-text.ts";
import { newestRollout, statusOf, withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout status ENVIRONMENT`: how the newest rollout stands, its pods, and what can be done next. */
export function runRolloutStatus(context: RunContext): Promise<number> {
  const { output } = context;
  return withRollouts(context, async (opened) => {
    const status = await statusOf(context, opened, await newestRollout(opened));
    output.json(status);
    output.text(renderRolloutStatus(status, await output.paint("stdout")));
    return 0;
  });
}
