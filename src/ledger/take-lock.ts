import { type Files, systemFiles } from "./files.ts";
import type { HeldLock } from "./held-lock.ts";
import { defaultLease, type Lease, openWatch } from "./lease.ts";
import { dropLock, sweepClaims, tryLock } from "./lock-file.ts";
import { type FoundLock, isHeld, newRecord, readLock, renewLock } from "./lock-record.ts";
import { type LockWait, untilTaken } from "./wait-for-lock.ts";

/**
 * Takes the lock file at `path` for `command`, as `untilTaken` waits and refuses; `location` stands for the ledger in messages. A
 * holder that is dead beyond doubt loses the lock at once, one that gives no sign of life for a lease after that. Rejects
 * with the system's error where the file cannot be written.
 */
export async function takeLock(
  path: string,
  command: string,
  location: string,
  wait: LockWait & { readonly files?: Files },
): Promise<HeldLock> {
  const { clock, lease = defaultLease, files = systemFiles } = wait;
  const record = await newRecord(command, new Date(clock.now()).toISOString());
  const watch = openWatch(lease, clock);
  let before: FoundLock | undefined;
  const tryOnce = async (): Promise<FoundLock | undefined> => {
    before = await readLock(path, files);
    return tryLock(path, record, { files, watch });
  };
  await untilTaken(tryOnce, { lock: path, location }, wait);
  const held = keep(path, record.token, lease, files);
  try {
    await sweepClaims(path, record.token, files);
  } catch (error) {
    await held.release();
    throw error;
  }
  return before === undefined ? held : { ...held, diedAt: before.beatenAt };
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
