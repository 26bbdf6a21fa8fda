import { compareField } from "../core/compare.ts";
import type { Diagnostic } from "../core/errors.ts";
import { type Field, fieldsOf } from "../core/fields.ts";
import type { Live } from "../core/kind.ts";
import { isAdded } from "./added.ts";
import { ownedEntry } from "./entry-of.ts";
import { faultOf } from "./fault-of.ts";
import { patiently, pause, repetitionMs, unseenMs } from "./patience.ts";
import { type Ended, isUnsure, mayRepeat, type Run, spent, type Task } from "./run.ts";
import type { Wanted } from "./wanted.ts";

/** An object to be changed; `id` is the cloud's. */
export type Updating = Task & { readonly wanted: Wanted; readonly id: string };

/**
 * Brings one object to what is wanted. Where the answer is lost it calls `release` and looks whether the changed
 * fields are as wanted. Where they are not it sends the same update again, at most `maxSends` times; where that cannot be
 * seen, only if its kind is `repeatable`. Never throws.
 */
export async function update(run: Run, task: Updating, release: () => void, sends = 1): Promise<Ended<object>> {
  const { operation, change, kind } = task;
  const changed = [...new Set(change.fields.map(({ field }) => field))];
  const fault = await sendUpdate(run, task, changed);
  if (fault === undefined) return { result: {} };
  const open = sends > 1 || isUnsure(fault);
  if (!open) return { fault, open };
  release();
  run.tell(operation, "the answer was lost: looking at the object");
  const seen = kind.history === undefined ? await look(run, task, changed) : await lookForEntry(run, task);
  if (seen === "done") return { result: {} };
  const isHarmless = seen === "undone" || kind.repeatable === true;
  const repeats = isHarmless && mayRepeat(run, fault, sends) && (await pause(run, repetitionMs(sends)));
  return repeats ? update(run, task, release, sends + 1) : { fault: spent(fault, sends), open };
}

async function sendUpdate(
  run: Run,
  { change, kind, wanted, id }: Updating,
  changed: readonly string[],
): Promise<Diagnostic | undefined> {
  const { before = {} } = change;
  const applied = ownedEntry(run.journal.state(), change)?.spec ?? {};
  try {
    await kind.update?.(await run.connect(change.provider), { ...wanted, id, before, applied, changed });
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

/** What the cloud tells of an update: one changed field that is not as wanted is enough for `undone`. */
type Seen = "done" | "undone" | "unseen";

async function look(run: Run, { change, kind, wanted, id }: Updating, changed: readonly string[]): Promise<Seen> {
  const object = { provider: change.provider, kind: kind.kind, scope: wanted.scope, id, spec: change.before ?? {} };
  try {
    const live = await run.observer.read(object);
    if (live === undefined) return "unseen";
    const fields = fieldsOf(kind).filter(({ name }) => changed.includes(name));
    const seen = fields.map((field) => lookAt(run, { change, wanted }, field, live));
    if (seen.includes("undone")) return "undone";
    return seen.length === 0 || seen.includes("unseen") ? "unseen" : "done";
  } catch {
    // The fault of the update itself tells more than that of the look.
    return "unseen";
  }
}

/** A history shows what was added to it; it is looked for with patience, because a second call would add it twice. */
async function lookForEntry(run: Run, task: Updating): Promise<Seen> {
  const { change, kind, wanted, id } = task;
  const request = { provider: change.provider, kind: kind.kind, scope: wanted.scope };
  const hiding = { request, since: run.clock.now(), leastMs: unseenMs };
  try {
    const found = await patiently(run, hiding, async () => {
      const live = await run.observer.read({ ...request, id, spec: change.before ?? {} });
      return live !== undefined && isAdded(run, task, live) ? live : undefined;
    });
    return found === undefined ? "undone" : "done";
  } catch {
    return "unseen";
  }
}

function lookAt(run: Run, { change, wanted }: Pick<Updating, "change" | "wanted">, field: Field, live: Live): Seen {
  const { name, traits } = field;
  const shown = live.spec[name];
  if (traits.writeOnly === true || (traits.describedOnly === true && shown === undefined)) return "unseen";
  const base = change.before?.[name];
  const input = { field, wanted: wanted.spec[name], live: shown, base, owned: true, salt: run.salt };
  return compareField(input).length === 0 ? "done" : "undone";
}
