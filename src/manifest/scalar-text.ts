import { holdsUnsafe, replaceUnsafe, utf16Escapes } from "../core/unsafe-characters.ts";
import type { Value } from "../core/values.ts";
import type { Laid } from "./laid.ts";
import { lineBreak, lineEnd } from "./text-edit.ts";
import { fieldLines, flowText, mayHaveLines } from "./value-text.ts";
import { readCore } from "./yaml-scalar.ts";

/** A scalar of a document, and what takes its place. */
export type ScalarChange = {
  readonly source: string;
  readonly laid: Laid;
  /** True inside brackets. */
  readonly flow: boolean;
  /** The column of what it belongs to: its key, or its `-`. */
  readonly column: number;
  readonly before: Value | undefined;
  readonly after: null | boolean | number | string;
};

/** The text that takes a scalar's place, from its first to its last character, written as that was where its style can hold it. */
export function scalarText(change: ScalarChange): string {
  const { laid, after, before } = change;
  if (typeof after !== "string") return flowText(after);
  // A number that its field takes for text (a port, a quantity) stays a number.
  const wasNumber = laid.form === "plain" && typeof before === "string" && typeof readCore(laid.text) === "number";
  if (wasNumber && /^\d+$/.test(after) && String(Number(after)) === after) return after;
  switch (laid.form) {
    case "single":
      return holdsUnsafe(after) ? doubleQuoted(after) : `'${after.replaceAll("'", "''")}'`;
    case "double":
      return doubleQuoted(after);
    case "literal":
    case "folded":
      return blockText(change, after);
    default:
      return plainText(change, after);
  }
}

/** Text in double quotes, on one line. */
function doubleQuoted(text: string): string {
  return replaceUnsafe(JSON.stringify(text), utf16Escapes);
}

function plainText({ source, laid, flow, column }: ScalarChange, text: string): string {
  const hasMore = source.slice(laid.end, lineEnd(source, laid.end)).trim() !== "";
  if (flow) return flowText(text);
  // What follows on the line would become part of a text over several lines.
  if (text.includes("\n") && (hasMore || !mayHaveLines(text, source, laid.end))) return doubleQuoted(text);
  return fieldLines("k", text, column, lineBreak(source)).slice("k: ".length);
}

/** The block scalar with another content. Lines that stay the same stay byte for byte. */
function blockText({ source, laid }: ScalarChange, text: string): string {
  const headerEnd = lineEnd(source, laid.start);
  const [, sign = "", , comment = ""] = /^([|>])([-+\d]*)(.*)$/.exec(source.slice(laid.start, headerEnd)) ?? [];
  const explicit = /\d/.exec(source.slice(laid.start, headerEnd - comment.length))?.[0] ?? "";
  const content = text.replace(/\n$/, "");
  // A first line that begins with a blank would need its indentation spelled out, and further breaks at the end a `+`.
  const fits = content !== "" && !/^[ \n]|\n$/.test(content) && !holdsUnsafe(content.replace(/[\n\t]/g, ""));
  if (!fits || laid.indent < 0) return doubleQuoted(text);
  const old = source
    .slice(headerEnd, laid.end)
    .split(/\r\n|\n|\r/)
    .slice(1);
  const folded =
    sign === ">" ? foldedLines(content, Math.max(...old.map(({ length }) => length)) - laid.indent) : undefined;
  const known = new Map(old.map((line) => [line.slice(laid.indent), line]));
  const lines = (folded ?? content.split("\n")).map(
    (line) => known.get(line) ?? (line === "" ? "" : `${" ".repeat(laid.indent)}${line}`),
  );
  const header = `${folded === undefined ? "|" : ">"}${explicit}${text.endsWith("\n") ? "" : "-"}${comment}`;
  return [header, ...lines].join(lineBreak(source));
}

/** The lines of a folded scalar that read as the content, none longer than the width if words allow; undefined where it cannot. */
function foldedLines(content: string, width: number): readonly string[] | undefined {
  const paragraphs = content.split("\n");
  if (paragraphs.some((line) => /^[ \t]|^$/.test(line))) return undefined;
  return paragraphs.flatMap((line, index) => [...(index === 0 ? [] : [""]), ...wrapped(line, width)]);
}

/** A line cut at single blanks, which a folded scalar makes of line breaks. */
function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
