import type { LedgerState } from "../core/ledger.ts";
import { amount } from "./amount.ts";
import { projectText } from "./project-text.ts";
import { safeLine } from "./safe-text.ts";

/** A ledger that was looked at, and who holds its lock: nobody, somebody, or a file that cannot be read. */
export type CheckedLedger = {
  readonly location: string;
  readonly ledger: LedgerState;
  readonly holder:
    | "unknown"
    | undefined
    | { readonly command: string; readonly pid: number; readonly host: string; readonly since: string };
  readonly isSound: boolean;
};

/** What there is to know of a ledger as a whole, a line each; what has to be done about it comes behind. */
export function renderLedgerCheck({ location, ledger, holder, isSound }: CheckedLedger): string {
  const { lineage, serial, entries, intents } = ledger;
  const lines = [
    `${location} is ${isSound ? "sound" : "not sound"}: ${projectText(ledger)} owns ${amount(Object.keys(entries).length, "resource")}`,
    `lineage ${lineage}, serial ${serial}`,
    ...intents.map(({ action, entry, since }) => `open intent: ${action} ${entry.address}, since ${since}`),
    ...(intents.length === 0 ? [] : ["an interrupted run left these; the next apply settles them"]),
    lockText(holder),
  ];
  return lines.map((line) => `${safeLine(line)}\n`).join("");
}

function lockText(holder: CheckedLedger["holder"]): string {
  if (holder === undefined) return "no lock";
  if (holder === "unknown") return "locked by an unknown holder: its lock file is not readable";
  const { command, pid, host, since } = holder;
  return `locked by "${command}" (pid ${pid} on ${host}) since ${since}`;
}
