import type { Value } from "../core/values.ts";
import type { Laid } from "./laid.ts";
import { scalarText } from "./scalar-text.ts";
import { linesRemoval, type TextEdit } from "./text-edit.ts";
import { flowText } from "./value-text.ts";

/** A value of a document, and what takes its place as a whole. */
export type Replacement = {
  readonly source: string;
  readonly laid: Laid;
  /** True inside brackets. */
  readonly flow: boolean;
  /** The column of what it belongs to: its key, or its `-`. */
  readonly column: number;
  readonly before: Value | undefined;
  readonly after: Value;
};

/** The edits that write one value over another of any shape. A comment behind the key of a block stays. */
export function replacementEdits(replacement: Replacement): readonly TextEdit[] {
  const { source, laid, flow, after } = replacement;
  const isBlock = (laid.form === "map" || laid.form === "list") && !laid.flow && !flow;
  if (isBlock && /[\r\n]/.test(source.slice(laid.slot, laid.start))) {
    // On one line: comments that stand between would become part of a text over several.
    return [{ start: laid.slot, end: laid.slot, text: ` ${flowText(after)}` }, linesRemoval(source, laid)];
  }
  const text = typeof after === "object" && after !== null ? flowText(after) : scalarText({ ...replacement, after });
  if (laid.form !== "empty") return [{ start: laid.start, end: laid.end, text }];
  const blank = /\s/.test(source[laid.start - 1] ?? " ") ? "" : " ";
  return [{ start: laid.start, end: laid.start, text: `${blank}${text}` }];
}
