import { type Diagnostic, fault } from "./errors.ts";
import type { LedgerState } from "./ledger.ts";
import { lostIntents } from "./ledger-change.ts";

/** What keeps a ledger from being replaced, each lifted by its name. */
export const ledgerGuards = ["lineage", "serial", "intents", "damaged"] as const;

/** One of these guards. */
export type LedgerGuard = (typeof ledgerGuards)[number];

/** How a replacement is guarded. */
export type Guarded = {
  /** Where the ledger lies. */
  readonly location: string;
  /** The guards that hold, those that were lifted left out. */
  readonly guards: ReadonlySet<LedgerGuard>;
  /** The command that replaces, as it is typed. */
  readonly command: string;
};

/** How many are named in one sentence. */
const few = 5;

/** Why a stored ledger is not to be replaced by another one, all reasons at once. Pure. */
export function ledgerRefusals(stored: LedgerState, given: LedgerState, guarded: Guarded): readonly Diagnostic[] {
  const { guards } = guarded;
  const refuse = (guard: LedgerGuard, message: string, cure: string): Diagnostic[] =>
    guards.has(guard) ? [refusal(guarded, guard, message, cure)] : [];
  if (stored.lineage !== given.lineage) {
    const message = `the stored ledger is of lineage ${stored.lineage}, the other one of ${given.lineage}: neither came from the other`;
    return [...refuse("lineage", message, "compare both with cairn ledger list"), ...refuseIntents()];
  }
  const message = `the stored ledger is at serial ${stored.serial}, the other one at ${given.serial}: what was recorded since would be forgotten`;
  const isOlder = given.serial < stored.serial;
  return [
    ...(isOlder ? refuse("serial", message, "look at what is owned now with cairn ledger list") : []),
    ...refuseIntents(),
  ];

  function refuseIntents(): Diagnostic[] {
    const lost = lostIntents(stored, given);
    if (lost.length === 0) return [];
    const named = lost.slice(0, few).map(({ action, entry }) => `${action} ${entry.address}`);
    const rest = lost.length > few ? ` and ${lost.length - few} more` : "";
    const what = `an interrupted run left open what the other ledger does not hold: ${named.join(", ")}${rest}`;
    return refuse("intents", what, "let cairn apply settle that first");
  }
}

/** Why a stored ledger that cannot be read is not to be replaced; undefined where that guard was lifted. Pure. */
export function damageRefusal(guarded: Guarded, damage: string): Diagnostic | undefined {
  if (!guarded.guards.has("damaged")) return undefined;
  const message = `the stored ledger cannot be read, so that nothing of it can be compared: ${damage}`;
  return refusal(guarded, "damaged", message, "look whether a better copy is at hand");
}

function refusal({ location, command }: Guarded, guard: LedgerGuard, message: string, cure: string): Diagnostic {
  const place = { file: location };
  return fault("E_GUARD", message, { place, help: `${cure}; to replace it all the same: ${command} --allow ${guard}` });
}
