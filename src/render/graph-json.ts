import type { DependencyGraph } from "../core/dependency-graph.ts";
import { sourceText } from "./source-text.ts";

/** The graph of the manifests for programs. */
export type GraphDocument = {
  readonly format_version: "1.0";
  readonly project: string;
  readonly stack?: string;
  /** By address; `source` is `file:line`. */
  readonly nodes: readonly { readonly address: string; readonly kind: string; readonly source?: string }[];
  readonly edges: DependencyGraph["edges"];
};

/** Puts a graph into its JSON form. */
export function graphDocument(
  { nodes, edges }: DependencyGraph,
  subject: { readonly project: string; readonly stack?: string },
): GraphDocument {
  return {
    format_version: "1.0",
    ...subject,
    nodes: nodes.map(({ source, ...rest }) => ({
      ...rest,
      ...(source === undefined ? {} : { source: sourceText(source) }),
    })),
    edges,
  };
}
