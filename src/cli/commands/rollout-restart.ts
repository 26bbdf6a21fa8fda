import { failure } from "../../core/errors.ts";
import { safeLine } from "../../render/safe-text.ts";
import { askConsent, requireConsent } from "../confirm.ts";
import { withRollouts } from "../rollout-session.ts";
import type { RunContext } from "../run.ts";

/** `cairn rollout restart ENVIRONMENT`: restarts the instances that run, or the one that `--pod` names. Rolls out nothing. */
export function runRolloutRestart(context: RunContext): Promise<number> {
  const { output, options } = context;
  requireConsent(context, "rollout restart");
  return withRollouts(context, async ({ api, rollouts, label, place }) => {
    const where = await place();
    const running = await rollouts.running(api, where);
    const chosen = options.pod === undefined ? running : running.filter((name) => name === options.pod);
    if (options.pod !== undefined && chosen.length === 0) {
      throw failure("E_TARGET", `no instance "${options.pod}" runs in ${label}`, {
        help: running.length === 0 ? "none runs there" : `those that run are ${running.join(", ")}`,
      });
    }
    if (chosen.length === 0) output.text(`nothing runs in ${label}\n`);
    else {
      await askConsent(context, `Restart ${chosen.join(", ")} of ${label}?`);
      await rollouts.restart(api, where, chosen);
      output.text(`restarted ${safeLine(chosen.join(", "))}\n`);
    }
    output.json({ restarted: chosen });
    return 0;
  });
}
