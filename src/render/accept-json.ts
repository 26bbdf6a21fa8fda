import type { Diagnostic } from "../core/errors.ts";
import type { AcceptReport } from "./accept-report.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import { sourceText } from "./source-text.ts";

/** What was accepted as a plain document: places as `file:line`, files by their paths. */
export type AcceptDocument = Omit<AcceptReport, "accepted" | "files"> & {
  readonly format_version: "1.0";
  readonly cairn_version: string;
  readonly accepted: readonly {
    readonly address: string;
    readonly source: string;
    readonly fields: readonly string[];
  }[];
  readonly files: readonly string[];
  /** True where something was not accepted. */
  readonly errored: boolean;
};

/** Puts a report into its JSON form. */
export function acceptDocument(report: AcceptReport, cairnVersion: string): AcceptDocument {
  const { accepted, files, errors, warnings } = report;
  const shown = (list: readonly Diagnostic[]): readonly Diagnostic[] => list.map(diagnosticDocument);
  return {
    format_version: "1.0",
    cairn_version: cairnVersion,
    ...report,
    accepted: accepted.map((one) => ({ ...one, source: sourceText(one.source) })),
    files: files.map(({ path }) => path),
    errored: errors.length > 0,
    errors: shown(errors),
    warnings: shown(warnings),
  };
}
