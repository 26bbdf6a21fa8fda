import type { Diagnostic } from "../core/errors.ts";
import type { Removal } from "../core/kind.ts";
import { faultOf } from "./fault-of.ts";
import { patiently } from "./patience.ts";
import { type Ended, isUnsure, mayRepeat, type Run, type Task } from "./run.ts";

/** An object to be deleted. */
export type Removing = Task & { readonly removal: Removal };

/**
 * Deletes the objects of one batch (mostly one) in one call, and answers how each ended, in the same order. After a lost answer
 * it looks, with patience, whether they are gone, and sends what is still there again, at most `maxSends` times. A delete
 * that the cloud declines is done all the same where a read proves the object gone. Never throws.
 */
export async function remove(run: Run, batch: readonly Removing[], sends = 1): Promise<readonly Ended<object>[]> {
  const fault = await sendRemovals(run, batch);
  if (fault === undefined) return batch.map(() => ({ result: {} }));
  const open = sends > 1 || isUnsure(fault);
  if (!open && !isProvable(batch, fault)) return batch.map(() => ({ fault, open }));
  const gone = await Promise.all(batch.map((one) => isGone(run, one, open)));
  const left = batch.filter((_, index) => gone[index] === false);
  const again = mayRepeat(run, fault, sends) && left.length > 0 ? await remove(run, left, sends + 1) : [];
  const ends = new Map(left.map((one, index) => [one, again[index] ?? { fault, open }]));
  return batch.map((one) => ends.get(one) ?? { result: {} });
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

async function isGone(run: Run, { operation, change, kind, removal }: Removing, patient: boolean): Promise<boolean> {
  const look = async (): Promise<true | undefined> => {
    run.tell(operation, patient ? "the answer was lost: looking at the object" : "looking at the object");
    const found = await run.observer.read({ provider: change.provider, kind: kind.kind, ...removal });
    return found === undefined ? true : undefined;
  };
  try {
    return (await (patient ? patiently(run, look) : look())) === true;
  } catch {
    // Nothing is proved then, and the fault of the delete itself tells more than that of the look.
    return false;
  }
}
