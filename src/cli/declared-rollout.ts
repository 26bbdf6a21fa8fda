import type { Address } from "../core/address.ts";
import { isReference } from "../core/reference.ts";
import type { Fields } from "../core/values.ts";
import type { RolloutSession } from "./rollout-session.ts";

/** A rollout as it is declared, or was applied last. */
export type DeclaredRollout = { readonly address: Address; readonly spec: Fields };

/** What manifests and ledger say of an environment's rollout, manifests first. */
export function declaredRollouts({ session, look, rollouts, id }: RolloutSession): readonly DeclaredRollout[] {
  const { desired } = session.project;
  const kind = rollouts.declaredBy;
  const environment = look.ownerOf(rollouts.environments, id);
  const entry = look.entries.find((one) => one.kind === kind && one.id === id);
  const isMeant = ({ address, spec }: DeclaredRollout): boolean =>
    address === entry?.address || Object.values(spec).some((value) => leadsTo(value, environment, id));
  const declared = desired.filter((one) => one.kind === kind && one.provider === look.alias && isMeant(one));
  return [...declared, ...(entry === undefined ? [] : [entry])];
}

function leadsTo(value: unknown, environment: string | undefined, id: string): boolean {
  if (!isReference(value)) return false;
  return "to" in value ? value.to === environment : "id" in value && value.id === id;
}
