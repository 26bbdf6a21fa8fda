import { splitAddress } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import type { LedgerState } from "../core/ledger.ts";

/** What was applied last, as if it were declared: the wanted side of a drift comparison. `location` names the ledger. Pure. */
export function lastApplied({ entries }: LedgerState, location: string): readonly Desired[] {
  return Object.values(entries).map(({ address, kind, provider, spec, lifecycle }) => ({
    address,
    kind,
    name: splitAddress(address).name,
    provider,
    spec,
    labels: {},
    lifecycle,
    dependsOn: [],
    source: { file: location },
    places: {},
    sources: {},
  }));
}
