import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { closeOrders } from "./close-orders.ts";
import { dropClaim } from "./storage.ts";
import type { retailcloudTables } from "./tables.ts";

type Row<K extends keyof typeof retailcloudTables> = RowOf<typeof retailcloudTables, K>;

type Children = {
  readonly services: readonly Row<"Service">[];
  readonly accessPoints: readonly Row<"SlbAP">[];
  readonly allocations: readonly Row<"AppResourceAlloc">[];
  readonly claims: readonly Row<"PersistentVolumeClaim">[];
};

/** What hangs on an environment. */
export function childrenOf(store: AccountStore, id: string): Children {
  return {
    services: store.rows("Service").filter(({ EnvId }) => EnvId === id),
    accessPoints: store.rows("SlbAP").filter(({ EnvId }) => EnvId === id),
    allocations: store.rows("AppResourceAlloc").filter(({ AppEnvId }) => AppEnvId === id),
    claims: store.rows("PersistentVolumeClaim").filter(({ EnvId }) => EnvId === id),
  };
}

/** Deletes an environment with all that hangs on it. Its orders are history and stay; those under way are closed at `now`. */
export function dropEnvironment(store: AccountStore, id: string, now: number): void {
  const { services, accessPoints, allocations, claims } = childrenOf(store, id);
  closeOrders(store, id, now);
  for (const { ServiceId } of services) store.drop("Service", ServiceId);
  for (const { SlbAPId } of accessPoints) store.drop("SlbAP", SlbAPId);
  for (const { Id } of allocations) store.drop("AppResourceAlloc", Id);
  for (const { PersistentVolumeClaimId } of claims) dropClaim(store, PersistentVolumeClaimId);
  store.drop("Environment", id);
}
