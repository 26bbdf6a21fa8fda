import type { Diagnostic } from "../core/errors.ts";
import type { Intent, LedgerState } from "../core/ledger.ts";
import type { Clock } from "../core/provider.ts";
import { settle } from "../core/settle.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { survey } from "../core/survey.ts";
import type { LedgerLock } from "../ledger/backend.ts";
import { pause } from "./patience.ts";
import { type RefreshInput, refresh } from "./refresh.ts";

/** What a settlement looks at: as a refresh, and how long it may wait. */
export type SettleInput = RefreshInput & {
  readonly clock: Clock;
  /** Divides every wait. */
  readonly pace: number;
  /** Ends the wait at once; what is open then stays open. */
  readonly signal: AbortSignal;
  /** Without a lock (a plan) nothing is waited for and nothing is written. */
  readonly lock?: Pick<LedgerLock, "write" | "diedAt">;
};

/** What a settlement leaves. */
export type Settled = {
  /** With what the dead run made, and without its settled intents; stored where a lock was given. */
  readonly ledger: LedgerState;
  /** What was seen, for the refresh that follows; undefined where nothing had to be looked at. */
  readonly snapshot?: Snapshot;
  /** What was found and is not claimed. */
  readonly notes: readonly Diagnostic[];
  /** Intents are open, and from this time of the clock on no request of the dead run can be under way any more. */
  readonly quietAt?: number;
};

/** A request that was in flight when its run died may commit so much later; divided by `pace`. */
const flightMs = 10_000;

/**
 * Settles what a run that died was about to do, by looking at the clouds. What observation does not confirm and no manifest
 * names is looked at once more when no request of the dead run can be in flight any more; what a manifest names stays open, for
 * the operation that is to create it to wait (`quietAt`) while all others go on. Makes no call where the ledger has no
 * open intents.
 * Throws as `refresh` does, and `E_LEDGER` where the outcome cannot be written.
 */
export async function settleIntents(input: SettleInput): Promise<Settled> {
  const { ledger, lock, clock } = input;
  const seen = input.snapshot === undefined ? {} : { snapshot: input.snapshot };
  if (ledger.intents.length === 0) return { ledger, ...seen, notes: [] };
  // A lock that was taken from the dead run tells more exactly: it is renewed right before each call that changes something.
  // Another machine's clock may be ahead, and nobody dies in the future.
  const diedAt = Math.min(clock.now(), Math.max(lastSign(ledger.intents), lock?.diedAt ?? 0));
  const quietAt = diedAt + flightMs / input.pace;
  let isPatient = clock.now() >= quietAt;
  let snapshot = await refresh(input);
  let settlement = settleWith(input, snapshot, isPatient);
  const names = new Set(input.desired.map(({ address }) => address));
  // What adds to a history cannot be told from what is added later: it is waited for before anything is planned.
  const canWait = ({ action, entry }: Intent): boolean =>
    action === "create" && names.has(entry.address) && input.kinds.get(entry.kind)?.history === undefined;
  if (!settlement.open.every(canWait) && !isPatient && lock !== undefined) {
    isPatient = await pause(input, (quietAt - clock.now()) * input.pace);
    snapshot = await refresh({ ...input, snapshot: without(snapshot, settlement.open) });
    settlement = settleWith(input, snapshot, isPatient);
  }
  const { notes } = settlement;
  if (lock === undefined) return { ledger: settlement.ledger, snapshot, notes };
  const stored = { ...settlement.ledger, serial: ledger.serial + 1 };
  await lock.write(stored);
  const waits = settlement.open.length > 0 && !isPatient;
  return { ledger: stored, snapshot, notes, ...(waits ? { quietAt } : {}) };
}

function settleWith({ kinds, desired, ledger, roots }: SettleInput, snapshot: Snapshot, isPatient: boolean) {
  const seen = survey({ kinds, desired, ledger, snapshot, ...(roots === undefined ? {} : { roots }) });
  return settle(ledger, seen, new Set(desired.map(({ address }) => address)), isPatient);
}

/** The time of the dead run's last write, in milliseconds; an unreadable one counts as long ago. */
function lastSign(intents: readonly Intent[]): number {
  return Math.max(0, ...intents.map(({ since }) => Date.parse(since)).filter(Number.isFinite));
}

/** The snapshot without the lists in which the open intents may come to light. */
function without({ listings, readings }: Snapshot, open: readonly Intent[]): Snapshot {
  const kinds = new Set(open.map(({ entry: { kind, provider } }) => `${provider} ${kind}`));
  const kept = [...listings].filter(([, { request }]) => !kinds.has(`${request.provider} ${request.kind}`));
  return { listings: new Map(kept), readings };
}
