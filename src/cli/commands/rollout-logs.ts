import { showPods } from "../rollout-pods.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout logs ENVIRONMENT`: the last lines that the pods of the newest rollout printed. */
export function runRolloutLogs(context: RunContext): Promise<number> {
  const { lines } = context.options;
  return showPods(context, async ({ api, rollouts }, order, pod) =>
    (await rollouts.log(api, order, pod)).slice(-lines),
  );
}
