import type { Report } from "../render/report.ts";
import type { FormatName } from "./options.ts";

/** A format that is made of the whole run at its end. Undefined: there is nothing to write. */
type Renderer = (report: Report) => string | undefined | Promise<string | undefined>;

/** The formats that show a report; text, the document for programs and the event stream are made as the run goes. */
export type ReportFormat = Exclude<FormatName, "text" | "json" | "yaml" | "ndjson">;

/** Loads what writes a format, and nothing that others need. */
export const renderers: Readonly<Record<ReportFormat, () => Promise<Renderer>>> = {
  markdown: async () => (await import("../render/markdown.ts")).renderMarkdown,
  html: async () => (await import("../render/html.ts")).renderHtml,
  sarif: async () => (await import("../render/sarif.ts")).renderSarif,
  github: async () => (await import("../render/github-commands.ts")).renderGithub,
  gitlab: async () => (await import("../render/gitlab-report.ts")).renderGitlab,
  junit: async () => (await import("../render/junit.ts")).renderJunit,
  mermaid: async () => (await import("../render/graph-mermaid.ts")).renderMermaid,
  dot: async () => (await import("../render/graph-dot.ts")).renderDot,
  svg: async () => (await import("../render/graph-svg.ts")).renderSvg,
};

/** True for a format that shows a report. */
export function isReportFormat(format: FormatName): format is ReportFormat {
  return Object.hasOwn(renderers, format);
}
