import type { Draft } from "./draft.ts";
import { keptSpec } from "./seal.ts";
import { isSealed } from "./sealed-value.ts";
import { sameValue, type Value } from "./values.ts";

/**
 * True where nothing is to be called for an owned resource, but what the ledger holds of it (protection, edges, cloud, last applied
 * spec) is not what the manifest says any more. Digests of secrets are compared elsewhere.
 */
export function isStale({ binding, entry, after, needs, triggers, cloud }: Draft): boolean {
  const { desired, kind, parents, scope } = binding;
  if (desired === undefined || entry === undefined || after === undefined) return false;
  const held: Value = {
    cloud: entry.cloud,
    lifecycle: entry.lifecycle,
    dependencies: [...entry.dependencies].sort(),
    parents: entry.parents,
    scope: entry.scope,
    triggers: entry.triggers ?? {},
    spec: withoutSeals(entry.spec),
  };
  const wanted: Value = {
    cloud: cloud ?? entry.cloud,
    lifecycle: desired.lifecycle,
    dependencies: [...needs].sort(),
    parents,
    scope,
    triggers: triggers ?? {},
    spec: keptSpec(kind, after),
  };
  return !sameValue(held, wanted);
}

function withoutSeals(spec: Readonly<Record<string, Value>>): Value {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => !isSealed(value)));
}
