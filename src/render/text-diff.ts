import { structuredPatch } from "diff";
import { safeLine, safeLines } from "./safe-text.ts";

/** One line of a unified diff; `hunk` is its `@@` line. Texts are harmless. */
export type DiffLine = { readonly sign: "+" | "-" | " " | "hunk"; readonly text: string };

/** Beyond so many edited lines a minimal diff costs seconds and helps nobody. */
const maxEdits = 2_000;

/**
 * The unified diff of two texts, three lines of context. Where one side is missing every line of the other is given,
 * without a hunk line. A missing last line break counts only where one side has it.
 */
export function textDiff(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  if (before === undefined || after === undefined) return [...wholeText("-", before), ...wholeText("+", after)];
  const bothOpen = !before.endsWith("\n") && !after.endsWith("\n");
  const [old, wanted] = bothOpen ? [`${before}\n`, `${after}\n`] : [before, after];
  const patch = structuredPatch("", "", old, wanted, "", "", { context: 3, maxEditLength: maxEdits });
  if (patch === undefined) return [...wholeText("-", before), ...wholeText("+", after)];
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    { sign: "hunk", text: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@` },
    ...lines.map(toLine),
  ]);
}

function wholeText(sign: "+" | "-", text: string | undefined): DiffLine[] {
  return text === undefined ? [] : safeLines(text).map((line) => ({ sign, text: line }));
}

function toLine(line: string): DiffLine {
  const sign = line[0];
  const text = safeLine(line.slice(1));
  if (sign === "+" || sign === "-") return { sign, text };
  return { sign: " ", text: sign === "\\" ? "(no line break at the end)" : text };
}
