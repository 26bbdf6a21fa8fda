import { CairnError } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { isSameLedger, ledgerChange, lostIntents } from "../core/ledger-change.ts";
import { damageRefusal, type Guarded, type LedgerGuard, ledgerRefusals } from "../core/ledger-guards.ts";
import type { LedgerBackend, LedgerLock } from "../ledger/backend.ts";
import type { StoredLedger } from "../ledger/stored-ledger.ts";
import { renderLedgerChange } from "../render/ledger-change.ts";
import { commandText } from "./command-text.ts";
import type { RunContext } from "./run.ts";

/** A ledger that is to take the place of the stored one. */
export type Replacement = {
  readonly given: LedgerState;
  /** What is asked before: lifted by `--allow`. */
  readonly guards: readonly LedgerGuard[];
  /** The command, without its arguments, and with them as it is typed. */
  readonly name: string;
  readonly typed: string;
};

/**
 * Puts a ledger in the place of the stored one, under the lock, unless a guard refuses that (`E_GUARD`): with a serial above all
 * that were there, so that no serial stands for two states as far as they are known. Where both own and intend the same nothing is written.
 */
export async function replaceLedger(context: RunContext, backend: LedgerBackend, wish: Replacement): Promise<number> {
  const { options } = context;
  const lock = await backend.lock(commandText(wish.name, options), options.lockTimeout);
  try {
    return await replaceLocked(context, backend, lock, wish);
  } finally {
    await lock.release();
  }
}

async function replaceLocked(
  context: RunContext,
  backend: LedgerBackend,
  lock: LedgerLock,
  wish: Replacement,
): Promise<number> {
  const { given } = wish;
  const { location } = backend;
  const stored = await backend.look();
  // Says where the ledger is now.
  if (stored.type === "moved") await backend.read();
  const before = stored.type === "ledger" ? stored.ledger : undefined;
  const change = ledgerChange(before, given);
  if (before !== undefined && isSameLedger(before, given)) {
    context.output.json({ location, written: false, serial: before.serial, before: before.serial, ...change });
    context.output.text(`${location} holds that already: nothing was written\n`);
    return 0;
  }
  requireAllowed(context, stored, wish, location);
  const serial = (await highestSerial(backend, before, given)) + 1;
  await lock.replace({ ...given, serial });
  const back = before && context.output.pasteable(wayBack(before, given));
  context.output.json({
    ...{ location, written: true, serial, before: before?.serial ?? null },
    ...change,
    back: back ?? null,
  });
  const intents = [before?.intents.length ?? 0, given.intents.length] as const;
  context.output.text(
    renderLedgerChange({ location, serial, change, intents, ...(back === undefined ? {} : { back }) }),
  );
  return 0;
}

/** The command that restores what was there before, with what it has to be allowed. */
function wayBack(before: LedgerState, given: LedgerState): string {
  const isOther = before.lineage !== given.lineage;
  const intends = lostIntents(given, before).length > 0;
  return `cairn ledger restore ${before.serial}${isOther ? " --allow lineage" : ""}${intends ? " --allow intents" : ""}`;
}

function requireAllowed(
  { options, output }: RunContext,
  stored: StoredLedger,
  { given, guards, typed }: Replacement,
  location: string,
): void {
  const lifted = new Set(options.allow.ledger ?? []);
  const allowed = [...lifted].map((guard) => ` --allow ${guard}`).join("");
  const guarded: Guarded = {
    location,
    guards: new Set(guards.filter((guard) => !lifted.has(guard))),
    command: `${typed}${allowed}`,
  };
  const damaged = stored.type === "damaged" ? damageRefusal(guarded, stored.fault.diagnostics) : undefined;
  const refused = stored.type === "ledger" ? ledgerRefusals(stored.ledger, given, guarded) : [];
  const faults = damaged === undefined ? refused : [damaged];
  if (faults.length > 0) throw new CairnError(output.withPasteableHelp(faults));
}

/** The highest serial that is known: where the ledger itself is lost, its history still tells of some. */
async function highestSerial(
  backend: LedgerBackend,
  before: LedgerState | undefined,
  given: LedgerState,
): Promise<number> {
  if (before !== undefined) return Math.max(before.serial, given.serial);
  const kept = await backend.history();
  return Math.max(given.serial, ...kept.map(({ serial }) => serial));
}
