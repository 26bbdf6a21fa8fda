import type { Change, Operation } from "./change.ts";
import type { Kinds } from "./kind.ts";

/** How often apply will send each of the vendors' mutating actions; what travels in one call counts once. */
export function predictCalls(
  kinds: Kinds,
  changes: readonly Change[],
  operations: readonly Operation[],
): Readonly<Record<string, number>> {
  const kindOf = new Map(changes.map((change) => [change.address, kinds.get(change.kind)]));
  const counted = new Set<string>();
  const calls: Record<string, number> = {};
  for (const { key, address, action, batch } of operations) {
    const actions = kindOf.get(address)?.actions;
    const name = { create: actions?.create, update: actions?.update?.[0], delete: actions?.remove, record: undefined }[
      action
    ];
    if (name === undefined || counted.has(batch ?? key)) continue;
    counted.add(batch ?? key);
    calls[name] = (calls[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(calls).sort());
}
