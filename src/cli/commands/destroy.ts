import { runChange } from "../change-run.ts";
import type { RunContext } from "../run.ts";

/** `cairn destroy`: deletes, forgets or retains all that is owned. */
export function runDestroy(context: RunContext): Promise<number> {
  return runChange(context, "destroy");
}
