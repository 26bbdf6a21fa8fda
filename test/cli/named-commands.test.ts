import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.ts";
import { commandSpecs } from "../../src/cli/commands.ts";

const corpus = readdirSync("test/corpus", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".txt"))
  .flatMap((path) => readFileSync(join("test/corpus", path), "utf8").split("\n"));

/** The texts in which commands are named to users: everything in quotes in the sources, and what the goldens and the corpus show. */
function texts(): readonly string[] {
  const files = (folder: string, ending: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(ending))
      .map((path) => readFileSync(join(folder, path), "utf8"));
  const sources = [...files("src", ".ts"), ...files("providers", ".ts")].map((text) =>
    text.replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, ""),
  );
  return [
    ...sources,
    ...files("test/render/golden", ".txt"),
    corpus.filter((line) => line.includes("help:")).join("\n"),
  ];
}

describe("the commands that are named in messages", () => {
  const groups = new Set(commandSpecs.map(({ name }) => name.split(" ")[0] ?? ""));
  const named = new Set(
    texts().flatMap((text) => [...text.matchAll(/\bcairn ((?:[a-z]+ ?){1,2})/g)].map(([, words = ""]) => words.trim())),
  );
  const commands = [...named].filter((words) => groups.has(words.split(" ")[0] ?? ""));

  it("are some", () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)("exist: cairn %s", (words) => {
    const [first = "", second = ""] = words.split(" ");
    const names = commandSpecs.map(({ name }) => name);
    // The name of a group stands before --help.
    const isKnown = names.some((name) => name === first || name === `${first} ${second}`);
    expect(isKnown || (second === "" && groups.has(first))).toBe(true);
  });

  it("take the options that stand behind them", () => {
    const lines = texts().flatMap((text) => [...text.matchAll(/\bcairn ([a-z]+(?: [a-z]+)?)((?: --[a-z-]+)+)/g)]);
    expect(lines.length).toBeGreaterThan(3);
    for (const [, words = "", options = ""] of lines) {
      const spec =
        commandSpecs.find(({ name }) => name === words) ??
        commandSpecs.find(({ name }) => name === words.split(" ")[0]);
      const help = parseCommandLine([...(spec?.name ?? words).split(" "), "--help"]);
      for (const option of options.trim().split(" ")) expect("help" in help ? help.help : "").toContain(option);
    }
  });
});
