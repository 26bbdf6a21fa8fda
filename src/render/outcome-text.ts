import type { ApplyOutcome } from "../core/event.ts";
import { renderDiagnostics } from "./diagnostic.ts";
import type { Paint } from "./paint.ts";
import type { ShownElsewhere } from "./plan-text.ts";
import { safeLine } from "./safe-text.ts";

/**
 * How an apply ended: every fault in full, what was skipped and why, and a last line with counts. Ends with a line break.
 * A resource that was made anew counts once.
 * Faults that are shown elsewhere are only counted.
 */
export function renderOutcome(outcome: ApplyOutcome, paint: Paint, elsewhere: ShownElsewhere = []): string {
  const { failed, waiting = [], skipped } = outcome;
  const { word, clean, rest } = outcomeVerdict(outcome);
  const waits = waitingIn(outcome);
  return [
    elsewhere.includes("errors") ? "" : renderDiagnostics(failed, paint),
    elsewhere.includes("warnings") ? "" : renderDiagnostics(waiting, paint),
    ...skipped.map(
      ({ address, cause }) =>
        `${paint.yellow("skipped")} ${safeLine(address)}, because ${safeLine(cause)} ${waits.has(cause) ? "waits" : "failed"}\n`,
    ),
    `${paint.bold(clean ? paint.green(word) : paint.red(word))}: ${rest}\n`,
  ].join("");
}

/** How an apply ended in one line, `word: rest`; `clean` where all that was to be done is done. */
export function outcomeVerdict(outcome: ApplyOutcome): {
  readonly word: string;
  readonly clean: boolean;
  readonly rest: string;
} {
  const { done, failed, skipped, interrupted } = outcome;
  const waits = waitingIn(outcome);
  const counts = [`${new Set(done).size} done`];
  if (failed.length > 0) counts.push(`${failed.length} failed`);
  if (waits.size > 0) counts.push(`${waits.size} waiting`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  const clean = failed.length === 0 && skipped.every(({ cause }) => waits.has(cause)) && !interrupted;
  const partly = interrupted ? "Interrupted" : "Applied in part";
  const stopped = interrupted ? " What was in flight was finished and recorded; the rest was not begun." : "";
  return { word: clean ? "Applied" : partly, clean, rest: `${counts.join(", ")}.${stopped}` };
}

/** The addresses that wait for somebody: what they keep from being done has not failed either. */
function waitingIn({ waiting = [] }: ApplyOutcome): ReadonlySet<string | undefined> {
  return new Set(waiting.map(({ address }) => address));
}
