import type { Options } from "./options.ts";
import type { Output } from "./output.ts";
import type { World } from "./world.ts";

/** What a command gets to work with. */
export type RunContext = {
  readonly world: World;
  readonly options: Options;
  readonly arguments: readonly string[];
  readonly output: Output;
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /** To be called before a mutating call is sent: from then on a failure ends with exit 3. */
  readonly onMutation: () => void;
};

/**
 * Does what a command is for. The number is the exit code of a run that ended as it should (0, or 2 for differences); faults
 * are thrown as `CairnError`, and `main` makes their exit code.
 */
export type Run = (context: RunContext) => Promise<number>;
