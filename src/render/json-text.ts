import { safeJson } from "./safe-text.ts";

/** A document as JSON, two spaces deep, with a line break at its end; safe to print on a terminal. */
export function jsonText(document: object): string {
  return safeJson(`${JSON.stringify(document, null, 2)}\n`);
}
