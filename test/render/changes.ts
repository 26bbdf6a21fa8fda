import type { Address } from "../../src/core/address.ts";
import type { Change, FieldChange, Plan } from "../../src/core/change.ts";
import { plainLifecycle } from "../../src/core/desired.ts";

/** A change that does nothing, with what a test says beyond that. */
export function change(address: Address, rest: Partial<Change> = {}): Change {
  return {
    address,
    kind: address.slice(0, address.indexOf("/")),
    provider: "retailcloud",
    cloud: { provider: "retailcloud", region: "cn-zhangjiakou", endpoint: "retailcloud.example:443" },
    action: "no-op",
    reason: "as declared",
    identity: address,
    scope: {},
    parents: {},
    dependencies: [],
    origin: "created",
    lifecycle: plainLifecycle,
    fields: [],
    disruption: "none",
    ...rest,
  };
}

/** An intended difference that costs nothing, with what a test says beyond that. */
export function field(path: string, rest: Partial<FieldChange> = {}): FieldChange {
  const [top = path] = path.split(/[.[]/);
  return { field: top, path, class: "intended", disruption: "none", ...rest };
}

/** A plan of these changes, with what a test says beyond that. */
export function planOf(changes: readonly Change[], rest: Partial<Plan> = {}): Plan {
  return {
    project: "storefront",
    destroy: false,
    changes,
    operations: [],
    known: {},
    calls: {},
    refusals: [],
    errors: [],
    warnings: [],
    left: [],
    ...rest,
  };
}
