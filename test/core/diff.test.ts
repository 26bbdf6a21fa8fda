import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alike, differences, keyedElements } from "../../src/core/diff.ts";
import type { Value } from "../../src/core/values.ts";
import { isEqual, values } from "./fixtures/values.ts";

const { parse } = JSON;

describe("differences()", () => {
  test.each<[string, Value | undefined, Value | undefined, unknown]>([
    ["a scalar", 1, 2, [{ path: "", before: 1, after: 2 }]],
    ["types", "1", 1, [{ path: "", before: "1", after: 1 }]],
    ["what is new", undefined, { a: [1] }, [{ path: "", after: { a: [1] } }]],
    ["what is gone", [1], undefined, [{ path: "", before: [1] }]],
    ["nothing", undefined, undefined, []],
    ["null and absence", { a: null }, {}, [{ path: "a", before: null }]],
    [
      "leaves, by path",
      { b: { c: 1 }, a: 1 },
      { b: { c: 2 }, a: 2 },
      [
        { path: "a", before: 1, after: 2 },
        { path: "b.c", before: 1, after: 2 },
      ],
    ],
    ["a record given up", { a: { b: 1 } }, { a: 1 }, [{ path: "a", before: { b: 1 }, after: 1 }]],
    [
      "positions",
      [1, 2],
      [1, 3, 4],
      [
        { path: "[1]", before: 2, after: 3 },
        { path: "[2]", after: 4 },
      ],
    ],
    ["a list and a record, both empty", { a: [] }, { a: {} }, [{ path: "a", before: [], after: {} }]],
    ["a list and a record", [1], { 0: 1 }, [{ path: "", before: [1], after: { 0: 1 } }]],
  ])("tells %s", (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  test("takes a field that is undefined for an absent one", () => {
    const undefinedField = { a: 1, b: undefined } as never;
    expect(differences(undefinedField, { a: 2 })).toEqual([{ path: "a", before: 1, after: 2 }]);
  });

  test("compares keys that objects inherit as plain keys, and pollutes nothing", () => {
    const before = parse('{"__proto__": {"polluted": 1}, "constructor": 1}');
    const after = parse('{"__proto__": {"polluted": 2}, "toString": 3}');
    expect(differences(before, after)).toEqual([
      { path: "__proto__.polluted", before: 1, after: 2 },
      { path: "constructor", before: 1 },
      { path: "toString", after: 3 },
    ]);
    expect("polluted" in {}).toBe(false);
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
  });

  test("is empty exactly where a naive comparison finds none", () => {
    fc.assert(fc.property(values, values, (a, b) => (differences(a, b).length === 0) === isEqual(a, b)));
    fc.assert(fc.property(values, (a) => differences(a, structuredClone(a)).length === 0));
  });

  test("leaves both values as they were, and turns around with them", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const copies = structuredClone([a, b]);
        const there = differences(a, b).map(({ path, ...sides }) => [path, "before" in sides, "after" in sides]);
        const back = differences(b, a).map(({ path, ...sides }) => [path, "after" in sides, "before" in sides]);
        expect([...there].sort()).toEqual([...back].sort());
        expect([a, b]).toEqual(copies);
      }),
    );
  });
});

describe("differences() of unordered lists", () => {
  test("finds elements again by their fields", () => {
    const by = { unordered: ["name", "at.port"] };
    const one = { name: "a", at: { port: 1 }, x: 1 };
    const other = { name: "b", x: 2 };
    expect(differences([one, other], [other, { ...one, x: 9 }], by)).toEqual([
      { path: "[a/1].x", before: 1, after: 9 },
    ]);
    expect(differences([one], [other], by)).toEqual([
      { path: "[a/1]", before: one },
      { path: "[b/]", after: other },
    ]);
  });

  test("keeps twins apart, also from an element that is called like a twin", () => {
    const by = { unordered: ["n"] };
    const list = [
      { n: "a", v: 1 },
      { n: "a", v: 2 },
      { n: "a#2", v: 3 },
    ];
    expect(keyedElements(list, by, true).map(({ key }) => key)).toEqual(["a", "a#3", "a#2"]);
    expect(
      differences(
        list,
        [
          { n: "a", v: 1 },
          { n: "a", v: 9 },
          { n: "a#2", v: 3 },
        ],
        by,
      ),
    ).toEqual([{ path: "[a#3].v", before: 2, after: 9 }]);
  });

  test("counts the elements of a set", () => {
    expect(differences(["a", "b"], ["b", "a", "a"], { unordered: [] })).toEqual([{ path: '["a"#2]', after: "a" }]);
  });

  test("sees no order in the outermost list, and order in every other", () => {
    const shuffled = fc
      .array(values, { maxLength: 6 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(shuffled, ([list, other]) => alike(list, other, { unordered: [] })));
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 6 }), values, (names, value) => {
        const list = names.map((name) => ({ name, value }));
        expect(alike(list, [...list].reverse(), { unordered: ["name"] })).toBe(true);
      }),
    );
    expect(alike([[1, 2]], [[2, 1]], { unordered: [] })).toBe(false);
    expect(alike({ a: [1, 2] }, { a: [2, 1] }, { unordered: [] })).toBe(false);
  });
});

describe("differences() of Kubernetes objects", () => {
  const yaml = { yaml: true };

  test("finds elements again by name, wherever every element has one of its own", () => {
    const before = {
      containers: [
        { name: "a", image: "1" },
        { name: "b", image: "1" },
      ],
    };
    const after = {
      containers: [
        { name: "b", image: "2" },
        { name: "a", image: "1" },
      ],
    };
    expect(differences(before, after, yaml)).toEqual([{ path: "containers[b].image", before: "1", after: "2" }]);
  });

  test.each<[string, Value[]]>([
    ["a twin", [{ name: "a" }, { name: "a" }]],
    ["a nameless element", [{ name: "a" }, {}]],
    ["a name that is no text", [{ name: 1 }, { name: "a" }]],
    ["a scalar", ["a", { name: "b" }]],
  ])("goes by position where there is %s", (_, list) => {
    expect(keyedElements(list, yaml, false).map(({ key }) => key)).toEqual(["0", "1"]);
  });
});
