import { failure } from "../core/errors.ts";
import { safeLine } from "../render/safe-text.ts";
import { newestRollout, type RolloutSession, withRollouts } from "./rollout-session.ts";
import type { RunContext } from "./run.ts";

/** What is told of one pod. */
type Told = { readonly pod: string; readonly lines: readonly string[] };

/** Shows what `tell` says of each pod of the newest rollout, or of the one that `--pod` names. */
export function showPods(
  context: RunContext,
  tell: (opened: RolloutSession, order: string, pod: string) => Promise<readonly string[]>,
): Promise<number> {
  const { options, output } = context;
  return withRollouts(context, async (opened) => {
    const order = await newestRollout(opened);
    if (order === undefined) {
      throw failure("E_TARGET", `nothing was rolled out to ${opened.label} yet`, {
        help: "cairn apply deploys what a Rollout declares",
      });
    }
    const pods = (await opened.rollouts.pods(opened.api, order.id)).map(({ name }) => name);
    const names = options.pod === undefined ? [...new Set(pods)] : pods.filter((name) => name === options.pod);
    if (options.pod !== undefined && names.length === 0) {
      throw failure("E_TARGET", `order ${order.id} (${order.name}) has no pod "${options.pod}"`, {
        help: pods.length === 0 ? "it has none yet" : `its pods are ${pods.join(", ")}`,
      });
    }
    const told = await Promise.all(
      names.map(async (pod): Promise<Told> => ({ pod, lines: await tell(opened, order.id, pod) })),
    );
    output.json(told);
    const { bold } = await output.paint("stdout");
    const text = ({ pod, lines }: Told) => [bold(safeLine(pod)), ...lines.map((line) => `  ${safeLine(line)}`)];
    output.text(told.length === 0 ? "no pod has begun\n" : `${told.flatMap(text).join("\n")}\n`);
    return 0;
  });
}
