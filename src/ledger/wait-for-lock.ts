import { CairnError, fault } from "../core/errors.ts";
import type { Clock } from "../core/provider.ts";
import { durationText } from "../http/duration.ts";
import { defaultLease, type Lease } from "./lease.ts";
import type { FoundLock } from "./lock-record.ts";

/** How a lock is waited for and kept. */
export type LockWait = {
  /** How long to wait for a living holder; 0: refuse at once. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  readonly lease?: Lease;
  /** Told once, when there is somebody to wait for. */
  readonly onWait?: (holder: string) => void;
};

/** What messages call a lock, and the ledger that it is of. */
export type LockNames = { readonly lock: string; readonly location: string };

const pollMs = 200;

/**
 * Tries until the lock is taken. A try answers with the lock that stands in the way, or with nothing where it is taken. Another
 * living holder is waited for until the time is up, then refused with `E_LOCKED`, which names the holder. Where the last sign of
 * life looks older than a lease already, the lease is watched for whatever `timeoutMs` says, because most likely nobody is
 * there. A signal that aborts during the wait rejects with `E_INTERRUPTED`.
 */
export async function untilTaken(
  tryOnce: () => Promise<FoundLock | undefined>,
  names: LockNames,
  wait: LockWait,
): Promise<void> {
  const lease = wait.lease ?? defaultLease;
  const patience = openPatience(wait, lease);
  for (;;) {
    const found = await tryOnce();
    if (found === undefined) return;
    const ms = patience(found);
    if (ms <= 0) throw locked(found, names, lease);
    await pause(ms, found, names, wait);
  }
}

/** Says after each vain try how long to wait for the next one; 0: no longer. */
function openPatience({ clock, timeoutMs, onWait }: LockWait, lease: Lease): (found: FoundLock) => number {
  const began = clock.now();
  let first: string | undefined;
  return (found) => {
    const now = clock.now();
    const isUnchanged = first === undefined || first === found.beat;
    const looksDead = found.record !== undefined && isUnchanged && now - found.beatenAt > lease.ms;
    const left = began + (looksDead ? Math.max(timeoutMs, 2 * lease.ms) : timeoutMs) - now;
    if (first === undefined && left > 0) onWait?.(holderText(found));
    first ??= found.beat;
    return Math.min(pollMs, lease.ms / 10, left);
  };
}

async function pause(
  ms: number,
  found: FoundLock,
  { location }: LockNames,
  { clock, signal }: LockWait,
): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (cause) {
    const place = { file: location };
    throw new CairnError([fault("E_INTERRUPTED", `interrupted while waiting for ${holderText(found)}`, { place })], {
      cause,
    });
  }
}

function locked(found: FoundLock, { lock, location }: LockNames, lease: Lease): CairnError {
  const help =
    found.record === undefined
      ? `if no run of cairn is at work on it: cairn ledger unlock (removes ${lock})`
      : `wait for it with --lock-timeout 10m: a run that died frees it ${durationText(lease.ms)} after its last sign of life; ` +
        "if it is certain that it is gone: cairn ledger unlock";
  return new CairnError([
    fault("E_LOCKED", `the ledger is locked by ${holderText(found)}`, { place: { file: location }, help }),
  ]);
}

function holderText({ record }: FoundLock): string {
  if (record === undefined) return "an unknown holder: its lock file is not readable";
  return `"${record.command}" (pid ${record.pid} on ${record.host}, user ${record.user}) since ${record.since}`;
}
