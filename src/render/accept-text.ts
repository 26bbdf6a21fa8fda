import { maskLog } from "../core/mask.ts";
import type { AcceptedFile, AcceptedResource, AcceptReport } from "./accept-report.ts";
import { amount } from "./amount.ts";
import { diffLineText } from "./field-text.ts";
import type { Paint } from "./paint.ts";
import { projectText } from "./project-text.ts";
import { safeLine } from "./safe-text.ts";
import { sourceText } from "./source-text.ts";
import { textDiff } from "./text-diff.ts";

/**
 * What was accepted, for people: each resource with its fields, then what changed in each file, and a last line with counts.
 * Errors and warnings are shown elsewhere. Ends with a line break.
 */
export function renderAcceptText(report: AcceptReport, paint: Paint): string {
  const { accepted, files } = report;
  const sections = [
    `${paint.bold(`Drift of ${projectText(report)} accepted`)}\n`,
    accepted.map((one) => `${resourceLine(one, paint)}\n`).join(""),
    ...files.map((one) => `${fileLines(one, paint).join("\n")}\n`),
    `${paint.bold(verdict(report))}\n`,
  ];
  return sections.filter((text) => text !== "").join("\n");
}

function resourceLine({ address, source, fields }: AcceptedResource, paint: Paint): string {
  const place = paint.dim(safeLine(sourceText(source)));
  return `${paint.green("= accepted")} ${paint.bold(safeLine(address))}  ${place}\n    ${fields.map(safeLine).join(", ")}`;
}

function fileLines({ path, before, after }: AcceptedFile, paint: Paint): readonly string[] {
  const lines = textDiff(maskLog(before), maskLog(after)).map((line) => `  ${diffLineText(line, paint)}`);
  return [paint.bold(safeLine(path)), ...lines];
}

function verdict({ accepted, files, errors }: AcceptReport): string {
  const left = errors.length === 0 ? "" : ` ${errors.length} not accepted.`;
  if (accepted.length === 0) return errors.length === 0 ? "Nothing to accept." : `Nothing was accepted.${left}`;
  const fields = accepted.reduce((sum, one) => sum + one.fields.length, 0);
  return `Accepted: ${amount(fields, "value")} of ${amount(accepted.length, "resource")}, in ${amount(files.length, "file")}.${left}`;
}
