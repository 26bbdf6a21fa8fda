/** One replacement in a text, in UTF-16 units; an insertion where both offsets are the same. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/** The text after the edits, which must not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((one, other) => one.edit.start - other.edit.start || one.edit.end - other.edit.end || one.index - other.index)
    .map(({ edit }) => edit);
  let [at, result] = [0, ""];
  for (const { start, end, text: replacement } of ordered) {
    result += text.slice(at, start) + replacement;
    at = Math.max(at, end);
  }
  return result + text.slice(at);
}

/** Where the line begins that holds the offset. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text[at - 1])) at -= 1;
  return at;
}

/** Where the line ends that holds the offset, its line break not included. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text[at])) at += 1;
  return at;
}

/** Where the next line begins; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return end + (text.startsWith("\r\n", end) ? 2 : end < text.length ? 1 : 0);
}

/**
 * Takes away the lines that hold a part of a text, with the line break before them: what is inserted at their end then still
 * stands on a line of its own. Of a text's first lines the break behind them goes.
 */
export function linesRemoval(text: string, { start, end }: Pick<TextEdit, "start" | "end">): TextEdit {
  const first = lineStart(text, start);
  if (first === 0) return { start: 0, end: nextLine(text, end), text: "" };
  const breakLength = text.startsWith("\r\n", first - 2) ? 2 : 1;
  return { start: first - breakLength, end: lineEnd(text, end), text: "" };
}

/** How many characters stand before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** True where the next line that is not empty, behind that of the offset, is a comment. */
export function precedesComment(text: string, offset: number): boolean {
  return /^\s*#/.test(text.slice(nextLine(text, offset)));
}

/** The line break of a text: that of its first line. */
export function lineBreak(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}
