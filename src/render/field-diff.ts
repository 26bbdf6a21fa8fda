import { type FieldRow, isBlock } from "./field-text.ts";
import { safeLine } from "./safe-text.ts";
import { type DiffLine, textDiff } from "./text-diff.ts";
import { valueText, yamlText } from "./value-text.ts";

/** One field of a change as signed lines. Texts are harmless. */
export type FieldDiff = {
  readonly label: string;
  readonly notes: readonly string[];
  /** False: each line is a whole value, which may follow the label. True: the lines of a text or of YAML. */
  readonly block: boolean;
  readonly lines: readonly DiffLine[];
};

/** A field's difference line by line: what it was behind `-`, what it becomes behind `+`, what cannot be told behind a blank. */
export function fieldDiff(row: FieldRow): FieldDiff {
  const { shown, side, notes } = row;
  const rest = { label: safeLine(shown.path), notes };
  const before = side === "after" ? undefined : shown.before;
  const after = side === "before" ? undefined : shown.after;
  if (isBlock(row)) {
    const texts = [before, after].map((value) => (value === undefined ? undefined : yamlText(value)));
    return { ...rest, block: true, lines: textDiff(texts[0], texts[1]) };
  }
  return { ...rest, block: false, lines: valueLines(row) };
}

function valueLines({ shown, side }: FieldRow): readonly DiffLine[] {
  if (shown.secret) return [{ sign: " ", text: "(secret)" }];
  if (shown.maskedAlike) return [{ sign: " ", text: "(secret values differ)" }];
  const { before, after, unknown } = shown;
  const old: DiffLine[] = before === undefined ? [] : [{ sign: "-", text: valueText(before) }];
  const name = after === undefined ? "" : `${valueText(after)} `;
  if (unknown) return [...old, { sign: "+", text: `${name}(known after apply)` }];
  const wanted: DiffLine[] = after === undefined ? [] : [{ sign: "+", text: valueText(after) }];
  if (side === "after") return wanted;
  return side === "before" ? old : [...old, ...wanted];
}
