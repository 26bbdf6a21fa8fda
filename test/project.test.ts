import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** How many escapes from the rules the whole project holds. Raise a number only with a reason beside the escape. */
const escapes: Readonly<Record<string, number>> = {
  "biome-ignore": 0,
  "eslint-disable": 0,
  "@ts-expect-error": 0,
  "@ts-ignore": 0,
  "as unknown as": 2,
  "v8 ignore": 0,
};

const mostLines = 250;
const own = "test/project.test.ts";

const ignored = new Set(["node_modules", "dist", "coverage", ".cairn", ".git", ".tmp"]);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const files = filesIn(".").map((file) => ({ file, text: readFileSync(file, "utf8") }));
const code = files.filter(({ file }) => /\.(ts|mjs|js)$/.test(file) && file !== own);

function linesWith(pattern: RegExp): string[] {
  return files
    .filter(({ file }) => file !== own)
    .flatMap(({ file, text }) =>
      text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
}

describe("the project", () => {
  it.each(Object.entries(escapes))("holds no more than the counted %s: %i", (mark, count) => {
    const found = code.flatMap(({ file, text }) => Array<string>(text.split(mark).length - 1).fill(file));
    expect(found).toHaveLength(count);
  });

  it("names no folder of the machine that it was written on", () => {
    expect(linesWith(/\.\.\/shared\b|(^|[\s"'`(=])\/(work|root)\//)).toEqual([]);
  });

  it("names no package registry", () => {
    expect(linesWith(/registry\.(npmjs|npmmirror|yarnpkg|npm)\b|npm\.pkg\.|artifactory|verdaccio/i)).toEqual([]);
  });

  it(`has no file of code with more than ${mostLines} lines`, () => {
    const long = code
      .filter(({ file }) => /^(src|providers|test|scripts)\//.test(file))
      .map(({ file, text }) => ({ file, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > mostLines);
    expect(long).toEqual([]);
  });

  it("ends no test before its time", () => {
    const marks = code.flatMap(({ file, text }) =>
      /\b(it|test|describe)\.(only|skip|todo)\b/.test(text) ? [file] : [],
    );
    expect(marks).toEqual([]);
  });
});
