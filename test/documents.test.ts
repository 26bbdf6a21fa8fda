import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { parseCommandLine } from "../src/cli/command-line.ts";
import { commandSpecs } from "../src/cli/commands.ts";

const read = (file: string): string => readFileSync(file, "utf8");
const documents = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "test/corpus/README.md"],
  ...readdirSync("docs").map((file) => join("docs", file)),
];
const manifest: { readonly dependencies: object; readonly scripts: object } = JSON.parse(read("package.json"));
const names = commandSpecs.map(({ name }) => name);

const fence = /^```[\s\S]*?^```$/gm;

/** The lines of a document's blocks of code, and its code spans. */
function codeIn(text: string): readonly string[] {
  const spans = [...text.replaceAll(fence, "").matchAll(/`([^`]+)`/g)].map(([, span = ""]) =>
    span.replaceAll("\n", " "),
  );
  return [...(text.match(fence) ?? []).flatMap((block) => block.split("\n")), ...spans];
}

/** What would be typed behind `cairn` or `cairn -C DIR` in a line, up to what a shell would end it at. */
function commandsIn(line: string): readonly string[] {
  const typed = /(?:^|[\s(;])cairn ((?:-C \S+ )?[^;&)]*)/g;
  return [...line.replace(/ #.*$/, "").matchAll(typed)].map(([, words = ""]) =>
    words.replace(/^-C \S+ /, "").replaceAll(/\[|\]/g, ""),
  );
}

/** The heading's address within its page, as code hosts make it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function anchorsOf(file: string): readonly string[] {
  return [
    ...read(file)
      .replaceAll(fence, "")
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading = ""]) => anchor(heading));
}

/** Where a document's links lead, as written. */
function linksIn(file: string): readonly string[] {
  const text = read(file).replaceAll(fence, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
}

/** Whether there is such a command, or group of commands, with the options that are named. Places to fill in pass. */
function isKnown(words: string): boolean {
  const [first = "", second = "", ...rest] = words.trim().split(/\s+/);
  if (!/^[a-z]/.test(first)) return true;
  const name = [`${first} ${second}`, first].find((one) => names.includes(one));
  if (name === undefined) return names.some((one) => one.startsWith(`${first} `)) && !/^[a-z]+$/.test(second);
  const line = parseCommandLine([...name.split(" "), "--help"]);
  const known = new Set(("help" in line ? line.help : "").match(/(?<=^|\s)--[a-z-]+/g));
  return [second, ...rest].every((word) => !word.startsWith("--") || known.has(/^--[a-z-]*/.exec(word)?.[0] ?? ""));
}

/** The rows of the tables below a heading, up to the next: the code spans of the first cell, and every word. */
function rowsBelow(file: string, heading: string): readonly { readonly spans: string[]; readonly words: string[] }[] {
  const [, section = ""] = read(file).split(`${heading}\n`);
  const [part = ""] = section.split("\n## ");
  const rows = part.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => {
    const [, cell = ""] = row.split(/(?<!\\)\|/);
    return { spans: [...cell.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span), words: row.match(/[a-z]+/g) ?? [] };
  });
}

describe("the documents", () => {
  test.each(documents)("%s links to what is there", (file) => {
    const broken = linksIn(file).filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = "", part] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      return !existsSync(target) || (part !== undefined && !anchorsOf(target).includes(part));
    });
    expect(broken).toEqual([]);
  });

  it("that are packed for npm link to what is packed with them", () => {
    const json = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json", "--offline"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ files }] = JSON.parse(json) as [{ files: readonly { readonly path: string }[] }];
    const packed = files.map(({ path }) => path);
    const pages = packed.filter((path) => path.endsWith(".md"));
    const isPacked = (target: string): boolean =>
      packed.some((path) => path === target || path.startsWith(`${target}/`));
    const lost = pages.flatMap((page) =>
      linksIn(page)
        .map((link) => link.replace(/#.*$/, ""))
        .filter((path) => path !== "" && !/^https?:/.test(path) && !isPacked(join(dirname(page), path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(pages).toEqual(expect.arrayContaining(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/cli.md"]));
    expect(lost).toEqual([]);
  });

  test.each([...documents, "template/README.md"])("%s names commands and options that there are", (file) => {
    const unknown = codeIn(read(file))
      .flatMap(commandsIn)
      .filter((words) => words !== "" && !isKnown(words));
    expect(unknown).toEqual([]);
  });

  test.each([...documents, ".ci/run"])("%s names scripts of npm's that there are", (file) => {
    const scripts = [...read(file).matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script);
    expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script ?? ""))).toEqual([]);
  });

  test.each([
    ["docs/cli.md", "# Command line"],
    ["README.md", "## Commands"],
  ])("%s lists every command", (file, heading) => {
    const rows = rowsBelow(file, heading);
    const lacking = names.filter((name) => {
      const [first, ...more] = name.split(" ");
      return !rows.some(
        ({ spans, words }) =>
          spans.some((span) => span.split(" ")[0] === first) && more.every((word) => words.includes(word)),
      );
    });
    expect(lacking).toEqual([]);
  });

  it("give a reason for every package that is installed with cairn, and for no other", () => {
    const explained = rowsBelow("README.md", "## Dependencies, and why each is there").flatMap(({ spans }) => spans);
    expect(explained.sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});
