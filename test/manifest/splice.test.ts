import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { isFields, type Value } from "../../src/core/values.ts";
import { type Laid, layOut } from "../../src/manifest/layout.ts";
import { parseYaml } from "../../src/manifest/parse-yaml.ts";
import { splice } from "../../src/manifest/splice.ts";
import { applyEdits } from "../../src/manifest/text-edit.ts";

function read(text: string): Value | undefined {
  const [document] = parseYaml(new TextEncoder().encode(text), "a.yaml");
  expect(document?.faults).toEqual([]);
  return document?.value;
}

/** The text after its one field `v` has been made to hold another value. */
function spliced(text: string, after: Value | undefined, arrangement = {}): string {
  const [document] = parseYaml(new TextEncoder().encode(text), "a.yaml");
  const { value, text: source = "", start = 0 } = document ?? {};
  const holder = layOut(source);
  if (holder === undefined || !isFields(value)) throw new Error("no map");
  const before = value["v"];
  const { edits, obstacles, files } = splice(source, holder, [{ field: "v", before, after, arrangement }]);
  expect([obstacles, files]).toEqual([[], []]);
  return text.slice(0, start) + applyEdits(source, edits) + text.slice(start + source.length);
}

const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "b c",
    "yes",
    "0644",
    "12:30",
    "~",
    "a: b",
    "- x",
    "a #b",
    "it's",
    '"q"',
    "中文 😀",
    " lead",
    "trail ",
    "tab\tin",
    "#",
    "{a}",
    "[",
    "*a",
    "&a",
    "%",
    "@",
    "1e3",
    "<<",
    "a,b",
    "a\nb",
    "a\nb\n",
    "\na",
    "a\n\nb\n",
    "a\n\n",
    " a\nb",
    "a\n b\n",
    "\u2028",
    "\u0085x",
    "\u0007",
    "\uFEFFz",
    "key:",
    "- ",
    "?",
    "? a",
    "!t",
    "|",
    ">",
    "`",
    "null",
    "1.0",
    "...",
  ),
  fc.string({ unit: "binary", maxLength: 6 }).filter((one) => one.isWellFormed()),
);
const key = fc.constantFrom("a", "b", "c", "name", "yes", "1", "a b", "x:y");
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.oneof(text, fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.constant(1.5)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
})).value as fc.Arbitrary<Value>;

const style = fc.record({
  flowLevel: fc.constantFrom(-1, -1, 0, 1, 2, 3),
  quoteStyle: fc.constantFrom("single" as const, "double" as const),
  forceQuotes: fc.boolean(),
  seqNoIndent: fc.boolean(),
  seqInlineFirst: fc.boolean(),
  flowBracketPadding: fc.boolean(),
  indent: fc.constantFrom(2, 3, 4),
  lineWidth: fc.constantFrom(-1, 20),
});
const paper = fc.record({
  crlf: fc.boolean(),
  open: fc.boolean(),
  comments: fc.array(fc.boolean(), { maxLength: 12 }),
});

/** A document that holds the value between two other fields. */
const documentOf = fc.tuple(value, style, paper).map(([before, options, { crlf, open, comments }]) => {
  const written = dump({ first: [1], v: before, last: { x: "y" } }, { noRefs: true, ...options });
  const isSimple = !/[|>][-+0-9]*$/m.test(written) && options.lineWidth === -1 && !/"[^"\n]*$/m.test(written);
  const lines = written.split("\n");
  const noted = lines
    .flatMap((line, index) => (isSimple && comments[index] ? [line, "  # a note"] : [line]))
    .join("\n");
  const ended = open ? noted.replace(/\n$/, "") : noted;
  return { before, source: crlf ? ended.replaceAll("\n", "\r\n") : ended, crlf };
});

describe("splice()", () => {
  it("makes any document read as wanted, however it is written, and leaves the fields beside it alone", () => {
    const wish = fc.option(value, { nil: undefined });
    fc.assert(
      fc.property(documentOf, wish, fc.constantFrom({}, { yaml: true }), ({ source, crlf }, after, arrangement) => {
        const result = spliced(source, after, arrangement);
        expect(read(result)).toEqual({ first: [1], ...(after === undefined ? {} : { v: after }), last: { x: "y" } });
        if (crlf) expect(result.replaceAll("\r\n", "")).not.toContain("\n");
      }),
      { numRuns: 1000 },
    );
  });

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

  it("leaves every character before and behind a value that moves", () => {
    fc.assert(
      fc.property(documentOf, text, fc.nat(), ({ source, before }, after, choice) => {
        const paths = leavesOf(before, []);
        const path = paths[choice % Math.max(1, paths.length)];
        if (path === undefined) return;
        const { start, end } = laidAt(layOut(source), ["v", ...path]);
        const result = spliced(source, withLeaf(before, path, after));
        expect(result.startsWith(source.slice(0, start))).toBe(true);
        expect(result.endsWith(source.slice(end))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function laidAt(laid: Laid | undefined, [step, ...rest]: Path): Laid {
  if (laid === undefined) throw new Error("nothing stands there");
  if (step === undefined) return laid;
  const index = Number(step);
  const named = laid.entries.find(({ key }) => key.text === String(step))?.value;
  return laidAt(laid.form === "list" ? laid.items[index] : named, rest);
}

type Path = readonly (string | number)[];

function leavesOf(value: Value, path: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]));
}

function withLeaf(value: Value, [step, ...rest]: Path, leaf: Value): Value {
  if (step === undefined) return leaf;
  const entries = Object.entries(value as object).map(([name, one]) => [
    name,
    name === String(step) ? withLeaf(one as Value, rest, leaf) : one,
  ]);
  return Array.isArray(value) ? entries.map(([, one]) => one as Value) : (Object.fromEntries(entries) as Value);
}
