import { CairnError, fault } from "../core/errors.ts";
import type { Clock } from "../core/provider.ts";
import { dropLock, type FoundLock, isHeld, newRecord, sweepClaims, tryLock } from "./lock-file.ts";

/** A lock that this process holds. */
export type HeldLock = {
  /** False when somebody has removed it. */
  isStillHeld(): Promise<boolean>;
  /** Gives it back; harmless when called twice, or when somebody has removed it. */
  release(): Promise<void>;
};

/** How long to wait for another holder, in milliseconds, and what ends the wait. */
export type LockWait = { readonly timeoutMs: number; readonly clock: Clock; readonly signal?: AbortSignal };

const pollMs = 200;

/**
 * Takes the lock file at `path` for `command`. Another living holder is waited for until the time is up, then refused with
 * `E_LOCKED`, which names the holder; `location` stands for the ledger in that message. A signal that aborts during the
 * wait rejects with `E_INTERRUPTED`. Rejects with the system's error where the file cannot be written.
 */
export async function takeLock(path: string, command: string, location: string, wait: LockWait): Promise<HeldLock> {
  const { clock, timeoutMs, signal } = wait;
  const began = clock.now();
  const record = await newRecord(command, new Date(began).toISOString());
  for (let found = await tryLock(path, record); found !== undefined; found = await tryLock(path, record)) {
    const left = timeoutMs - (clock.now() - began);
    if (left <= 0) throw locked(found, path, location);
    try {
      await clock.sleep(Math.min(pollMs, left), signal);
    } catch (cause) {
      const place = { file: location };
      throw new CairnError([fault("E_INTERRUPTED", `interrupted while waiting for ${holderText(found)}`, { place })], {
        cause,
      });
    }
  }
  await sweepClaims(path);
  return { isStillHeld: () => isHeld(path, record.token), release: () => dropLock(path, record.token) };
}

function locked(found: FoundLock, path: string, location: string): CairnError {
  const help =
    found.record === undefined
      ? `if no run of cairn is at work on it: cairn ledger unlock (removes ${path})`
      : "wait for it with --lock-timeout 10m; if it is certain that it is gone: cairn ledger unlock";
  return new CairnError([
    fault("E_LOCKED", `the ledger is locked by ${holderText(found)}`, { place: { file: location }, help }),
  ]);
}

function holderText({ record }: FoundLock): string {
  if (record === undefined) return "an unknown holder: its lock file is not readable";
  return `"${record.command}" (pid ${record.pid} on ${record.host}, user ${record.user}) since ${record.since}`;
}
