import type { ConditionalStore } from "./conditional-store.ts";
import type { HeldLock } from "./held-lock.ts";
import { freeText, lockIn } from "./lock-text.ts";

/** A lock in a store that has just been taken. */
export type TakenLock = {
  readonly store: ConditionalStore;
  readonly name: string;
  readonly token: string;
  /** Its text with a new sign of life. */
  readonly text: () => string;
  /** What the store has called it. */
  readonly tag: string;
  readonly beatMs: number;
};

/** A lock in a store that this process holds. */
export type HeldStoreLock = HeldLock & {
  /** Of this taking only. */
  readonly token: string;
};

/** Our own write, whose answer was lost, may be in the way once or twice; whoever else is has the lock. */
const mostLooks = 5;

/**
 * Keeps a lock until it is given back. Its writes run one after the other, because each names the one before as what it
 * replaces; all who ask for a renewal while one is under way share the next. The timer keeps no process alive, and a sign of life
 * that cannot be given is missed only by who waits for the lock.
 */
export function keepStoreLock({ store, name, token, text, tag: first, beatMs }: TakenLock): HeldStoreLock {
  let tag = first;
  let isReleased = false;
  let busy: Promise<unknown> = Promise.resolve();
  let coming: Promise<boolean> | undefined;

  /** False where the lock is not ours. */
  const put = async (next: string): Promise<boolean> => {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const done = await store.write(name, next, tag);
      if (done !== "conflict") {
        tag = done.tag;
        return true;
      }
      const stored = await store.read(name);
      if (stored === undefined || lockIn(stored)?.record?.token !== token) return false;
      tag = stored.tag;
    }
    return false;
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = busy.then(work);
    busy = done.catch(() => undefined);
    return done;
  };

  const renew = (): Promise<boolean> => {
    coming ??= inTurn(async () => {
      coming = undefined;
      return isReleased ? false : await put(text());
    });
    return coming;
  };

  const beat = setInterval(() => void renew().catch(() => undefined), beatMs);
  beat.unref();

  return {
    token,
    isStillHeld: async () => {
      const stored = await store.read(name);
      return stored !== undefined && lockIn(stored)?.record?.token === token;
    },
    renew,
    release: () => {
      clearInterval(beat);
      return inTurn(async () => {
        if (isReleased) return;
        await put(freeText());
        isReleased = true;
      });
    },
  };
}
