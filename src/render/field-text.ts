import { isFields, type Value } from "../core/values.ts";
import type { Brush, Paint } from "./paint.ts";
import { safeLine } from "./safe-text.ts";
import type { ShownField } from "./shown-field.ts";
import { type DiffLine, textDiff } from "./text-diff.ts";
import { valueText, yamlText } from "./value-text.ts";
import { displayWidth, padTo } from "./width.ts";

/** One field as a row: which of its values are worth showing, and remarks behind them. */
export type FieldRow = {
  readonly shown: ShownField;
  readonly side: "both" | "before" | "after";
  readonly notes: readonly string[];
};

/** How text output is laid out. Without `columns` no line is broken. */
export type TextLayout = { readonly paint: Paint; readonly columns?: number };

type Cell = { readonly text: string; readonly brush: Brush };
type Line = { readonly label: string; readonly old?: Cell; readonly wanted: Cell; readonly notes: string };
type Widths = { readonly label: number; readonly old: number };

/** Wider columns than these are not filled up for the sake of one long value. */
const widest: Widths = { label: 32, old: 40 };
/** A list or record whose one-line form is longer is shown as YAML. */
const longestFlow = 60;

/**
 * The rows as lines, labels and arrows aligned by display width; long and multi-line values as an indented diff. An
 * `old → new` line that is wider than the columns is broken before its arrow.
 */
export function fieldLines(rows: readonly FieldRow[], indent: number, layout: TextLayout): string[] {
  const lines = rows.map((row) => (isBlock(row) ? undefined : toLine(row, layout.paint)));
  const widths = {
    label: widthOf(
      rows.map(({ shown }) => safeLine(shown.path)),
      widest.label,
    ),
    old: widthOf(
      lines.map((line) => line?.old?.text ?? ""),
      widest.old,
    ),
  };
  const margin = " ".repeat(indent);
  return rows.flatMap((row, index) => {
    const line = lines[index];
    const drawn = line === undefined ? blockLines(row, layout.paint) : lineText(line, widths, indent, layout);
    return drawn.map((text) => margin + text);
  });
}

function widthOf(texts: readonly string[], limit: number): number {
  const widths = texts.map(displayWidth).filter((width) => width <= limit);
  return Math.max(0, ...widths);
}

/** True where the values are shown as lines of text: Kubernetes objects, texts of several lines, long lists. */
export function isBlock({ shown, side }: FieldRow): boolean {
  if (shown.secret || shown.maskedAlike || shown.unknown) return false;
  const values = [side === "after" ? undefined : shown.before, side === "before" ? undefined : shown.after];
  return values.some((value) => value !== undefined && (shown.yaml || isLong(value)));
}

function isLong(value: Value): boolean {
  if (typeof value === "string") return value.includes("\n");
  return (Array.isArray(value) || isFields(value)) && valueText(value).length > longestFlow;
}

function toLine({ shown, side, notes }: FieldRow, paint: Paint): Line {
  const rest = { label: safeLine(shown.path), notes: notesText(notes) };
  if (shown.secret) return { ...rest, wanted: { text: "(secret)", brush: paint.dim } };
  if (shown.maskedAlike) return { ...rest, wanted: { text: "(secret values differ)", brush: paint.dim } };
  const wanted = shown.unknown ? unknownCell(shown.after, paint) : cell(shown.after, paint.green, paint);
  if (side === "after") return { ...rest, wanted };
  const old = cell(shown.before, paint.red, paint);
  return side === "before" ? { ...rest, wanted: old } : { ...rest, old, wanted };
}

function cell(value: Value | undefined, brush: Brush, paint: Paint): Cell {
  return value === undefined ? { text: "(not set)", brush: paint.dim } : { text: valueText(value), brush };
}

/** What a reference to something not yet made is called is known already, its id is not. */
function unknownCell(value: Value | undefined, paint: Paint): Cell {
  const name = value === undefined ? "" : `${valueText(value)} `;
  return { text: `${name}(known after apply)`, brush: paint.dim };
}

function notesText(notes: readonly string[]): string {
  return notes.length === 0 ? "" : `  # ${notes.join(", ")}`;
}

function lineText(
  { label, old, wanted, notes }: Line,
  widths: Widths,
  indent: number,
  { paint, columns }: TextLayout,
): string[] {
  const head = `${padTo(label, widths.label)}  `;
  const tail = `${wanted.brush(wanted.text)}${paint.yellow(notes)}`;
  if (old === undefined) return [head + tail];
  const whole = `${head}${old.brush(old.text)}${" ".repeat(Math.max(0, widths.old - displayWidth(old.text)))} → ${tail}`;
  if (columns === undefined || indent + displayWidth(whole) <= columns) return [whole];
  return [head + old.brush(old.text), `${" ".repeat(displayWidth(head))}→ ${tail}`];
}

function blockLines({ shown, side, notes }: FieldRow, paint: Paint): string[] {
  const before = side === "after" || shown.before === undefined ? undefined : yamlText(shown.before);
  const after = side === "before" || shown.after === undefined ? undefined : yamlText(shown.after);
  const head = `${safeLine(shown.path)}:${paint.yellow(notesText(notes))}`;
  return [head, ...textDiff(before, after).map((line) => `  ${diffLineText(line, paint)}`)];
}

/** A line of a diff with its sign, in colour. */
export function diffLineText({ sign, text }: DiffLine, paint: Paint): string {
  if (sign === "hunk") return paint.cyan(text);
  if (sign === " ") return `  ${text}`.trimEnd();
  return sign === "+" ? paint.green(`+ ${text}`.trimEnd()) : paint.red(`- ${text}`.trimEnd());
}
