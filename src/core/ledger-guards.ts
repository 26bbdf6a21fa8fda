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

const look = "look at what is owned now with cairn ledger list";

/** How many are named in one sentence. */
const few = 5;

/** What speaks against a replacement, and what to do about that first. */
type Reason = { readonly guard: LedgerGuard; readonly message: string; readonly cure: string };

/** Why a stored ledger is not to be replaced by another one, all reasons at once. Pure. */
export function ledgerRefusals(stored: LedgerState, given: LedgerState, guarded: Guarded): readonly Diagnostic[] {
  return [...versionReasons(stored, given), ...intentReasons(stored, given)]
    .filter(({ guard }) => guarded.guards.has(guard))
    .map((reason) => refusal(guarded, reason));
}

/** Serials of different lineages say nothing about each other. */
function versionReasons(stored: LedgerState, given: LedgerState): readonly Reason[] {
  if (stored.lineage !== given.lineage) {
    const message = `the stored ledger is of lineage ${stored.lineage}, the other one of ${given.lineage}: neither came from the other`;
    return [{ guard: "lineage", message, cure: look }];
  }
  if (stored.serial <= given.serial) return [];
  const message = `the stored ledger is at serial ${stored.serial}, the other one at ${given.serial}: what was recorded since would be forgotten`;
  return [{ guard: "serial", message, cure: look }];
}

function intentReasons(stored: LedgerState, given: LedgerState): readonly Reason[] {
  const lost = lostIntents(stored, given);
  if (lost.length === 0) return [];
  const named = lost.slice(0, few).map(({ action, entry }) => `${action} ${entry.address}`);
  const rest = lost.length > few ? ` and ${lost.length - few} more` : "";
  const message = `an interrupted run left open what the other ledger does not hold: ${named.join(", ")}${rest}`;
  return [{ guard: "intents", message, cure: "let cairn apply settle that first" }];
}

/** Why a stored ledger that cannot be read is not to be replaced; undefined where that guard was lifted. Pure. */
export function damageRefusal(guarded: Guarded, damages: readonly Diagnostic[]): Diagnostic | undefined {
  if (!guarded.guards.has("damaged")) return undefined;
  const [first, ...more] = damages.map((one) => one.message);
  const damage = `${first}${more.length > 0 ? ` (and ${more.length} more)` : ""}`;
  const message = `the stored ledger cannot be read, so that nothing of it can be compared: ${damage}`;
  return refusal(guarded, { guard: "damaged", message, cure: "look whether a better copy is at hand" });
}

function refusal({ location, command }: Guarded, { guard, message, cure }: Reason): Diagnostic {
  const place = { file: location };
  return fault("E_GUARD", message, { place, help: `${cure}; to replace it all the same: ${command} --allow ${guard}` });
}
