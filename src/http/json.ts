import { parse } from "lossless-json";
import type { Value } from "../core/values.ts";

/** Nothing that a cloud or a ledger says is nested like this; what is would overflow the stack of whoever walks it. */
const deepest = 256;

const integer = /^-?\d+$/;

/**
 * Parses JSON without losing anything: an integer that a number cannot hold exactly becomes a string of its digits, as
 * does a number beyond the range of numbers. `__proto__` is a key like any other.
 * Throws a SyntaxError for anything that is not JSON, for a key that occurs twice with different values, and for nesting
 * deeper than 256.
 */
export function parseJson(text: string): Value {
  refuseDepth(text);
  // The parser is typed as unknown; it makes nulls, booleans, strings, arrays, records and what `readNumber` returns.
  return parse(text, null, { parseNumber: readNumber }) as Value;
}

function readNumber(text: string): number | string {
  const number = Number(text);
  const isExact = integer.test(text) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact ? number : text;
}

function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    if (character === "[" || character === "{") depth += 1;
    if (character === "]" || character === "}") depth -= 1;
    if (depth > deepest) throw new SyntaxError(`nested deeper than ${deepest} levels`);
  }
}

/** The position of the quote that closes the string opened at `start`, or some position behind the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
