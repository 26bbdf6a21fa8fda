import { tableLines } from "./table.ts";

/** A kept version of a ledger. */
export type HistoryRow = { readonly serial: number; readonly keptAt: string; readonly owned: number };

/** The kept versions of a ledger as a table, in the order given; ends with a line break. */
export function renderLedgerHistory(rows: readonly HistoryRow[], location: string): string {
  if (rows.length === 0)
    return `nothing is kept of ${location} yet: the next run that changes it keeps what it finds\n`;
  const cells = rows.map(({ serial, keptAt, owned }) => [String(serial), keptAt, String(owned)]);
  return tableLines([["SERIAL", "REPLACED", "OWNED"], ...cells])
    .map((line) => `${line}\n`)
    .join("");
}
