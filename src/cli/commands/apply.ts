import { runChange } from "../change-run.ts";
import type { RunContext } from "../run.ts";

/** `cairn apply [PLAN]`: makes the clouds as declared, or does exactly what a saved plan says. */
export function runApply(context: RunContext): Promise<number> {
  return runChange(context, "apply", context.arguments[0]);
}
