import { type ApplyView, estimatedRest, type RunningStep } from "./apply-view.ts";
import { durationText } from "./duration.ts";
import { stepText } from "./progress.ts";
import { safeLine } from "./safe-text.ts";
import { truncate } from "./width.ts";

/** The terminal's size, in characters. */
export type TerminalSize = { readonly rows: number; readonly columns: number };

/**
 * The lines that stand at the foot of a terminal during an apply: each running step with its elapsed time, and a last
 * line with counts and the estimated rest. One row and one column stay free, so that the terminal never scrolls or wraps.
 */
export function frameLines(view: ApplyView, { rows, columns }: TerminalSize): string[] {
  if (view.ended) return [];
  const room = Math.max(0, rows - 2);
  const shown = view.running.length > room ? view.running.slice(0, Math.max(0, room - 1)) : view.running;
  const hidden = view.running.length - shown.length;
  const more = hidden > 0 && room > 0 ? [`  … and ${hidden} more`] : [];
  const lines = [...shown.map((step) => runningText(step, view.now)), ...more, footText(view)];
  return lines.map((line) => truncate(line, Math.max(1, columns - 1)));
}

function runningText({ since, note, percent, ...step }: RunningStep, now: number): string {
  const words = [note, percent === undefined ? undefined : `(${Math.round(percent)} %)`].filter(
    (word) => word !== undefined,
  );
  const tail = words.length === 0 ? "" : `  ${safeLine(words.join(" "))}`;
  return `  ${stepText(step)}  ${durationText(now - since)}${tail}`;
}

function footText(view: ApplyView): string {
  const { total, done, failed, skipped, startedAt, now } = view;
  const counts = [`${done}/${total} done`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped > 0) counts.push(`${skipped} skipped`);
  const rest = estimatedRest(view);
  const estimate = rest === undefined ? "" : ` · about ${durationText(rest)} left`;
  return `${counts.join(", ")} · ${durationText(now - startedAt)}${estimate}`;
}
