import { type Finding, findingsOf } from "./findings.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { jsonText } from "./json-text.ts";
import type { Report } from "./report.ts";

/** A run as SARIF 2.1.0: one result per fault, guard, warning or drifted object, at the line of the manifest. Pure. */
export function renderSarif(report: Report): string {
  const findings = findingsOf(report);
  const marks = fingerprintsOf(findings);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return jsonText({
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "cairn", version: report.cairnVersion, rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: !findings.some(({ level }) => level === "error") }],
        automationDetails: { id: `cairn/${[report.command, report.project, report.stack].filter(isSaid).join("/")}/` },
        results: findings.map((finding, index) => resultOf(finding, rules, marks[index] ?? "")),
      },
    ],
  });
}

function isSaid(part: string | undefined): part is string {
  return part !== undefined;
}

function resultOf(finding: Finding, rules: readonly string[], fingerprint: string): object {
  const { rule, level, message, details, file, line, column, address, field } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level,
    message: { text: [message, ...details].join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
        },
      },
    ],
    partialFingerprints: { "cairn/v1": fingerprint },
    ...(address === undefined ? {} : { properties: { address, ...(field === undefined ? {} : { field }) } }),
  };
}
