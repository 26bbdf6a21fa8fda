import { maskUrls } from "../core/mask.ts";
import { replaceUnsafe, utf16Escapes } from "../core/unsafe-characters.ts";

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** How an unsafe character is shown: `\n`, `\x1b`, `\u202e` or `\u{e0001}`. */
function visible(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  return short[character] ?? (code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`);
}

/** A text from outside as one harmless line: nothing in it steers a terminal, and signatures in URLs are masked. */
export function safeLine(text: string): string {
  return replaceUnsafe(maskUrls(text), visible);
}

/** The lines of a text from outside, each harmless. A last line break ends the last line and opens no further one. */
export function safeLines(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.map(safeLine);
}

/** A text in quotes; quotes and backslashes inside are escaped, so that no other text looks like it. */
export function quoted(text: string): string {
  return `"${safeLine(text.replace(/[\\"]/g, "\\$&"))}"`;
}

/** The same JSON text with every unsafe character written as an escape, which reads back as the same value. */
export function safeJson(text: string): string {
  return replaceUnsafe(text, (character) => (character === "\n" ? character : utf16Escapes(character)));
}
