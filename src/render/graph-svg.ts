import { failure } from "../core/errors.ts";
import { drawingIn } from "./drawing.ts";
import { dotText } from "./graph-dot.ts";
import type { Report } from "./report.ts";
import { svgText } from "./viz.ts";

/** The graph of the manifests as an SVG document, on white; undefined where there is none. Pure. */
export async function renderSvg(report: Report): Promise<string | undefined> {
  const drawing = drawingIn(report);
  if (drawing === undefined) return undefined;
  try {
    return await svgText(dotText(drawing).replace('"transparent"', '"white"'));
  } catch {
    throw failure("E_USAGE", `${drawing.nodes.length} resources are more than can be drawn here`, {
      help: "write --format dot and let Graphviz itself draw it",
    });
  }
}
