import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { Value } from "../../src/core/values.ts";
import type { Laid } from "../../src/manifest/laid.ts";
import { layOut } from "../../src/manifest/layout.ts";
import { read, spliced } from "./spliced.ts";

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
    "a\u202Eb",
    "a\u200B\nb",
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
  fc.string({ unit: "binary", maxLength: 6 }).filter((one) => !/\p{Cs}/u.test(one)),
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
        if (!deceives(source)) expect(deceives(result)).toBe(false);
      }),
      { numRuns: 1000 },
    );
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

/** True for a text that a reader or a terminal could take for another. */
function deceives(text: string): boolean {
  return /(?![\r\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

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
