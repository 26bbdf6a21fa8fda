import type { Diagnostic } from "../core/errors.ts";
import type { Removal } from "../core/kind.ts";
import type { ListRequest } from "../core/snapshot.ts";
import { faultOf } from "./fault-of.ts";
import { lastLook } from "./last-look.ts";
import { type Hiding, patiently, repetitionMs, unseenMs } from "./patience.ts";
import { type Ended, isUnsure, mayRepeat, type Run, spent, type Task } from "./run.ts";

/** An object to be deleted. */
export type Removing = Task & {
  readonly removal: Removal;
  /** What it was recorded as; absent where nothing tells. */
  readonly identity?: string;
};

/**
 * Deletes those objects of one batch that still are what was recorded, as `remove` does, and leaves the others: each is looked at
 * once more right before, and again before each further try, as somebody may have had time meanwhile. `sends` counts the try.
 * Never throws.
 */
export async function removeRecorded(
  run: Run,
  batch: readonly Removing[],
  release: () => void,
  sends = 1,
): Promise<readonly Ended<object>[]> {
  const ends = new Map<Removing, Ended<object>>();
  await Promise.all(
    batch.map(async (one) => {
      const fault = await lastLook(run, one);
      // What was sent before may still come to pass.
      if (fault !== undefined) ends.set(one, { fault, open: sends > 1 });
    }),
  );
  const meant = batch.filter((one) => !ends.has(one));
  const removed = meant.length === 0 ? [] : await remove(run, meant, release, sends);
  const rest = removed.values();
  return batch.flatMap((one) => ends.get(one) ?? rest.next().value ?? []);
}

/**
 * Deletes the objects of one batch (mostly one) in one call, and answers how each ended, in the same order. After a lost answer
 * it calls `release`, looks whether they are gone, and sends what is still there again, at most `maxSends` times: another
 * delete of the same object harms nobody, so that real patience is left to the last look. A delete that the cloud declines
 * is done all the same where a read proves the object gone. Never throws.
 */
async function remove(
  run: Run,
  batch: readonly Removing[],
  release: () => void,
  sends: number,
): Promise<readonly Ended<object>[]> {
  const sentAt = run.clock.now();
  const fault = await sendRemovals(run, batch);
  if (fault === undefined) return batch.map((one) => gone(run, one, sentAt));
  const open = sends > 1 || isUnsure(fault);
  if (!open && !isProvable(batch, fault)) return batch.map(() => ({ fault, open }));
  if (open) release();
  const repeats = mayRepeat(run, fault, sends);
  const leastMs = repeats ? repetitionMs(sends) : open ? unseenMs : 0;
  const since = run.clock.now();
  const isLeft = await Promise.all(batch.map(async (one) => !(await isGone(run, one, { since, leastMs }))));
  const left = batch.filter((_, index) => isLeft[index]);
  const again = repeats && left.length > 0 ? await removeRecorded(run, left, release, sends + 1) : [];
  const ends = new Map(left.map((one, index) => [one, again[index] ?? { fault: spent(fault, sends), open }]));
  return batch.map((one) => ends.get(one) ?? { result: {} });
}

/** Notes when the object went: lists that still show it lag. */
function gone({ lag, clock }: Run, one: Removing, sentAt: number): Ended<object> {
  const { id } = one.removal;
  lag.wrote({ ...requestOf(one), id, makes: "gone", sentAt, answeredAt: clock.now() });
  return { result: {} };
}

function requestOf({ change, kind, removal }: Removing): ListRequest {
  return { provider: change.provider, kind: kind.kind, scope: removal.scope };
}

/** True where the cloud declined and a read can tell whether that was because the object is gone: a list may lag or omit. */
function isProvable([first]: readonly Removing[], { code }: Diagnostic): boolean {
  return code === "E_CLOUD" && first?.kind.read !== undefined;
}

async function sendRemovals(run: Run, batch: readonly Removing[]): Promise<Diagnostic | undefined> {
  const [first, ...others] = batch;
  if (first === undefined) return undefined;
  const { kind, change, removal } = first;
  try {
    const api = await run.connect(change.provider);
    if (others.length > 0 && kind.removeMany !== undefined) {
      await kind.removeMany(
        api,
        batch.map((one) => one.removal),
      );
    } else {
      await kind.remove?.(api, removal);
    }
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

async function isGone(run: Run, one: Removing, times: Pick<Hiding, "since" | "leastMs">): Promise<boolean> {
  const request = requestOf(one);
  try {
    const found = await patiently(run, { request, ...times }, async () => {
      run.tell(
        one.operation,
        times.leastMs > 0 ? "the answer was lost: looking at the object" : "looking at the object",
      );
      const live = await run.observer.read({ ...request, ...one.removal });
      return live === undefined ? true : undefined;
    });
    return found === true;
  } catch {
    // Nothing is proved then, and the fault of the delete itself tells more than that of the look.
    return false;
  }
}
