import { describe, expect, it } from "vitest";
import { checkDesired } from "../../src/core/check.ts";
import { dependencyGraph } from "../../src/core/dependency-graph.ts";
import { document, kinds, restart } from "./fixtures/town.ts";

describe("dependencyGraph()", () => {
  it("has every document as a node, and every pair once with all its ways", () => {
    restart();
    const { desired } = checkDesired(
      [
        document("Town/t", {}),
        document("Street/s", { town: "t" }, { dependsOn: ["Town/t"] }),
        document("House/h", { street: "s", name: "near-same", beside: { id: "9", street: "s" } }),
        document("House/away", { street: { id: "7", town: { id: "8" } } }),
      ],
      kinds,
    );
    const graph = dependencyGraph([...desired].reverse(), kinds);
    expect(graph.nodes).toEqual([
      { address: "House/away", kind: "House", source: { file: "a.yaml", line: 40 } },
      { address: "House/h", kind: "House", source: { file: "a.yaml", line: 30 } },
      { address: "Street/s", kind: "Street", source: { file: "a.yaml", line: 20 } },
      { address: "Town/t", kind: "Town", source: { file: "a.yaml", line: 10 } },
    ]);
    expect(graph.edges).toEqual([
      { from: "House/h", to: "Street/s", via: ["street", "beside"] },
      { from: "House/h", to: "Town/t", via: ["order"] },
      { from: "Street/s", to: "Town/t", via: ["town", "dependsOn"] },
    ]);
  });

  it("leaves out what nothing declares", () => {
    restart();
    const lonely = document("Street/s", { town: "t" }, { dependsOn: ["Town/t"] });
    expect(dependencyGraph([lonely], kinds).edges).toEqual([]);
    expect(dependencyGraph([], kinds)).toEqual({ nodes: [], edges: [] });
  });
});
