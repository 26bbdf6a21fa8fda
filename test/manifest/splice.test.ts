import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { Value } from "../../src/core/values.ts";
import { read, spliced } from "./spliced.ts";

describe("splice()", () => {
  const deep = { a: { b: 1, c: 2, d: 3 } };
  it.each<[string, string, Value | undefined, string]>([
    ["takes a field out of brackets", "v: { a: 1, b: 2, c: 3 }", { a: 1, c: 3 }, "v: { a: 1, c: 3 }"],
    ["takes the first field out of brackets", "v: {a: 1, b: 2}", { b: 2 }, "v: {b: 2}"],
    ["takes fields in a row out of brackets", "v: [1, 2, 3, 4]", [1, 4], "v: [1, 4]"],
    ["takes the last field out of brackets", "v: { a: 1, b: 2, }", { a: 1 }, "v: { a: 1, }"],
    ["puts a field into brackets", "v: { a: 1 } # all", { a: 1, "b c": [1, {}] }, "v: { a: 1, b c: [1, {}] } # all"],
    ["puts a field into empty brackets", "v: {} # all", { a: "x: y" }, 'v: { a: "x: y" } # all'],
    ["puts elements into empty brackets", "v: [ ]", ["a", "0644"], 'v: [a, "0644"]'],
    ["puts an element before others in brackets", "v: [b, c]", ["a", "b", "c"], "v: [a, b, c]"],
    [
      "gives a field in brackets a line where the others have theirs",
      "v: {\n  a: 1, # one\n  b: 2 # two\n  }",
      { a: 1, b: 2, c: 3 },
      "v: {\n  a: 1, # one\n  b: 2, # two\n  c: 3\n  }",
    ],
    [
      "goes on with a comma behind the last field",
      "v: [\n  a,\n  b, # two\n  ]",
      ["a", "b", "c"],
      "v: [\n  a,\n  b, # two\n  c,\n  ]",
    ],
    ["puts a line before others", "v: [\n  b\n  ]", ["a", "b"], "v: [\n  a,\n  b\n  ]"],
    [
      "takes a line out of brackets with its comment, and no other",
      "v: {\n  # before\n  a: 1, # one\n  b: 2 # two\n  }",
      { a: 1 },
      "v: {\n  # before\n  a: 1, # one\n  }",
    ],
    ["keeps the blanks before a comment", "v: a \t # note", "b", "v: b \t # note"],
    [
      "takes a line out of a block with its comment; those around it stay",
      "v:\n  # before\n  a: 1\n  # about b\n  b: 2 # two\n  # after\n  c: 3",
      { a: 1, c: 3 },
      "v:\n  # before\n  a: 1\n  # about b\n  # after\n  c: 3",
    ],
    [
      "takes the first field of an element",
      "v:\n  - a: 1 # one\n    # about b\n    b: 2\n  - 3",
      [{ b: 2 }, 3],
      "v:\n  - # about b\n    b: 2\n  - 3",
    ],
    [
      "takes the first fields of an element",
      "v:\n  - a: 1\n    b: 2\n    c: 3\n  - 3",
      [{ c: 3 }, 3],
      "v:\n  - c: 3\n  - 3",
    ],
    ["empties a block", "v: # about v\n  a: 1\n  # left\n  b: 2", {}, "v: {} # about v\n  # left"],
    ["empties an element", "v:\n  - a: 1\n  - 2", [{}, 2], "v:\n  - {}\n  - 2"],
    ["empties a list", "v:\n- a\n- b", [], "v: []"],
    [
      "fills a block with other fields",
      "v:\n  a: 1 # one\n  b: 2",
      { c: { d: [1] } },
      "v:\n  c:\n    d:\n      - 1 # one",
    ],
    [
      "adds lines behind the last one, before the comments that follow",
      "v:\n    a: 1 # one\n    # after\n",
      { a: 1, b: { c: ["x"] } },
      "v:\n    a: 1 # one\n    b:\n      c:\n        - x\n    # after\n",
    ],
    ["adds an element before others", "v:\n  - b\n  - c", ["a", "b", "c"], "v:\n  - a\n  - b\n  - c"],
    ["adds an element between others", "v:\n  - a # one\n  - c", ["a", "b", "c"], "v:\n  - a # one\n  - b\n  - c"],
    ["adds to a nested list", "v:\n  - - a\n    - b", [["a", "b", "c"]], "v:\n  - - a\n    - b\n    - c"],
    ["writes a single value over a block", "v: # about v\n  a: 1\n  b: 2", 3, "v: 3 # about v"],
    ["writes a single value over brackets", "v: { a: 1 } # about v", "x", "v: x # about v"],
    ["writes brackets over a single value", "v: x # about v", { a: [1] }, "v: { a: [1] } # about v"],
    ["writes other elements over a block", "v:\n  - 1\n  - 2", [{ a: 1 }], "v:\n  - { a: 1 }"],
    ["keeps what is not about the value in its line", "\"v\" : !!str  'a'  # text", "b", "\"v\" : !!str  'b'  # text"],
    ["keeps an anchor that nobody uses", "v: &x a", "b", "v: &x b"],
    ["reads keys as values are read", "v: { 1: a, 0x2: b }", { 1: "a", 2: "c" }, "v: { 1: a, 0x2: c }"],
    [
      "finds an element behind its dash and a comment",
      "v:\n  - # one\n    a: 1\n  - b",
      [{ a: 2 }, "b"],
      "v:\n  - # one\n    a: 2\n  - b",
    ],
    ["spells out a question mark's key", "? v\n: a", "b", "? v\n: b"],
    ["writes a block text with a single line", "v: |\n  a\n  b\n", "c\n", "v: |\n  c\n"],
    ["writes a block text without a last line break", "v: |\n  a\n", "b", "v: |-\n  b\n"],
    ["keeps a block text's indentation", "v: |2 # two\n   a\n  b\n", "c\nb\n", "v: |2 # two\n  c\n  b\n"],
    ["quotes what a block text cannot hold", "v: |\n  a\n", " a\n\n", 'v: " a\\n\\n"\n'],
    ["folds as wide as it was folded", "v: >-\n  aa bb\n  cc\n", "aa bb dd\ncc", "v: >-\n  aa bb\n  dd\n\n  cc\n"],
    ["writes a text over several lines in place of another", "v: a\nw: b\n", "x\ny\n", "v: |\n  x\n  y\nw: b\n"],
    ["writes beside a colon that nothing follows", "v:\nw: 1", "a", "v: a\nw: 1"],
    [
      "changes one leaf alone",
      dump({ v: deep }),
      { a: { b: 1, c: 9, d: 3 } },
      dump({ v: { a: { b: 1, c: 9, d: 3 } } }),
    ],
  ])("%s", (_, before, after, result) => {
    expect(spliced(before, after)).toBe(result);
    expect((read(result) as { v: Value }).v).toEqual(after);
  });
});
