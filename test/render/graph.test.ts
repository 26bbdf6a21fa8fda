import { describe, expect, it } from "vitest";
import { address } from "../../src/core/address.ts";
import type { DependencyGraph } from "../../src/core/dependency-graph.ts";
import { renderDot } from "../../src/render/graph-dot.ts";
import { graphDocument } from "../../src/render/graph-json.ts";
import { renderMermaid } from "../../src/render/graph-mermaid.ts";
import { renderSvg } from "../../src/render/graph-svg.ts";
import { planGraph } from "../../src/render/html-graph.ts";
import { change, planOf } from "./changes.ts";
import { hostileTexts } from "./hostile-plan.ts";
import { reportOf } from "./report-of.ts";

const names = ["店铺", ...hostileTexts];
const graph: DependencyGraph = {
  nodes: names.map((name) => ({ address: address("App", name), kind: "App" })),
  edges: names.slice(1).map((name, index) => ({
    from: address("App", name),
    to: address("App", "店铺"),
    via: index === 0 ? ["dependsOn"] : ["app"],
  })),
};
const report = reportOf({ command: "graph", found: { type: "graph", graph } });

describe("the graph of manifests", () => {
  it("keeps hostile names inside the labels of Mermaid", () => {
    const text = renderMermaid(report) ?? "";
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(1 + names.length + graph.edges.length);
    expect(lines[1]).toBe('  n1["App<br>店铺"]');
    const odd = lines.filter(
      (line) => !/^(graph LR| {2}n\d+\["App<br>(?:[\p{L}\p{N} ._/-]|#\d+;)*"\]| {2}n\d+ -\.?-> n1)$/u.test(line),
    );
    expect(odd).toEqual([]);
    expect(lines.filter((line) => line.includes("-.->"))).toEqual(["  n2 -.-> n1"]);
  });

  it("keeps hostile names inside the labels of DOT, and Graphviz shows them as they are", async () => {
    const dot = renderDot(report) ?? "";
    expect(dot.split("\n").filter((line) => /^ {2}n\d+ \[/.test(line))).toHaveLength(names.length);
    expect(dot).toContain("n2 -> n1 [style=dashed];");
    const svg = (await renderSvg(report)) ?? "";
    expect(svg.match(/class="node"/g)).toHaveLength(names.length);
    expect(svg).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(svg).toContain("#quot;\\N\\");
    expect(svg).not.toMatch(/<(script|img|b|a)\b/);
  });

  it("gives nothing where the run ended before", async () => {
    const none = reportOf({ command: "graph" });
    expect([renderMermaid(none), renderDot(none), await renderSvg(none)]).toEqual([undefined, undefined, undefined]);
  });

  it("is a document of nodes and edges", () => {
    const [node] = graph.nodes;
    const placed =
      node === undefined
        ? []
        : [{ ...node, source: { file: "a.yaml", line: 2, column: 1 } }, ...graph.nodes.slice(1, 2)];
    expect(graphDocument({ nodes: placed, edges: [] }, { project: "p", stack: "s" })).toEqual({
      format_version: "1.0",
      project: "p",
      stack: "s",
      nodes: [
        { address: "App/店铺", kind: "App", source: "a.yaml:2" },
        { address: `App/${hostileTexts[0]}`, kind: "App" },
      ],
      edges: [],
    });
  });
});

describe("planGraph()", () => {
  const chain = (count: number, isMoving: (index: number) => boolean) =>
    Array.from({ length: count }, (_, index) =>
      change(address("App", String(index)), {
        action: isMoving(index) ? "update" : "no-op",
        dependencies: index === 0 ? [] : [address("App", String(index - 1))],
      }),
    );

  it("draws of a large plan what changes and its neighbours, and says what is missing", async () => {
    const { svg, remark } = await planGraph(planOf(chain(300, (index) => index === 100 || index === 250)));
    expect(svg?.match(/class="node /g)).toHaveLength(6);
    expect(svg?.match(/class="edge"/g)).toHaveLength(4);
    expect(svg).not.toMatch(/<!--|<title>|<\?xml/);
    expect(remark).toBe("294 unchanged resources that no change touches are not drawn.");
  });

  it("draws nothing where nothing is, where nothing changes in much, and where too much changes", async () => {
    expect(await planGraph(planOf([]))).toEqual({});
    expect(await planGraph(planOf(chain(300, () => false)))).toEqual({});
    expect(await planGraph(planOf(chain(300, () => true)))).toEqual({
      remark: "300 resources are too many to draw here; cairn graph --format dot writes all of them.",
    });
  });
});
