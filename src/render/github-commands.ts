import { findingsOf } from "./findings.ts";
import type { Report } from "./report.ts";

/** A run as workflow commands of GitHub Actions: one annotation per fault, guard, warning or drifted object. Pure. */
export function renderGithub(report: Report): string {
  return findingsOf(report)
    .map(({ level, rule, message, details, file, line, column }) => {
      const properties = [
        `file=${property(file)}`,
        `line=${line}`,
        ...(column === undefined ? [] : [`col=${column}`]),
        `title=${property(`cairn ${rule}`)}`,
      ];
      return `::${level} ${properties.join(",")}::${text([message, ...details].join("\n"))}\n`;
    })
    .join("");
}

/** What ends a command, and the percent sign that escapes it. */
function text(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
  return text(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
