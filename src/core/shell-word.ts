/**
 * A text as one word of a POSIX shell, whatever it holds. Words that every shell takes as they are stay bare, so that
 * commands can be read.
 */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
