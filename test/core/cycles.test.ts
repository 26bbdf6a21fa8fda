import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCycles } from "../../src/core/cycles.ts";

type Graph = Readonly<Record<string, readonly string[]>>;

function cyclesOf(graph: Graph): string[][] {
  return findCycles(Object.keys(graph), (node) => graph[node] ?? []);
}

describe("findCycles()", () => {
  test("names each cycle once, in the order of its edges, and nothing that only leads to it", () => {
    expect(cyclesOf({ a: ["b"], b: ["c"], c: ["a"], d: ["a"], e: [] })).toEqual([["a", "b", "c"]]);
    expect(cyclesOf({ z: ["a"], a: ["b", "x"], b: ["a"], c: ["c"] })).toEqual([["a", "b"], ["c"]]);
    expect(cyclesOf({ a: ["b"], b: ["gone", "c"], c: [] })).toEqual([]);
    expect(cyclesOf({})).toEqual([]);
  });

  test("copes with a chain that recursion would not", () => {
    const count = 50_000;
    const nodes = Array.from({ length: count }, (_, index) => index);
    expect(findCycles(nodes, (node) => [node + 1])).toEqual([]);
    expect(findCycles(nodes, (node) => [(node + 1) % count])).toEqual([nodes]);
  });

  test("finds only real cycles, and after taking them out none is left", () => {
    const graphs = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = [...edges.keys()];
        const cycles = findCycles(nodes, (node) => edges[node] ?? []);
        for (const cycle of cycles) {
          for (const [index, node] of cycle.entries()) {
            expect(edges[node]).toContain(cycle[(index + 1) % cycle.length]);
          }
        }
        const rest = nodes.filter((node) => !cycles.flat().includes(node));
        expect(findCycles(rest, (node) => edges[node] ?? [])).toEqual([]);
        expect(new Set(cycles.flat()).size).toBe(cycles.flat().length);
      }),
    );
  });
});
