import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";

/**
 * Where a scalar begins in its source: at its quote, its block header or its first character, else at its tag or anchor;
 * -1 for one of which nothing is written. The parser's own offsets point behind quotes and headers.
 */
export function scalarOffset(source: string, event: ScalarEvent): number {
  const { style, valueStart, tagStart, anchorStart } = event;
  if (valueStart < 0) return tagStart < 0 ? Math.max(anchorStart - 1, -1) : tagStart;
  if (style === SCALAR_STYLE.PLAIN) return valueStart;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  return headerOffset(source, valueStart);
}

/** The `|` or `>` of a block scalar: at the end of the line before its content, but for a comment. */
function headerOffset(source: string, contentStart: number): number {
  let end = contentStart;
  if (source[end - 1] === "\n") end -= 1;
  if (source[end - 1] === "\r") end -= 1;
  let start = end;
  while (start > 0 && !/[\r\n]/.test(source[start - 1] ?? "\n")) start -= 1;
  return start + Math.max(source.slice(start, end).search(/[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$/), 0);
}
