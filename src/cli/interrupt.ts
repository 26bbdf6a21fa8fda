import { failure } from "../core/errors.ts";
import type { Output } from "./output.ts";
import type { World } from "./world.ts";

/** The signals of one run. */
export type Interrupts = {
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  close(): void;
};

/** Turns the first signal into an abort, after which the run finishes what is in flight; the second ends the process. */
export function watchInterrupts(world: World, output: Output): Interrupts {
  const controller = new AbortController();
  const close = world.onSignal((name) => {
    if (controller.signal.aborted) {
      world.exit(130);
      return;
    }
    output.message("warn", `\n${name}: finishing what is in flight; once more ends at once\n`);
    controller.abort(failure("E_INTERRUPTED", `interrupted by ${name}`, { help: "run the command again to go on" }));
  });
  return { signal: controller.signal, close };
}
