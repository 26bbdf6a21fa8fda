import { failure } from "../core/errors.ts";
import type { RunContext } from "./run.ts";

/** Refuses a run that would have to ask and has nobody to ask: before anything else is done. `E_CONFIRM`. */
export function requireConsent({ world, options }: RunContext, command: string): void {
  if (options.yes || world.stdin.isTTY) return;
  throw failure("E_CONFIRM", `${command} asks before it changes anything, and there is no terminal to answer`, {
    help: "add --yes to go on without being asked",
  });
}

/** Asks on stderr, unless `--yes` was given; anything but "yes" is `E_CONFIRM`. The signal's reason is thrown if it ends the wait. */
export async function askConsent({ world, options, signal }: RunContext, question: string): Promise<void> {
  if (options.yes) return;
  world.stderr.write(`${question} Only "yes" goes on: `);
  const answer = await world.stdin.line(signal);
  signal.throwIfAborted();
  if (answer?.trim() !== "yes") throw failure("E_CONFIRM", "nothing was changed, because the answer was not yes");
}
