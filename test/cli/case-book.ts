import { readFileSync, writeFileSync } from "node:fs";

/** One thing that is done to a case's project folder: what `@ WORD REST` says, and the lines below it. */
export type Step = { readonly word: string; readonly rest: string; readonly lines: readonly string[] };

/** What a run has to answer. `stdout` is empty where the case does not say it. */
export type Answer = { readonly exit: number; readonly stdout: string; readonly stderr: string };

/** A case of bad input: how its project folder is made, and what cairn has to say to it. */
export type Case = {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Undefined in a case that has no answer yet. */
  readonly answer: Answer | undefined;
};

/** A file of cases; what stands under `=== base` goes before the steps of each. */
export type CaseBook = { readonly base: readonly Step[]; readonly cases: readonly Case[] };

const answerWords = new Set(["exit", "stdout"]);

/** Reads a file of cases; their form is told in test/corpus/README.md. */
export function readBook(path: string): CaseBook {
  const cases = blocksOf(readFileSync(path, "utf8")).map(readCase);
  const [first, ...others] = cases;
  if (first?.title !== "base") return { base: [], cases };
  return { base: first.steps, cases: others };
}

/** Writes the answers of a book's cases, by title, into its file; everything else stays as it is. */
export function writeAnswers(path: string, answers: ReadonlyMap<string, Answer>): void {
  const text = readFileSync(path, "utf8");
  const [head = ""] = text.split(/^=== /m, 1);
  const blocks = blocksOf(text).map((lines) => {
    const answer = answers.get(lines[0] ?? "");
    if (answer === undefined) return trimmed(lines).join("\n");
    const end = lines.findIndex((line) => answerWords.has(wordOf(line) ?? ""));
    return [...trimmed(end < 0 ? lines : lines.slice(0, end)), ...printed(answer)].join("\n");
  });
  writeFileSync(path, `${head}${blocks.map((block) => `=== ${block}\n`).join("\n")}`);
}

/** The blocks of a book as lines, the title first. */
function blocksOf(text: string): string[][] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => block.split("\n"));
}

function printed({ exit, stdout, stderr }: Answer): string[] {
  const said = (text: string): string[] => (text === "" ? [] : trimmed(text.split("\n")));
  return [...(stdout === "" ? [] : ["@ stdout", ...said(stdout)]), `@ exit ${exit}`, ...said(stderr)];
}

function readCase([title = "", ...lines]: readonly string[]): Case {
  const steps: { word: string; rest: string; lines: string[] }[] = [];
  for (const line of lines) {
    const word = wordOf(line);
    if (word === undefined) steps.at(-1)?.lines.push(line);
    else steps.push({ word, rest: line.slice(`@ ${word} `.length), lines: [] });
  }
  const whole = steps.map((step) => ({ ...step, lines: trimmed(step.lines) }));
  const exit = whole.find(({ word }) => word === "exit");
  const stdout = whole.find(({ word }) => word === "stdout");
  return {
    title,
    steps: whole.filter(({ word }) => !answerWords.has(word)),
    answer: exit && { exit: Number(exit.rest), stdout: textOf(stdout?.lines ?? []), stderr: textOf(exit.lines) },
  };
}

/** Lines as a text; every line ends. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function wordOf(line: string): string | undefined {
  return /^@ ([a-z]+)(?: |$)/.exec(line)?.[1];
}

/** Without the empty lines at the end. */
function trimmed(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line !== "");
  return lines.slice(0, last + 1);
}
