/** Control, format (also bidirectional) and separator characters, and halves of surrogate pairs: what can steer a terminal or deceive a reader. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** True for a text that holds an unsafe character, line breaks and tabs among them. */
export function holdsUnsafe(text: string): boolean {
  return text.search(unsafe) >= 0;
}

/** The text with what `write` answers in the place of each unsafe character, line breaks and tabs among them. */
export function replaceUnsafe(text: string, write: (character: string) => string): string {
  return text.replace(unsafe, write);
}

/** A character as JSON and double-quoted YAML escape it: `\u` and four digits for each of its UTF-16 units. */
export function utf16Escapes(character: string): string {
  return character.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
