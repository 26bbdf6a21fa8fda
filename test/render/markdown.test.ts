import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fault } from "../../src/core/errors.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { cellSpan, codeSpan, cutLine, fenced } from "../../src/render/markdown-text.ts";
import { change, field, planOf } from "./changes.ts";
import { reportOf } from "./report-of.ts";

const limit = 65_000;

function ofPlan(...parameters: Parameters<typeof planOf>): string {
  return renderMarkdown(reportOf({ found: { type: "plan", plan: planOf(...parameters) } }));
}

describe("renderMarkdown()", () => {
  it("begins with a marker that tells project, stack and drift apart, and cannot be ended by a name", () => {
    const { stack: _, ...plain } = reportOf();
    expect(renderMarkdown(plain)).toMatch(/^<!-- cairn:storefront -->\n/);
    expect(renderMarkdown(reportOf())).toMatch(/^<!-- cairn:storefront\/prod -->\n/);
    expect(renderMarkdown(reportOf({ command: "drift" }))).toMatch(/^<!-- cairn:storefront\/prod:drift -->\n/);
    expect(renderMarkdown(reportOf({ project: "a-->b" }))).toMatch(/^<!-- cairn:a-%2D%3Eb\/prod -->\n/);
  });

  it("stays below 65,000 characters with a thousand large changes, and says what it left out", () => {
    const text = "line of a long text\n".repeat(40);
    const many = Array.from({ length: 1_000 }, (_, index) =>
      change(`App/${index}`, { action: "update", fields: [field("free", { before: "", after: `${index}\n${text}` })] }),
    );
    const body = ofPlan(many, { left: many.map(({ address }) => address) });
    expect(body.length).toBeLessThan(limit);
    expect(body.length).toBeGreaterThan(limit * 0.8);
    const shownRows = body.match(/^\| `~ update`/gm)?.length ?? 0;
    const [, hiddenRows] = /\n(\d+) more resources left out of the table\.\n/.exec(body) ?? [];
    expect(shownRows + Number(hiddenRows)).toBe(1_000);
    const shown = body.match(/^<details>/gm)?.length ?? 0;
    const [, hidden] = /\nThe details of (\d+) resources did not fit/.exec(body) ?? [];
    expect(shown).toBeGreaterThan(10);
    expect(shown + Number(hidden)).toBe(1_000);
    expect(body.match(/^<\/details>/gm)).toHaveLength(shown);
  });

  it("cuts one huge change and one huge line, so that others have room", () => {
    const huge = change("App/huge", {
      action: "create",
      fields: [field("free", { after: "a line\n".repeat(20_000) }), field("title", { after: "x".repeat(100_000) })],
    });
    const body = ofPlan([huge, change("App/small", { action: "create", fields: [field("title", { after: "here" })] })]);
    expect(body.length).toBeLessThan(limit / 2);
    expect(body).toMatch(/# … \d+ more lines\n/);
    expect(body).toContain('+ title: "here"');
  });

  it("gives faults a third of the room, and counts the rest", () => {
    const errors = Array.from({ length: 3_000 }, (_, index) => fault("E_FIELD", `wrong ${index}`, { help: "cure it" }));
    const body = renderMarkdown(reportOf({ diagnostics: errors }));
    expect(body.length).toBeLessThan(limit / 2);
    expect(body).toContain("**What went wrong** (3000)");
    expect(body).toMatch(/\n\d+ more left out here/);
    expect(body).toContain("**The run ended before there was a result.**");
  });

  it("says against which revision it classes, and that all is to go", () => {
    const base = { ref: "main", commit: "0123456789abcdef" };
    expect(ofPlan([], { base })).toContain("`Compared with main (0123456789)`");
    expect(ofPlan([], { destroy: true })).toContain("### cairn plan --destroy `storefront (stack prod)`");
  });

  it("keeps every text inside its span, its cell and its fence", () => {
    const nasty = fc.string({
      unit: fc.constantFrom("`", "```", "|", "\\", "\n", "<", "-->", "@a", "</details>", " ", "x"),
    });
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const body = ofPlan([
          change("App/a", {
            ...{ action: "update", reason: one, id: other, source: { file: one, line: 1 } },
            fields: [
              field(one, { before: one, after: other }),
              field("free", { before: one, after: `${other}\n${one}` }),
            ],
          }),
        ]);
        // What is outside of fences and HTML blocks, line by line: the text's own words only, else in spans.
        const outside = body.replace(/^(`{3,})(?:diff|text)\n[\s\S]*?\n\1$/gm, "");
        expect(outside.match(/^<details>.*<\/summary>$/gm)).toHaveLength(1);
        expect(outside.match(/^<\/details>$/gm)).toHaveLength(1);
        const withoutSpans = outside.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
        expect(withoutSpans.replace(/^<details>.*$/gm, "")).not.toMatch(/@a|-->(?! *\n### )|<(?!\/?details>|!-- )|\\/);
        const rows = withoutSpans.split("\n").filter((line) => line.startsWith("|"));
        expect(rows.map((row) => row.split("|").length)).toEqual(rows.map(() => 5));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the parts of Markdown", () => {
  it.each([
    ["plain", "`plain`"],
    ["a`b", "``a`b``"],
    ["`a", "`` `a ``"],
    [" a", "`  a `"],
    ["", "`  `"],
  ])("codeSpan() of %j is %j", (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it("cellSpan() holds no bar", () => {
    expect(cellSpan("a|b\\")).toBe("`a¦b\\`");
  });

  it("fenced() outdoes every run of backticks inside", () => {
    expect(fenced(["````", "x"], "text")).toBe("`````text\n````\nx\n`````\n");
  });

  it("cutLine() says what it cut, and splits no character", () => {
    expect(cutLine("short")).toBe("short");
    expect(cutLine(`${"x".repeat(999)}😀y`)).toBe(`${"x".repeat(999)}… (3 more characters)`);
  });
});
