import type { Address } from "../core/address.ts";
import { successorOf } from "../core/deposed.ts";
import { reachable } from "../core/graph.ts";
import type { Entry } from "../core/ledger.ts";
import type { StackInput } from "./stack-input.ts";
import { takeovers } from "./takeovers.ts";

/** What is owned and declared no longer. */
export type Orphans = {
  /** What is to be deleted (forgotten, retained: as its lifecycle says), sorted. */
  readonly ending: readonly Address[];
  /** Those of them that something declared still uses: it has to stop doing so first. */
  readonly used: ReadonlySet<Address>;
  /** What seems to live on under another name, old → new. */
  readonly renamed: ReadonlyMap<Address, Address>;
};

/** Tells apart what ends and what was renamed among the owned addresses that no manifest declares. Pure. */
export function orphansOf({ desired, entries, kinds }: StackInput): Orphans {
  const renamed = takeovers(desired, entries, kinds);
  const staying = new Set([...desired.map(({ address }) => address), ...renamed.keys()]);
  const ending = entries
    .map(({ address }) => address)
    // What waits for its successor to be ready is the successor's business: no manifest ever named it.
    .filter((address) => !staying.has(address) && successorOf(address) === undefined)
    .sort();
  const usersOf = users(entries);
  const isUsed = (address: Address): boolean => [...reachable([address], usersOf)].some((one) => staying.has(one));
  return { ending, renamed, used: new Set(ending.filter(isUsed)) };
}

/** Who needs an address, as the ledger remembers it. */
function users(entries: readonly Entry[]): (address: Address) => readonly Address[] {
  const found = new Map<Address, Address[]>();
  for (const { address, dependencies, parents } of entries) {
    for (const needed of new Set([...dependencies, ...Object.values(parents)])) {
      found.set(needed, [...(found.get(needed) ?? []), address]);
    }
  }
  return (address) => found.get(address) ?? [];
}
