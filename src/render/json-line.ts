import { safeJson } from "./safe-text.ts";

/** A document as JSON on one line, with its line break; safe to print on a terminal. */
export function jsonLine(document: object): string {
  return `${safeJson(JSON.stringify(document))}\n`;
}
