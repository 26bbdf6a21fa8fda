import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ordered, reachable } from "../../src/core/graph.ts";

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function edgesOf(graph: Readonly<Record<string, readonly string[]>>): Edges {
  return new Map(Object.entries(graph).map(([key, before]) => [key, new Set(before)]));
}

/** Any graph of up to eight nodes; some edges lead to nothing. */
const graphs: fc.Arbitrary<Edges> = fc
  .array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }), { maxLength: 8 })
  .map((rows) => new Map(rows.map((row, index) => [`n${index}`, new Set(row.map((to) => `n${to}`))])));

/** Depth-first search for a way back; independent of how `ordered` counts. */
function hasCycle(edges: Edges): boolean {
  const leadsTo = (from: string, goal: string, seen: Set<string>): boolean =>
    [...(edges.get(from) ?? [])].some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsTo(next, goal, seen);
    });
  return [...edges.keys()].some((key) => leadsTo(key, key, new Set()));
}

describe("ordered()", () => {
  test("puts each behind those that it names, the free ones by text", () => {
    expect(ordered(edgesOf({ c: ["a"], b: [], a: [], d: ["c", "b"] }))).toEqual(["a", "b", "c", "d"]);
    expect(ordered(edgesOf({ z: [], y: ["z"], a: ["y"] }))).toEqual(["z", "y", "a"]);
    expect(ordered(new Map())).toEqual([]);
  });

  test("ignores edges to keys that it does not know", () => {
    expect(ordered(edgesOf({ a: ["gone", "constructor"], constructor: [] }))).toEqual(["constructor", "a"]);
    expect(ordered(edgesOf({ a: ["gone"] }))).toEqual(["a"]);
  });

  test("is undefined for a cycle, also of one", () => {
    expect(ordered(edgesOf({ a: ["b"], b: ["a"], c: [] }))).toBeUndefined();
    expect(ordered(edgesOf({ a: ["a"] }))).toBeUndefined();
  });

  test("is a topological order of every key, or undefined exactly where there is a cycle", () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const order = ordered(edges);
        expect(order === undefined).toBe(hasCycle(edges));
        if (order === undefined) return;
        expect([...order].sort()).toEqual([...edges.keys()].sort());
        for (const [index, key] of order.entries()) {
          const behind = order.slice(index);
          expect([...(edges.get(key) ?? [])].filter((name) => behind.includes(name))).toEqual([]);
        }
      }),
    );
  });

  test("is the same in whatever order keys and edges come", () => {
    const shuffled = graphs.chain((edges) =>
      fc.tuple(fc.constant(edges), fc.shuffledSubarray([...edges], { minLength: edges.size })),
    );
    fc.assert(
      fc.property(shuffled, ([edges, rows]) => {
        const turned = new Map(rows.map(([key, names]) => [key, new Set([...names].reverse())]));
        expect(ordered(turned)).toEqual(ordered(edges));
      }),
    );
  });

  test("copes with a long chain", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `n${String(index).padStart(5, "0")}`);
    const chain = new Map(keys.map((key, index) => [key, new Set(keys.slice(index + 1, index + 2))]));
    expect(ordered(chain)).toEqual([...keys].reverse());
  });
});

describe("reachable()", () => {
  test("holds the starts and everything behind them, once, cycles included", () => {
    const next: Readonly<Record<string, readonly string[]>> = { a: ["b"], b: ["c", "a"], d: ["a"] };
    expect([...reachable(["a"], (key) => next[key] ?? [])].sort()).toEqual(["a", "b", "c"]);
    expect([...reachable(["d", "c"], (key) => next[key] ?? [])].sort()).toEqual(["a", "b", "c", "d"]);
    expect([...reachable([], () => ["x"])]).toEqual([]);
  });
});
