import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import type { retailcloudTables } from "./tables.ts";

type Row<K extends keyof typeof retailcloudTables> = RowOf<typeof retailcloudTables, K>;

type Children = {
  readonly services: readonly Row<"Service">[];
  readonly accessPoints: readonly Row<"SlbAP">[];
  readonly allocations: readonly Row<"AppResourceAlloc">[];
};

/** What hangs on an environment. */
export function childrenOf(store: AccountStore, id: string): Children {
  return {
    services: store.rows("Service").filter(({ EnvId }) => EnvId === id),
    accessPoints: store.rows("SlbAP").filter(({ EnvId }) => EnvId === id),
    allocations: store.rows("AppResourceAlloc").filter(({ AppEnvId }) => AppEnvId === id),
  };
}

/** Deletes an environment with all that hangs on it. */
export function dropEnvironment(store: AccountStore, id: string): void {
  const { services, accessPoints, allocations } = childrenOf(store, id);
  for (const { ServiceId } of services) store.drop("Service", ServiceId);
  for (const { SlbAPId } of accessPoints) store.drop("SlbAP", SlbAPId);
  for (const { Id } of allocations) store.drop("AppResourceAlloc", Id);
  store.drop("Environment", id);
}
