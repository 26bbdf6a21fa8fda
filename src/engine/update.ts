import { compareField } from "../core/compare.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Live } from "../core/kind.ts";
import { ownedEntry } from "./entry-of.ts";
import { faultOf } from "./fault-of.ts";
import { pauseBefore } from "./patience.ts";
import { type Ended, isUnsure, mayRepeat, type Run, type Task } from "./run.ts";
import type { Wanted } from "./wanted.ts";

/** An object to be changed; `id` is the cloud's. */
export type Updating = Task & { readonly wanted: Wanted; readonly id: string };

/**
 * Brings one object to what is wanted. Where the answer is lost it looks whether the changed fields are as wanted, and sends
 * the same update again where they are not (or cannot be seen), at most `maxSends` times. Never throws.
 */
export async function update(run: Run, task: Updating, sends = 1): Promise<Ended<object>> {
  const { operation, change, kind, wanted, id } = task;
  const changed = [...new Set(change.fields.map(({ field }) => field))];
  const { before = {} } = change;
  const applied = ownedEntry(run.journal.state(), change)?.spec ?? {};
  try {
    await kind.update?.(await run.connect(change.provider), { ...wanted, id, before, applied, changed });
    return { result: {} };
  } catch (error) {
    const fault = faultOf(error);
    const open = sends > 1 || isUnsure(fault);
    if (!open) return { fault, open };
    run.tell(operation, "the answer was lost: looking at the object");
    if (await isAsWanted(run, task, changed)) return { result: {} };
    if (!mayRepeat(run, fault, sends) || !(await pauseBefore(run, sends))) return { fault, open };
    return update(run, task, sends + 1);
  }
}

/** True where the cloud shows every changed field as wanted; false also where it cannot be told. */
async function isAsWanted(
  run: Run,
  { change, kind, wanted, id }: Updating,
  changed: readonly string[],
): Promise<boolean> {
  const object = { provider: change.provider, kind: kind.kind, scope: wanted.scope, id, spec: change.before ?? {} };
  try {
    const live = await run.observer.read(object);
    return (
      live !== undefined &&
      changed.length > 0 &&
      changed.every((name) => shows(run, { change, kind, wanted }, name, live))
    );
  } catch {
    // The update is sent again, which is harmless, and its own fault tells more than that of the look.
    return false;
  }
}

function shows(
  run: Run,
  { change, kind, wanted }: Omit<Updating, "operation" | "id">,
  name: string,
  live: Live,
): boolean {
  const field = fieldsOf(kind).find((one) => one.name === name);
  if (field === undefined || field.traits.writeOnly === true) return false;
  const shown = live.spec[name];
  if (field.traits.describedOnly === true && shown === undefined) return false;
  const base = change.before?.[name];
  const input = { kind, field, wanted: wanted.spec[name], live: shown, base, owned: true, salt: run.salt };
  return compareField(input).length === 0;
}
