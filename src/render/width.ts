import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

/** The columns that a text takes on a terminal: Chinese counts double, escape sequences count nothing. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** The text with spaces behind it, so that it takes at least `columns`. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/**
 * The text cut to at most `columns`, whole characters only, with "…" in place of what is missing. For text without
 * escape sequences: cut first, paint then.
 */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return "";
  let kept = "";
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += displayWidth(segment);
    if (taken > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
