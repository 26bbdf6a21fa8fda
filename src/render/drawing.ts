import type { DependencyGraph } from "../core/dependency-graph.ts";
import type { Report } from "./report.ts";
import { safeLine } from "./safe-text.ts";

/** A node as it is drawn: its label in lines, harmless. */
export type DrawnNode = {
  readonly key: string;
  readonly label: readonly string[];
  /** The class of its shape, a word of cairn's own. */
  readonly look?: string;
  /** Where a click leads within the same page, e.g. `#change-3`. */
  readonly anchor?: string;
};

/** An edge from what needs to what is needed; `soft` where nothing but order binds the two. */
export type DrawnEdge = { readonly from: string; readonly to: string; readonly soft: boolean };

/** A graph that can be drawn, whatever it shows. */
export type Drawing = { readonly nodes: readonly DrawnNode[]; readonly edges: readonly DrawnEdge[] };

/** Kind above name, as every drawing labels a resource. Harmless. */
export function nodeLabel(address: string): readonly string[] {
  const at = address.indexOf("/");
  return [address.slice(0, at), address.slice(at + 1)].map(safeLine);
}

/** The drawing of what manifests declare; keys are `n1`, `n2`, … in the order of the addresses. */
function drawingOf({ nodes, edges }: DependencyGraph): Drawing {
  const keys = new Map(nodes.map(({ address }, index): [string, string] => [address, `n${index + 1}`]));
  return {
    nodes: nodes.map(({ address }, index) => ({ key: `n${index + 1}`, label: nodeLabel(address) })),
    edges: edges.map(({ from, to, via }) => ({
      from: keys.get(from) ?? "",
      to: keys.get(to) ?? "",
      soft: via.every((way) => way === "dependsOn" || way === "order"),
    })),
  };
}

/** The drawing of the graph that a report holds; undefined where the run ended before there was one. */
export function drawingIn({ found }: Report): Drawing | undefined {
  return found?.type === "graph" ? drawingOf(found.graph) : undefined;
}
