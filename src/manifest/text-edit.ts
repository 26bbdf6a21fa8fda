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

/** How many characters stand before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The line break of a text: that of its first line. */
export function lineBreak(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}
