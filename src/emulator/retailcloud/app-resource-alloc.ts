import type { RowOf } from "../store.ts";
import { type Action, action, type Struct } from "./action.ts";
import { appResourceAllocCatalogue as catalogue } from "./catalogue/app-resource-alloc.ts";
import { findEnvironment, refuseUnlessRunning } from "./find.ts";
import { notFound } from "./refusal.ts";
import { bindClaims } from "./storage.ts";
import type { retailcloudTables } from "./tables.ts";

/** The actions on the allocations that bind an environment to a cluster. One that the account does not hold is accepted unseen. */
export const appResourceAllocActions: Record<keyof typeof catalogue, Action> = {
  CreateAppResourceAlloc: action(catalogue.CreateAppResourceAlloc, (input, { store, now, nextId }) => {
    findEnvironment(store, input.AppEnvId, input.AppId);
    refuseUnlessRunning(store, input.ClusterId);
    const alloc = { Id: nextId(), ...input };
    store.put("AppResourceAlloc", alloc);
    bindClaims(store, now);
    return allocRow(alloc);
  }),
  ListAppResourceAllocs: action(catalogue.ListAppResourceAllocs, (input, { view }) =>
    view
      .rows("AppResourceAlloc")
      .filter(
        (row) =>
          row.AppEnvId === (input.AppEnvId ?? row.AppEnvId) &&
          row.AppId === (input.AppId ?? row.AppId) &&
          row.ClusterId === (input.ClusterId ?? row.ClusterId),
      )
      .map(allocRow),
  ),
  DeleteAppResourceAlloc: action(catalogue.DeleteAppResourceAlloc, ({ AppEnvId }, { store }) => {
    const allocs = store.rows("AppResourceAlloc").filter((row) => row.AppEnvId === AppEnvId);
    if (allocs.length === 0) throw notFound("allocation of environment", AppEnvId);
    for (const { Id } of allocs) store.drop("AppResourceAlloc", Id);
    return undefined;
  }),
  // An environment without an allocation answers success without a Result; how the service says it is not documented.
  DescribeAppResourceAlloc: action(catalogue.DescribeAppResourceAlloc, ({ AppEnvId }, { store }) => {
    const alloc = store.rows("AppResourceAlloc").find((row) => row.AppEnvId === AppEnvId);
    return alloc && allocRow(alloc);
  }),
};

function allocRow(row: RowOf<typeof retailcloudTables, "AppResourceAlloc">): Struct {
  return { Id: BigInt(row.Id), AppEnvId: BigInt(row.AppEnvId), AppId: BigInt(row.AppId), ClusterId: row.ClusterId };
}
