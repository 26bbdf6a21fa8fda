import { displayWidth, padTo } from "./width.ts";

/** Rows with their columns aligned by display width; nothing is filled up behind the last column. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((text, index) => padTo(text, widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
