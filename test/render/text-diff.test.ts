import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textDiff } from "../../src/render/text-diff.ts";

function shown(before: string | undefined, after: string | undefined): string[] {
  return textDiff(before, after).map(({ sign, text }) => (sign === "hunk" ? text : sign + text));
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");

describe("textDiff()", () => {
  it("gives three lines of context, and a hunk for each distant place", () => {
    const before = numbers(1, 20);
    const after = before.replace("5\n", "five\n").replace("18\n", "");
    expect(shown(before, after)).toEqual([
      "@@ -2,7 +2,7 @@",
      ...[" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"],
      "@@ -15,6 +15,5 @@",
      ...[" 15", " 16", " 17", "-18", " 19", " 20"],
    ]);
  });

  it("gives all of a text whose other side is missing", () => {
    expect(shown(undefined, "a\nb\n")).toEqual(["+a", "+b"]);
    expect(shown("a", undefined)).toEqual(["-a"]);
    expect(shown(undefined, undefined)).toEqual([]);
  });

  it("speaks of a missing last line break only where one side has it", () => {
    expect(shown("a\nb", "a\nc")).toEqual(["@@ -1,2 +1,2 @@", " a", "-b", "+c"]);
    expect(shown("a", "a\n")).toEqual(["@@ -1,1 +1,1 @@", "-a", " (no line break at the end)", "+a"]);
  });

  it("makes line ends and escape sequences visible", () => {
    expect(shown("a\r\n", "a\n\u001b[2J\n")).toEqual(["@@ -1,1 +1,2 @@", "-a\\r", "+a", "+\\x1b[2J"]);
  });

  it("gives up on the smallest diff of huge texts that have nothing in common", () => {
    const lines = textDiff(numbers(1, 3_000), numbers(10_001, 13_000));
    expect(lines).toHaveLength(6_000);
    expect(lines.filter(({ sign }) => sign === "-")).toHaveLength(3_000);
  });

  it("shows every changed line of both sides", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const [before, after] = [left, right].map((list) => list.map((line) => `${line}\n`).join(""));
        const found = textDiff(before, after);
        const gained =
          found.filter(({ sign }) => sign === "+").length - found.filter(({ sign }) => sign === "-").length;
        expect(gained).toBe(right.length - left.length);
        expect(found.length === 0).toBe(before === after);
      }),
    );
  });
});
