import { CairnError, failure } from "../core/errors.ts";
import type { Entry, Intent, LedgerState } from "../core/ledger.ts";
import { closest } from "../core/suggest.ts";
import { lostLedger } from "./lost-ledger.ts";
import type { Session } from "./session.ts";

/** The stored ledger; `E_NO_LEDGER` where none exists. */
export async function requireLedger({ backend }: Pick<Session, "backend">): Promise<LedgerState> {
  const stored = await backend.read();
  if (stored !== undefined) return stored;
  const [lost] = await lostLedger(backend);
  if (lost !== undefined) throw new CairnError([{ ...lost, severity: "error" }]);
  throw failure("E_NO_LEDGER", `there is no ledger at ${backend.location}`, {
    help: "cairn apply makes one; -C names the project folder and --stack the stack",
  });
}

/** The entry of an address; `E_TARGET` where it is not owned, with the closest that is. */
export function requireEntry({ entries }: LedgerState, text: string): Entry {
  const entry = Object.values(entries).find(({ address }) => address === text);
  if (entry !== undefined) return entry;
  const near = closest(text, Object.keys(entries));
  throw failure("E_TARGET", `${text} is not owned`, {
    help: near === undefined ? "cairn ledger list shows what is" : `did you mean ${near}? cairn ledger list shows all`,
  });
}

/** The same, but also for what an interrupted run was about to do and no entry tells of yet: an intent has no id then. */
export function requireHeld(ledger: LedgerState, text: string): Intent["entry"] {
  const intended = ledger.intents.find(({ entry }) => entry.address === text)?.entry;
  return text in ledger.entries || intended === undefined ? requireEntry(ledger, text) : intended;
}
