import type { Address } from "../core/address.ts";
import type { LedgerChange } from "../core/ledger-change.ts";
import { safeLine } from "./safe-text.ts";

/** A ledger that took another one's place. */
export type ReplacedLedger = {
  readonly location: string;
  readonly serial: number;
  readonly change: LedgerChange;
  /** How many open intents there were, and are. */
  readonly intents: readonly [before: number, after: number];
  /** The command that takes it back; absent where nothing was replaced that could be read. */
  readonly back?: string;
};

/** How many addresses are named of each sort. */
const few = 5;

/** What changed in a ledger, and how that is taken back. */
export function renderLedgerChange({ location, serial, change, intents, back }: ReplacedLedger): string {
  const { come, go, differ } = change;
  const parts = [partText(come, "comes", "come"), partText(go, "goes", "go"), partText(differ, "differs", "differ")];
  const [before, after] = intents;
  const lines = [
    `${location} is at serial ${serial} now: ${parts.join(", ")}`,
    ...(before === after ? [] : [`open intents: ${after} instead of ${before}`]),
    ...(back === undefined ? [] : [`${back} takes it back`]),
  ];
  return lines.map((line) => `${safeLine(line)}\n`).join("");
}

function partText(addresses: readonly Address[], one: string, many: string): string {
  const { length } = addresses;
  if (length === 0) return `nothing ${one}`;
  const rest = length > few ? `, and ${length - few} more` : "";
  return `${length} ${length === 1 ? one : many} (${addresses.slice(0, few).join(", ")}${rest})`;
}
