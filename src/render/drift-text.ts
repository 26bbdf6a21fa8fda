import type { DriftedResource, DriftReport, UnmanagedObject } from "../core/drift.ts";
import { hasDrift } from "../core/drift.ts";
import { amount } from "./amount.ts";
import { renderDiagnostics } from "./diagnostic.ts";
import { fieldLines, type TextLayout } from "./field-text.ts";
import type { ShownElsewhere } from "./plan-text.ts";
import { projectText } from "./project-text.ts";
import { safeLine } from "./safe-text.ts";
import { shownDrift } from "./shown-drift.ts";
import { sourceText } from "./source-text.ts";

/**
 * A drift report for people: each changed object with what was applied last → what the cloud shows, the missing ones,
 * the unmanaged ones where asked for, what could not be compared, and a last line with counts. Ends with a line break.
 * Diagnostics that are shown elsewhere are left out, but not what the last line says of them.
 */
export function renderDriftText(report: DriftReport, layout: TextLayout, elsewhere: ShownElsewhere = []): string {
  const { paint } = layout;
  const changed = report.changed.map((one) => `${changedLines(one, layout).join("\n")}\n`);
  const missing = report.missing.map((one) => `${paint.red("! missing")} ${nameText(one, layout)}\n`).join("");
  const unmanaged = (report.unmanaged ?? [])
    .map((one) => `${paint.cyan("? unmanaged")} ${unmanagedText(one)}\n`)
    .join("");
  const errors = elsewhere.includes("errors") ? "" : renderDiagnostics(report.errors, paint);
  const sections = [
    ...changed,
    missing,
    unmanaged,
    errors === "" ? "" : `${paint.red("What could not be compared:")}\n${errors}`,
    elsewhere.includes("warnings") ? "" : renderDiagnostics(report.warnings, paint),
    `${paint.bold(driftVerdict(report))}\n`,
  ];
  return [`${paint.bold(`Drift of ${projectText(report)}`)}\n`, ...sections.filter((text) => text !== "")].join("\n");
}

function changedLines(one: DriftedResource, layout: TextLayout): string[] {
  const rows = one.fields.map((field) => ({ shown: shownDrift(field), side: "both" as const, notes: [] }));
  return [`${layout.paint.yellow("~ changed")} ${nameText(one, layout)}`, ...fieldLines(rows, 4, layout)];
}

function nameText({ address, id, source }: DriftedResource, { paint }: TextLayout): string {
  const known = id === undefined ? "" : ` (id ${id})`;
  const place = source === undefined ? "" : `  ${paint.dim(safeLine(sourceText(source)))}`;
  return `${paint.bold(safeLine(address))}${safeLine(known)}${place}`;
}

/** An unmanaged object and where it lives, on a harmless line. */
export function unmanagedText({ kind, identity, id, scope, provider }: UnmanagedObject): string {
  const within = Object.entries(scope).map(([path, value]) => `${path} ${value}`);
  const places = [...within, `provider ${provider}`].join(", ");
  return safeLine(`${kind} ${identity} (id ${id})  in ${places}`);
}

/** The last line of a drift report: its counts, and whether all could be compared. */
export function driftVerdict(report: DriftReport): string {
  const { changed, missing, unmanaged, same, errors } = report;
  const extra = unmanaged === undefined ? "" : `, ${unmanaged.length} unmanaged`;
  const failed = errors.length === 0 ? "" : `Incomplete, ${amount(errors.length, "error")}. `;
  if (hasDrift(report)) return `${failed}Drift: ${changed.length} changed, ${missing.length} missing${extra}.`;
  const verb = same === 1 ? "is" : "are";
  return `${failed}No drift. ${amount(same, "resource")} ${verb} as last applied${extra}.`;
}
