import type { CloudAnswer, Diagnostic } from "../core/errors.ts";
import { helpOf } from "../core/next-step.ts";
import { placeText } from "../core/place-of.ts";
import type { Paint } from "./paint.ts";
import { safeLine } from "./safe-text.ts";

/**
 * Diagnostics in the form `error[E_CODE] place: sentence`, each with its cure, what the cloud said and what else was
 * found out on lines of their own. The place is `file:line:column address field`, as far as known. Ends with a line break; empty for an empty list.
 */
export function renderDiagnostics(list: readonly Diagnostic[], paint: Paint): string {
  return list.map((one) => `${diagnosticLines(one, paint).join("\n")}\n`).join("");
}

/** One diagnostic as lines: the sentence, its cure, what the cloud said. */
export function diagnosticLines(one: Diagnostic, paint: Paint): string[] {
  const label = `${one.severity}[${one.code}]`;
  const colour = one.severity === "error" ? paint.red : paint.yellow;
  const lines = [`${paint.bold(colour(label))}${whereText(one)}: ${safeLine(one.message)}`];
  const help = helpOf(one);
  if (help !== undefined) lines.push(`  ${paint.cyan("help:")} ${safeLine(help)}`);
  if (one.cloud !== undefined) lines.push(`  ${paint.cyan("cloud:")} ${cloudText(one.cloud)}`);
  lines.push(...(one.details ?? []).map((line) => `  ${paint.dim("|")} ${safeLine(line)}`));
  return lines;
}

/** The same diagnostic on a single line, without colour: for progress lines. */
export function diagnosticLine(one: Diagnostic): string {
  const cloud = one.cloud === undefined ? "" : ` (cloud: ${cloudText(one.cloud)})`;
  return `${one.severity}[${one.code}]${whereText(one)}: ${safeLine(one.message)}${cloud}`;
}

function whereText({ place, address, field }: Diagnostic): string {
  const parts = [place === undefined ? undefined : placeText(place), address, field];
  return parts.map((part) => (part === undefined ? "" : ` ${safeLine(part)}`)).join("");
}

/** What the cloud answered, its own words unchanged but for characters that steer terminals and signatures in URLs. */
export function cloudText({ action, status, code, message, requestId }: CloudAnswer): string {
  const answered = status === undefined ? `${action} failed` : `${action} answered HTTP ${status}`;
  const head = code === undefined ? answered : `${answered} ${code}`;
  const words = message === undefined ? head : `${head}: ${message}`;
  return safeLine(requestId === undefined ? words : `${words} (request id ${requestId})`);
}
