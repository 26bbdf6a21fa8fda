import { type Diagnostic, refusals } from "../core/errors.ts";

/**
 * The exit code of a run that failed: 130 interrupted, 3 after a mutating call was sent, 4 when every error is a refusal
 * (guard, protection, stale plan, lock, another cloud), else 1. What `--partial` leaves out of a saved plan was refused before
 * anything was sent: it is 4 also where the rest was done.
 */
export function exitCodeOf(diagnostics: readonly Diagnostic[], mutated: boolean): 1 | 3 | 4 | 130 {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.some(({ code }) => code === "E_INTERRUPTED")) return 130;
  if (mutated && errors.every(({ code }) => code === "E_STALE_PLAN")) return 4;
  if (mutated) return 3;
  return errors.length > 0 && errors.every(({ code }) => refusals.has(code)) ? 4 : 1;
}
