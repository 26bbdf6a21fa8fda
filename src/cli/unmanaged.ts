import type { Desired } from "../core/desired.ts";
import type { UnmanagedObject } from "../core/drift.ts";
import type { Kinds } from "../core/kind.ts";
import type { Cloud, LedgerState } from "../core/ledger.ts";
import { ownerKey } from "../core/plan-input.ts";
import type { Listing, Snapshot } from "../core/snapshot.ts";
import { survey } from "../core/survey.ts";
import { byText } from "../core/values.ts";

type Input = {
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  readonly ledger: LedgerState;
  readonly snapshot: Snapshot;
  readonly clouds: ReadonlyMap<string, Cloud>;
  readonly ownedElsewhere: ReadonlyMap<string, string>;
};

/** What lives in the listed scopes, and no manifest wants and no stack of the project owns; sorted. Pure. */
export function unmanagedIn(input: Input): readonly UnmanagedObject[] {
  const { kinds, desired, ledger, snapshot } = input;
  const bindings = [...survey({ kinds, desired, ledger, snapshot }).bindings.values()];
  const taken = new Set(
    bindings.flatMap(({ kind, provider, object }) =>
      object === undefined ? [] : [nameOf(provider, kind.kind, object.id)],
    ),
  );
  const found = [...snapshot.listings.values()].flatMap((listing) => strangers(listing, input, taken));
  const order = ({ kind, identity, id }: UnmanagedObject): string => `${kind} ${identity} ${id}`;
  return found.sort((one, other) => byText(order(one), order(other)));
}

function strangers({ request, objects }: Listing, input: Input, taken: ReadonlySet<string>): UnmanagedObject[] {
  const { kind, provider, scope } = request;
  const cloud = input.clouds.get(provider);
  const known = input.kinds.get(kind);
  return objects
    .filter(({ id }) => !taken.has(nameOf(provider, kind, id)))
    .filter(({ id }) => cloud === undefined || !input.ownedElsewhere.has(ownerKey(kind, cloud, id, scope)))
    .map(({ id, spec }) => ({ kind, provider, id, identity: known?.identity(spec) ?? id, scope }));
}

function nameOf(provider: string, kind: string, id: string): string {
  return JSON.stringify([provider, kind, id]);
}
