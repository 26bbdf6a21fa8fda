import { describe, expect, test } from "vitest";
import { placeText } from "../../src/core/place-of.ts";
import { parseYaml } from "../../src/manifest/parse-yaml.ts";
import { parse, textAt } from "./yaml-text.ts";

function messages(text: string): string[] {
  return parse(text).flatMap(({ faults }) =>
    faults.map(({ place, message }) => `${place === undefined ? "" : placeText(place)} ${message}`),
  );
}

describe("parseYaml()", () => {
  test("places point at what was written: quotes, block headers, aliases, bare keys, anchors, brackets", () => {
    const text = [
      "plain: one two",
      'double: "q"',
      "single: 'q'",
      "literal: | # a | comment",
      "  line",
      "folded: >-",
      "",
      "  line",
      "empty: |",
      "bare:",
      "anchored: &a !!str text",
      "nothing: &b",
      "tagged: !!str",
      "alias: *a",
      "flow: { x: [1, 'two'] }",
      "list:",
      "  - - deep",
      "  -",
      "map:",
      "  k: v",
    ].join("\n");
    expect(textAt(text, ["plain"])).toBe("one two");
    expect(textAt(text, ["double"])).toBe('"q"');
    expect(textAt(text, ["single"])).toBe("'q'");
    expect(textAt(text, ["literal"])).toBe("| # a | comment");
    expect(textAt(text, ["folded"])).toBe(">-");
    expect(textAt(text, ["empty"])).toBe("|");
    expect(textAt(text, ["bare"])).toBe("bare:");
    expect(textAt(text, ["anchored"])).toBe("text");
    expect(textAt(text, ["nothing"])).toBe("&b");
    expect(textAt(text, ["tagged"])).toBe("!!str");
    expect(textAt(text, ["alias"])).toBe("*a");
    expect(textAt(text, ["flow"])).toBe("{ x: [1, 'two'] }");
    expect(textAt(text, ["flow", "x", 1])).toBe("'two'] }");
    expect(textAt(text, ["list"])).toBe("- - deep");
    expect(textAt(text, ["list", 0, 0])).toBe("deep");
    expect(textAt(text, ["list", 1])).toBe("- - deep");
    expect(textAt(text, ["map"])).toBe("k: v");
    expect(textAt(text, ["map"], "key")).toBe("map:");
    expect(textAt(text, ["list", 0], "key")).toBe("- deep");
    expect(textAt(text, ["map", "unknown", "x"])).toBe("k: v");
  });

  test("a byte order mark and every kind of line end count as YAML counts them", () => {
    expect(textAt("\uFEFFa: 1\r\nb: 2\rc: 3", ["c"])).toBe("3");
    expect(textAt("\uFEFFa: x", ["a"])).toBe("x");
    expect(textAt("b: |\r\n  x\r\nc: >\r  y", ["b"])).toBe("|");
    expect(textAt("b: |\r\n  x\r\nc: >\r  y", ["c"])).toBe(">");
  });

  test("what comes by an alias or a merge key stands where it is used", () => {
    const text =
      "base: &b { x: 1, y: [2] }\nalias: *b\nmerged:\n  <<: *b\n  y: own\nmany:\n  <<: [*b, { z: 3 }]\n  w: 1";
    expect(parse(text)[0]?.value).toEqual({
      base: { x: 1, y: [2] },
      alias: { x: 1, y: [2] },
      merged: { x: 1, y: "own" },
      many: { x: 1, y: [2], z: 3, w: 1 },
    });
    expect(textAt(text, ["alias", "y", 0])).toBe("*b");
    expect(textAt(text, ["merged", "x"])).toBe("<<: *b");
    expect(textAt(text, ["merged", "y"])).toBe("own");
    expect(textAt(text, ["many", "z"])).toBe("<<: [*b, { z: 3 }]");
  });

  test("documents are told apart: markers, directives, comments, empty ones", () => {
    const text =
      "# head\n---\na: 1\n---\n---\n# nothing\n...\n%YAML 1.2\n---\nb: 2\n...\nc: 3\n--- text\n---\n|\n  ---\n";
    expect(parse(text).map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }, "text", "---\n"]);
    expect(parse("")).toEqual([]);
    expect(parse("# only\n")).toEqual([]);
  });

  test("a fault of one document hides nothing of the others", () => {
    expect(messages("a: [1\n---\nb: 1\nb: 2\n---\nc: !own x\n---\n{d: ${var.x}}\n---\ne: 1")).toEqual([
      "f.yaml:2:1 not valid YAML: the quotes or brackets opened before are never closed; close them",
      'f.yaml:4:1 the key "b" is given twice; remove one',
      "f.yaml:6:4 the tag !own is not known here; remove it, or quote the text",
      'f.yaml:8:5 inside { } and [ ] an interpolation must be quoted; write "${var.x}"',
    ]);
    expect(parse("a: [1\n---\ne: 1")[1]?.value).toEqual({ e: 1 });
  });

  test('every duplicate key is a fault, also `1` and `"1"`, and the values stay readable', () => {
    const text = "1: a\n'1': b\nx: { y: 1, y: 2 }\n&k z: 1\n*k : 2\n<<: {q: 1}\nq: 2";
    expect(messages(text)).toEqual([
      'f.yaml:2:1 the key "1" is given twice; remove one',
      'f.yaml:3:12 the key "y" is given twice; remove one',
      'f.yaml:5:1 the key "z" is given twice; remove one',
    ]);
    expect(parse(text)[0]?.value).toMatchObject({ "1": "b", q: 2 });
  });

  test.each([
    [
      "9007199254740993",
      'the integer 9007199254740993 is above 2^53 and would lose digits; write it as "9007199254740993"',
    ],
    [
      "-9007199254740993",
      'the integer -9007199254740993 is above 2^53 and would lose digits; write it as "-9007199254740993"',
    ],
    [
      "0xFFFFFFFFFFFFFFFF",
      'the integer 0xFFFFFFFFFFFFFFFF is above 2^53 and would lose digits; write it as "0xFFFFFFFFFFFFFFFF"',
    ],
    [".inf", '.inf is no number that an API takes; write it as ".inf"'],
  ])("%s is refused", (number, message) => {
    expect(messages(`a: ${number}`)).toEqual([`f.yaml:1:4 ${message}`]);
    expect(messages(`${number}: a`)).toEqual([`f.yaml:1:1 ${message}`]);
    expect(messages(`a: "${number}"`)).toEqual([]);
  });

  test("safe integers and floats are fine", () => {
    expect(parse("a: [9007199254740991, 1e300, 0o17, 1.5]")[0]?.value).toEqual({
      a: [9007199254740991, 1e300, 15, 1.5],
    });
  });

  test("bombs, cycles and complex keys are refused at their place, quickly", () => {
    const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 10; level++) {
      const last = `*a${level - 1}`;
      laughs.push(`a${level}: &a${level} [${Array(9).fill(last).join(", ")}]`);
    }
    const deep = [`a0: &a0 ${"[".repeat(60)}${"]".repeat(60)}`, `a1: ${"[".repeat(60)}*a0${"]".repeat(60)}`];
    const merges = [`a: &a { ${Array.from({ length: 200 }, (_, index) => `k${index}: 1`).join(", ")} }`];
    for (let index = 0; index < 90; index++) merges.push(`m${index}: { <<: *a }`);
    expect(messages(laughs.join("\n"))).toEqual([
      "f.yaml:1:1 the document expands to more than 100000 values; split it",
    ]);
    expect(messages(deep.join("\n"))).toEqual(["f.yaml:1:1 the document is nested deeper than 100 levels; flatten it"]);
    expect(messages(`a: &a 1\nb: [${Array(102).fill("*a").join(", ")}]`)).toEqual([
      "f.yaml:2:405 the document has more than 100 aliases; write the values out",
    ]);
    expect(messages(merges.join("\n"))[0]).toContain("merge keys bring in more than 10000 fields");
    expect(messages("a: &a { b: *a }")).toEqual([
      "f.yaml:1:12 the alias *a stands inside what it refers to; remove it",
    ]);
    expect(messages("a: *b")).toEqual(["f.yaml:1:4 no anchor &b stands before this alias; add it, or quote the text"]);
    expect(messages("? [a]\n: b")).toEqual(["f.yaml:1:3 a key must be text, not a list or a map; quote it"]);
    expect(messages("[".repeat(5000))[0]).toContain("nested deeper than 100 levels");
    expect(messages("a: &a { x: &a 1, y: *a }\nb: *a")).toEqual([]);
  });

  test("what is not UTF-8 is refused", () => {
    expect(parseYaml(new Uint8Array([0xc3, 0x28]), "f.yaml")[0]?.faults).toMatchObject([
      { code: "E_YAML", message: "the file is not UTF-8; save it as UTF-8", place: { file: "f.yaml" } },
    ]);
    expect(parseYaml(new Uint8Array([0xfe, 0xff, 0, 0x61]), "f.yaml")[0]?.value).toBeUndefined();
  });
});
