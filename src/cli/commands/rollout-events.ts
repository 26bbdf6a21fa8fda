import { showPods } from "../rollout-pods.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout events ENVIRONMENT`: what the cluster noted about the pods of the newest rollout. */
export function runRolloutEvents(context: RunContext): Promise<number> {
  return showPods(context, ({ api, rollouts }, order, pod) => rollouts.events(api, order, pod));
}
