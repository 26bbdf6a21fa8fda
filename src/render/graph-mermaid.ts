import { drawingIn } from "./drawing.ts";
import type { Report } from "./report.ts";

/** The graph of the manifests in Mermaid's language, which code hosts draw in Markdown; undefined where there is none. Pure. */
export function renderMermaid(report: Report): string | undefined {
  const drawing = drawingIn(report);
  if (drawing === undefined) return undefined;
  const { nodes, edges } = drawing;
  return [
    "graph LR",
    ...nodes.map(({ key, label }) => `  ${key}["${label.map(escaped).join("<br>")}"]`),
    ...edges.map(({ from, to, soft }) => `  ${from} ${soft ? "-.->" : "-->"} ${to}`),
    "",
  ].join("\n");
}

/** Mermaid reads Markdown, HTML and entities in labels: every sign but the commonest is written as its number. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._/-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
