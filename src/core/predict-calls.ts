import type { Change, Operation } from "./change.ts";
import type { Kind, Kinds } from "./kind.ts";

/** How often apply will send each of the vendors' mutating actions; what travels in one call counts once. */
export function predictCalls(
  kinds: Kinds,
  changes: readonly Change[],
  operations: readonly Operation[],
): Readonly<Record<string, number>> {
  const changeAt = new Map(changes.map((change) => [change.address, change]));
  const counted = new Set<string>();
  const calls: Record<string, number> = {};
  for (const { key, address, action, batch } of operations) {
    const change = changeAt.get(address);
    const kind = change && kinds.get(change.kind);
    if (change === undefined || kind === undefined || counted.has(batch ?? key)) continue;
    counted.add(batch ?? key);
    for (const name of namesOf(kind, change, action)) calls[name] = (calls[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(calls).sort());
}

function namesOf(
  { actions, sends }: Kind,
  { before = {}, after = {}, fields }: Change,
  action: Operation["action"],
): readonly string[] {
  if (sends !== undefined && action === "create") {
    return sends({ action, before: {}, wanted: after, changed: Object.keys(after) });
  }
  if (sends !== undefined && action === "update") {
    return sends({ action, before, wanted: after, changed: [...new Set(fields.map(({ field }) => field))] });
  }
  const { create, update = [], remove, resume } = actions;
  const names = { create, update: update[0], delete: remove, record: undefined, follow: undefined, resume };
  const name = names[action];
  return name === undefined ? [] : [name];
}
