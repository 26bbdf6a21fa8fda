import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/render/json-text.ts";
import { quoted, safeLine, safeLines } from "../../src/render/safe-text.ts";

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u001b", "\u009b", "\u007f", "\u202e", "\u2028", "\ud800", "\u{e0041}", "\ufeff", "\n", '"', "\\"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

describe("safeLine()", () => {
  it.each([
    ["\u001b[31mred", "\\x1b[31mred"],
    ["a\tb\r\nc", "a\\tb\\r\\nc"],
    ["right-to-left \u202e override", "right-to-left \\u202e override"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["half \ud83d pair", "half \\ud83d pair"],
    ["店铺 é 😀", "店铺 é 😀"],
    [
      "GET https://oss.example/a?Expires=1&Signature=abc%2B&x=1",
      "GET https://oss.example/a?Expires=1&Signature=(secret)&x=1",
    ],
  ])("shows %j as %j", (text, shown) => {
    expect(safeLine(text)).toBe(shown);
  });

  it("leaves nothing that steers a terminal", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(safeLine(text)).not.toMatch(unsafe);
      }),
    );
  });
});

describe("safeLines()", () => {
  it("keeps empty lines, and takes the last break as an end", () => {
    expect(safeLines("a\n\nb\n")).toEqual(["a", "", "b"]);
    expect(safeLines("")).toEqual([""]);
    expect(safeLines("\n")).toEqual([""]);
  });
});

describe("quoted()", () => {
  it("gives different texts different looks", () => {
    const text = fc.string({ unit: fc.constantFrom('"', "\\", "n", "\n", "x", "1", "b", "\u001b") });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(quoted(one) === quoted(other)).toBe(one === other);
      }),
    );
  });
});

describe("jsonText()", () => {
  it("reads back as it was, and holds no unsafe character but its line breaks", () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (record) => {
        const text = jsonText({ record });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ record })));
        expect(text.replaceAll("\n", "")).not.toMatch(unsafe);
        expect(text.endsWith("}\n")).toBe(true);
      }),
    );
  });
});
