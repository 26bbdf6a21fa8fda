import { CairnError, fault } from "../core/errors.ts";
import type { Clock } from "../core/provider.ts";
import { durationText } from "../http/duration.ts";
import { type Files, systemFiles } from "./files.ts";
import { defaultLease, type Lease, openWatch } from "./lease.ts";
import { dropLock, sweepClaims, tryLock } from "./lock-file.ts";
import { type FoundLock, isHeld, newRecord, readLock, renewLock } from "./lock-record.ts";

/** A lock that this process holds, renewed every now and then until it is given back. */
export type HeldLock = {
  /** False when somebody has removed it or taken it over. */
  isStillHeld(): Promise<boolean>;
  /** The same, and begins a new lease: nobody takes it over before that ends. */
  renew(): Promise<boolean>;
  /** The last sign of life of the holder that it was taken from; absent where it was free. */
  readonly diedAt?: number;
  /** Gives it back; harmless when called twice, or when somebody has removed it. */
  release(): Promise<void>;
};

/** How a lock is waited for and kept. */
export type LockWait = {
  /** How long to wait for a living holder; 0: refuse at once. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  readonly lease?: Lease;
  readonly files?: Files;
  /** Told once, when there is somebody to wait for. */
  readonly onWait?: (holder: string) => void;
};

const pollMs = 200;

/**
 * Takes the lock file at `path` for `command`. Another living holder is waited for until the time is up, then refused with
 * `E_LOCKED`, which names the holder; `location` stands for the ledger in that message. A holder that is dead beyond doubt loses
 * the lock at once, one that gives no sign of life for a lease after that. Where the last sign of life looks older than
 * that already, the lease is watched for whatever `timeoutMs` says, because most likely nobody is there. A signal that
 * aborts during the wait rejects with `E_INTERRUPTED`. Rejects with the system's error where the file cannot be written.
 */
export async function takeLock(path: string, command: string, location: string, wait: LockWait): Promise<HeldLock> {
  const { clock, lease = defaultLease, files = systemFiles } = wait;
  const record = await newRecord(command, new Date(clock.now()).toISOString());
  const watch = openWatch(lease, clock);
  const patience = openPatience(wait, lease);
  let before: FoundLock | undefined;
  for (;;) {
    before = await readLock(path, files);
    const found = await tryLock(path, record, { files, watch });
    if (found === undefined) break;
    const ms = patience(found);
    if (ms <= 0) throw locked(found, path, location, lease);
    await pause(ms, found, location, wait);
  }
  const held = keep(path, record.token, lease, files);
  try {
    await sweepClaims(path, record.token, files);
  } catch (error) {
    await held.release();
    throw error;
  }
  return before === undefined ? held : { ...held, diedAt: before.beatenAt };
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

async function pause(ms: number, found: FoundLock, location: string, { clock, signal }: LockWait): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (cause) {
    const place = { file: location };
    throw new CairnError([fault("E_INTERRUPTED", `interrupted while waiting for ${holderText(found)}`, { place })], {
      cause,
    });
  }
}

/** The timer keeps no process alive, and a sign of life that cannot be given is missed only by who waits for the lock. */
function keep(path: string, token: string, { beatMs }: Lease, files: Files): HeldLock {
  const beat = setInterval(() => {
    void renewLock(path, token, files).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return {
    isStillHeld: () => isHeld(path, token, files),
    renew: () => renewLock(path, token, files),
    release: () => {
      clearInterval(beat);
      return dropLock(path, token, files);
    },
  };
}

function locked(found: FoundLock, path: string, location: string, lease: Lease): CairnError {
  const help =
    found.record === undefined
      ? `if no run of cairn is at work on it: cairn ledger unlock (removes ${path})`
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
