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

/** Says, unless it is expected, that a signal came. Turns the first one into an abort, after which the run finishes what is in flight; the second ends the process. */
export function watchInterrupts(world: World, output: Output, isExpected = false): Interrupts {
  const controller = new AbortController();
  const close = world.onSignal((name) => {
    if (controller.signal.aborted) {
      world.exit(130);
      return;
    }
    if (!isExpected) output.message("warn", `\n${name}: finishing what is in flight; once more ends at once\n`);
    controller.abort(failure("E_INTERRUPTED", `interrupted by ${name}`, { help: "run the command again to go on" }));
  });
  return { signal: controller.signal, close };
}
