import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alike } from "../../src/core/diff.ts";
import { restrict } from "../../src/core/restrict.ts";
import { isFields, type Value } from "../../src/core/values.ts";
import { values } from "./fixtures/values.ts";

const yaml = { yaml: true };

/** Adds to every record of a value what a cloud might. */
function embellished(value: Value): Value {
  if (Array.isArray(value)) return value.map(embellished);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Value] => [key, embellished(item)]);
  return Object.fromEntries([...entries, ["added by the cloud", { at: 1 }]]);
}

describe("restrict()", () => {
  test.each<[string, Value, Value[], Value]>([
    ["what nobody declared", { a: 1, b: 2 }, [{ a: 9 }], { a: 1 }],
    ["nothing that one of several declared", { a: 1, b: 2, c: 3 }, [{ a: 0 }, { b: 0 }], { a: 1, b: 2 }],
    ["nothing of a scalar", 1, [{ a: 1 }], 1],
    ["nothing of a record that is declared to be something else", { a: 1 }, ["x", []], { a: 1 }],
    ["nothing of a list that is declared to be something else", [{ a: 1 }], [{ a: 1 }], [{ a: 1 }]],
    ["nothing of a list of scalars", [1, 2], [[1]], [1, 2]],
    ["the defaults of list elements", [{ a: 1, b: 2 }], [[{ a: 0 }]], [{ a: 1 }]],
    ["no element of an outermost list", [{ a: 1 }, { a: 2, b: 1 }], [[{ a: 1 }]], [{ a: 1 }, { a: 2, b: 1 }]],
    ["keys that records only inherit", { constructor: 1, toString: 2, a: 3 } as never, [{ a: 3 }], { a: 3 }],
    ["__proto__", JSON.parse('{"__proto__": {"x": 1}, "a": 1}'), [{ a: 1 }], { a: 1 }],
    [
      "nothing declared, whatever it is called",
      JSON.parse('{"__proto__": {"x": 1, "y": 2}}'),
      [JSON.parse('{"__proto__": {"x": 1}}')],
      JSON.parse('{"__proto__": {"x": 1}}'),
    ],
  ])("takes away %s", (_, live, declared, expected) => {
    expect(restrict(live, declared, {})).toEqual(expected);
  });

  test("finds declared elements by name in Kubernetes objects, and drops what the cloud added beside them", () => {
    const live = {
      containers: [
        { name: "sidecar", image: "s" },
        { name: "web", image: "w", pull: "Always" },
      ],
    };
    expect(restrict(live, [{ containers: [{ name: "web", image: "x" }] }], yaml)).toEqual({
      containers: [{ name: "web", image: "w" }],
    });
  });

  test("keeps elements that only have a position", () => {
    const live = { ports: [{ port: 1, protocol: "TCP" }, { port: 2 }] };
    expect(restrict(live, [{ ports: [{ port: 1 }] }], yaml)).toEqual({ ports: [{ port: 1 }, { port: 2 }] });
  });

  test("finds elements of an unordered list by their identity, and keeps undeclared ones", () => {
    const live = [
      { name: "b", port: 2, nodePort: 9 },
      { name: "a", port: 1, nodePort: 8 },
    ];
    expect(restrict(live, [[{ name: "a", port: 1 }]], { unordered: ["name"] })).toEqual([
      { name: "b", port: 2, nodePort: 9 },
      { name: "a", port: 1 },
    ]);
  });

  const arrangements = fc.constantFrom({}, yaml, { unordered: [] }, { unordered: ["name"] });

  test("does no more the second time", () => {
    fc.assert(
      fc.property(values, fc.array(values, { maxLength: 2 }), arrangements, (live, declared, arrangement) => {
        const once = restrict(live, declared, arrangement);
        expect(restrict(once, declared, arrangement)).toEqual(once);
      }),
    );
  });

  test("leaves what was declared, whatever the cloud adds to its records", () => {
    fc.assert(
      fc.property(values, fc.constantFrom({}, yaml), (declared, arrangement) => {
        expect(alike(restrict(embellished(declared), [declared], arrangement), declared, arrangement)).toBe(true);
      }),
    );
  });
});
