import { failure } from "../../core/errors.ts";
import { runChange } from "../change-run.ts";
import { declaredRollouts } from "../declared-rollout.ts";
import { withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout retry ENVIRONMENT`: deploys the declared release again, as `apply --retry --target` of its Rollout does. */
export async function runRolloutRetry(context: RunContext): Promise<number> {
  const found: { address?: string } = {};
  await withRollouts(context, async (opened) => {
    const addresses = new Set(opened.session.project.desired.map(({ address }) => address));
    const declared = declaredRollouts(opened).find(({ address }) => addresses.has(address));
    if (declared !== undefined) found.address = declared.address;
    return 0;
  });
  if (found.address === undefined) {
    const [name] = context.arguments;
    throw failure("E_TARGET", `no manifest declares a rollout of ${name ?? context.options.id}`, {
      help: "retry deploys what a manifest declares; cairn rollout undo deploys the release before",
    });
  }
  const options = { ...context.options, targets: [found.address], retry: true };
  return runChange({ ...context, arguments: [], options }, "apply");
}
