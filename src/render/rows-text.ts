import { isFields, type Value } from "../core/values.ts";
import type { Paint } from "./paint.ts";
import { safeLine, safeLines } from "./safe-text.ts";
import { tableLines } from "./table.ts";
import { valueText } from "./value-text.ts";
import { truncate } from "./width.ts";

/** Rows as a table for people. Values have been masked by whoever gives them. */
export type RowsTable = {
  /** The fields that are shown, as paths; the last part of each is the head of its column. */
  readonly columns: readonly string[];
  readonly rows: readonly Value[];
  /** A field whose text stands line by line below its row. */
  readonly lines?: string;
};

/** How a table is laid out; without `columns` no line is cut. */
export type Layout = { readonly paint: Paint; readonly columns?: number };

/** The table, columns that no row fills left out, and how many rows there are. Ends with a line break. */
export function renderRows({ columns, rows, lines }: RowsTable, { paint, columns: width }: Layout): string {
  if (rows.length === 0) return "There is nothing.\n";
  const cells = rows.map((row) => columns.map((path) => cellText(at(row, path))));
  const used = columns.map((_, index) => cells.some((row) => row[index] !== ""));
  const kept = (row: readonly string[]): readonly string[] => row.filter((_, index) => used[index]);
  const heads = columns.map((path) => path.slice(path.lastIndexOf(".") + 1));
  const table = tableLines([kept(heads), ...cells.map(kept)]);
  const cut = (line: string): string => (width === undefined ? line : truncate(line, width));
  const [head = "", ...body] = table.map(cut);
  const below = rows.map((row) => (lines === undefined ? [] : textBelow(at(row, lines))));
  const shown = body.flatMap((line, index) => [line, ...(below[index] ?? [])]);
  return [paint.bold(head), ...shown].map((line) => `${line}\n`).join("");
}

function textBelow(value: Value | undefined): readonly string[] {
  return typeof value === "string" ? safeLines(value).map((line) => `    ${line}`) : [];
}

function cellText(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item: Value) => cellText(item)).join(",");
  return isFields(value) ? valueText(value) : safeLine(String(value));
}

function at(row: Value, path: string): Value | undefined {
  return path
    .split(".")
    .reduce<Value | undefined>(
      (inner, name) => (isFields(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
      row,
    );
}
