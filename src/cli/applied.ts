import { splitAddress } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import type { LedgerState } from "../core/ledger.ts";

/**
 * What was applied last, as if it were declared: the wanted side of a drift comparison. Its place is that of the manifest, or
 * the ledger (`location`) where none declares it any more. Pure.
 */
export function lastApplied(
  { entries }: LedgerState,
  location: string,
  manifests: readonly Desired[],
): readonly Desired[] {
  const sources = new Map(manifests.map(({ address, source }) => [address, source]));
  return Object.values(entries).map(({ address, kind, provider, spec, lifecycle }) => ({
    address,
    kind,
    name: splitAddress(address).name,
    provider,
    spec,
    labels: {},
    lifecycle,
    dependsOn: [],
    source: sources.get(address) ?? { file: location },
    places: {},
    sources: {},
  }));
}
