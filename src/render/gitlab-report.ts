import { findingsOf } from "./findings.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

/** A run as a code quality report of GitLab: one entry per fault, guard, warning or drifted object. Pure. */
export function renderGitlab(report: Report): string {
  const findings = findingsOf(report);
  const marks = fingerprintsOf(findings);
  return jsonText(
    findings.map(({ level, rule, message, details, file, line }, index) => ({
      description: [message, ...details].join("\n"),
      check_name: rule,
      fingerprint: marks[index],
      severity: level === "error" ? "critical" : "minor",
      location: { path: file, lines: { begin: line } },
    })),
  );
}
