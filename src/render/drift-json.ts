import { type DriftedResource, type DriftField, type DriftReport, hasDrift } from "../core/drift.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import { jsonText } from "./json-text.ts";
import { shownDrift } from "./shown-drift.ts";
import { sourceText } from "./source-text.ts";

/** A drifted object in JSON: its source as `file:line`. */
type DriftedDocument = Omit<DriftedResource, "source"> & { readonly source?: string };

/** A drift report as a plain document. */
export type DriftDocument = Omit<DriftReport, "changed" | "missing"> & {
  readonly format_version: "1.0";
  readonly cairn_version: string;
  /** True where an owned object has moved or is gone. */
  readonly drifted: boolean;
  /** True where something could not be compared. */
  readonly errored: boolean;
  readonly changed: readonly DriftedDocument[];
  readonly missing: readonly DriftedDocument[];
};

/** Puts a report into its JSON form: values masked, secrets left out. */
export function driftDocument(report: DriftReport, cairnVersion: string): DriftDocument {
  return {
    format_version: "1.0",
    cairn_version: cairnVersion,
    ...report,
    drifted: hasDrift(report),
    errored: report.errors.length > 0,
    changed: report.changed.map(resourceDocument),
    missing: report.missing.map(resourceDocument),
    errors: report.errors.map(diagnosticDocument),
    warnings: report.warnings.map(diagnosticDocument),
  };
}

/** The drift document as JSON text. */
export function renderDriftJson(report: DriftReport, cairnVersion: string): string {
  return jsonText(driftDocument(report, cairnVersion));
}

function resourceDocument({ source, fields, ...rest }: DriftedResource): DriftedDocument {
  return {
    ...rest,
    ...(source === undefined ? {} : { source: sourceText(source) }),
    fields: fields.map(fieldDocument),
  };
}

function fieldDocument(field: DriftField): DriftField {
  const { applied: _applied, live: _live, ...rest } = field;
  const { before, after, secret } = shownDrift(field);
  return {
    ...rest,
    ...(before === undefined ? {} : { applied: before }),
    ...(after === undefined ? {} : { live: after }),
    ...(secret ? { secret: true } : {}),
  };
}
