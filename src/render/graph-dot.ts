import { type Drawing, type DrawnNode, drawingIn } from "./drawing.ts";
import type { Report } from "./report.ts";
import { displayWidth } from "./width.ts";

/** The graph of the manifests in Graphviz' language; undefined where there is none. Pure. */
export function renderDot(report: Report): string | undefined {
  const drawing = drawingIn(report);
  return drawing && dotText(drawing);
}

/** A drawing in Graphviz' language, what needs to the left of what is needed. Labels cannot end their quotes. */
export function dotText({ nodes, edges }: Drawing): string {
  return [
    "digraph cairn {",
    '  graph [rankdir=LR, ranksep=0.6, nodesep=0.2, bgcolor="transparent"];',
    '  node [shape=box, style="rounded,filled", fillcolor="#f6f8fa", color="#57606a", fontname="Helvetica,Arial,sans-serif", fontsize=11];',
    '  edge [color="#8c959f", arrowsize=0.7];',
    ...nodes.map(nodeText),
    ...edges.map(({ from, to, soft }) => `  ${from} -> ${to}${soft ? " [style=dashed]" : ""};`),
    "}",
    "",
  ].join("\n");
}

function nodeText({ key, label, look, anchor }: DrawnNode): string {
  const attributes = [
    `width=${widthOf(label)}`,
    `label="${label.map(escaped).join("\\n")}"`,
    ...(look === undefined ? [] : [`class="${look}"`]),
    ...(anchor === undefined ? [] : [`URL="${anchor}"`, `tooltip="${label.map(escaped).join("/")}"`]),
  ];
  return `  ${key} [${attributes.join(", ")}];`;
}

/** In inches: browsers' fonts are wider than Graphviz thinks, and it knows none of Chinese. */
function widthOf(label: readonly string[]): string {
  return ((Math.max(...label.map(displayWidth)) * 6.6 + 20) / 72).toFixed(2);
}

/** Graphviz reads escapes (`\N`, `\l`) and entities in labels: neither may come from outside. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
