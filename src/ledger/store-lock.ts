import { failure } from "../core/errors.ts";
import { type ConditionalStore, noConditions } from "./conditional-store.ts";
import type { HeldLock } from "./held-lock.ts";
import { type HeldStoreLock, keepStoreLock } from "./keep-store-lock.ts";
import { defaultLease, openWatch } from "./lease.ts";
import { type FoundLock, newRecord } from "./lock-record.ts";
import { freeText, heldText, lockIn } from "./lock-text.ts";
import { isDead } from "./process-life.ts";
import { type LockNames, type LockWait, untilTaken } from "./wait-for-lock.ts";

/** Where a lock lies in a store, and what messages call it. */
export type StoreLock = LockNames & { readonly store: ConditionalStore; readonly name: string };

/** So many writes in a row that were each overtaken are no race any more. */
const mostConflicts = 50;

/**
 * Takes the lock for `command`: a text that is written where there is none, or in the place of one whose holder is gone or has
 * given it back, on the condition that it still is what was judged. So of several takers one wins, however late the others
 * come. Waits, refuses and takes over as with files. The lock is not believed before the store has refused two writes:
 * `E_LEDGER` where it keeps no conditions, because there it would be a lock for nobody.
 */
export async function takeStoreLock(lock: StoreLock, command: string, wait: LockWait): Promise<HeldStoreLock> {
  const { clock, lease = defaultLease } = wait;
  const { store, name } = lock;
  const record = await newRecord(command, new Date(clock.now()).toISOString());
  const watch = openWatch(lease, clock);
  const text = (): string => heldText(record, clock.now());
  const isOver = async ({ record: holder, beat }: FoundLock): Promise<boolean> =>
    holder !== undefined && (watch(name, beat) || (await isDead(holder, record)));
  let taken: { readonly tag: string; readonly diedAt?: number } = { tag: "" };
  const tryOnce = (): Promise<FoundLock | undefined> =>
    untilCalm(lock, async () => {
      const { found, tag } = await lookAtLock(lock);
      if (found !== undefined && !(await isOver(found))) return found;
      const done = await store.write(name, text(), tag);
      if (done === "conflict") return "again";
      // A clock that is ahead of ours must not make us wait for what it says.
      taken = found === undefined ? done : { ...done, diedAt: Math.min(found.beatenAt, clock.now()) };
      return undefined;
    });
  await untilTaken(tryOnce, lock, wait);
  const held = keepStoreLock({ store, name, token: record.token, text, tag: taken.tag, beatMs: lease.beatMs });
  try {
    await requireConditions(lock, held, text, taken.tag);
  } catch (error) {
    // What went wrong before tells more; a lock that cannot be given back is free after its lease.
    await held.release().catch(() => undefined);
    throw error;
  }
  return taken.diedAt === undefined ? held : { ...held, diedAt: taken.diedAt };
}

/** Who holds the lock; undefined for nobody. */
export async function findStoreLock(lock: StoreLock): Promise<FoundLock | undefined> {
  return (await lookAtLock(lock)).found;
}

/** Frees the lock whoever holds it, and returns what was there: for a user who knows that the holder is gone. */
export function freeStoreLock(lock: StoreLock): Promise<FoundLock | undefined> {
  const { store, name } = lock;
  return untilCalm(lock, async () => {
    const { found, tag } = await lookAtLock(lock);
    if (found === undefined) return undefined;
    return (await store.write(name, freeText(), tag)) === "conflict" ? "again" : found;
  });
}

/** The lock, and the tag of what lies in its place, which may be one that was given back. */
async function lookAtLock({ store, name }: StoreLock): Promise<{ readonly found?: FoundLock; readonly tag?: string }> {
  const stored = await store.read(name);
  if (stored === undefined) return {};
  const found = lockIn(stored);
  return { tag: stored.tag, ...(found === undefined ? {} : { found }) };
}

/** Tries until nobody is quicker. */
async function untilCalm<T>({ location }: StoreLock, tryOnce: () => Promise<T | "again">): Promise<T> {
  for (let tries = 0; tries < mostConflicts; tries += 1) {
    const end = await tryOnce();
    if (end !== "again") return end;
  }
  const message = `the store refused ${mostConflicts} times in a row to write the lock on the condition that it has just named itself`;
  throw failure("E_LEDGER", message, { place: { file: location }, help: noConditions });
}

/**
 * Has the store refuse two writes that it must not do: one of a lock where there is one, and one in the place of a lock that is
 * no more. A store that knows no conditions does them.
 */
async function requireConditions(
  { store, name, location }: StoreLock,
  held: HeldLock,
  text: () => string,
  first: string,
): Promise<void> {
  if (!(await held.renew())) return;
  const isDone = async (over: string | undefined) => (await store.write(name, text(), over)) !== "conflict";
  const isCreated = await isDone(undefined);
  if (!isCreated && !(await isDone(first))) return;
  const condition = isCreated ? "If-None-Match" : "If-Match";
  const message = `the store wrote an object although a condition (${condition}) forbade it: two runs could hold the lock at once`;
  throw failure("E_LEDGER", message, { place: { file: location }, help: noConditions });
}
