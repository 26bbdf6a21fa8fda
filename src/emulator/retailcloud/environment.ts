import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { environmentCatalogue as catalogue } from "./catalogue/environment.ts";
import { changed } from "./changed.ts";
import { childrenOf, dropEnvironment } from "./children.ts";
import { openOrderOf } from "./close-orders.ts";
import { findApp, findDeployConfig, findEnvironment, refuseUnlessRunning } from "./find.ts";
import { instancesOf } from "./instances.ts";
import { conflict } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type Environment = RowOf<typeof retailcloudTables, "Environment">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on an app's environments. */
export const environmentActions: Record<keyof typeof catalogue, Action> = {
  CreateEnvironment: action(catalogue.CreateEnvironment, createEnvironment),
  UpdateEnvironment: action(catalogue.UpdateEnvironment, updateEnvironment),
  ListAppEnvironment: action(catalogue.ListAppEnvironment, listEnvironments),
  DeleteAppEnvironment: action(catalogue.DeleteAppEnvironment, deleteEnvironment),
  DescribeAppEnvironmentDetail: action(catalogue.DescribeAppEnvironmentDetail, ({ AppId, EnvId }, { store }) => {
    const environment = findEnvironment(store, EnvId, AppId);
    return { ...environmentSummary(environment), Replicas: environment.Replicas };
  }),
};

function createEnvironment({ ClusterId, ...input }: In<"CreateEnvironment">, { store, nextId }: Context): Struct {
  findApp(store, input.AppId);
  findDeployConfig(store, input.AppSchemaId, input.AppId);
  if (ClusterId) refuseUnlessRunning(store, ClusterId);
  const EnvId = nextId();
  store.put("Environment", { EnvId, ...input });
  if (ClusterId) {
    const row = { Id: nextId(), AppEnvId: EnvId, AppId: input.AppId, ClusterId, WithEnvironment: true };
    store.put("AppResourceAlloc", row);
  }
  return { AppEnvId: BigInt(EnvId) };
}

function updateEnvironment({ AppEnvId, AppId, ...changes }: In<"UpdateEnvironment">, { store }: Context): undefined {
  const environment = findEnvironment(store, AppEnvId, AppId);
  if (changes.AppSchemaId !== undefined) findDeployConfig(store, changes.AppSchemaId, AppId);
  store.put("Environment", changed(environment, changes));
}

/** The filter reads 1 as test and 2 as production, as the table does. */
function listEnvironments({ AppId, EnvName, EnvType }: In<"ListAppEnvironment">, { view }: Context): Struct[] {
  const isWanted = (environment: Environment) =>
    environment.AppId === AppId &&
    environment.EnvName.includes(EnvName ?? "") &&
    (EnvType === undefined || environment.EnvType === Math.max(0, EnvType - 1));
  return view.rows("Environment").filter(isWanted).map(environmentSummary);
}

function deleteEnvironment({ AppId, EnvId, Force }: In<"DeleteAppEnvironment">, { store, now }: Context): undefined {
  findEnvironment(store, EnvId, AppId);
  const holds = obstacles(store, EnvId);
  if (!Force && holds.length > 0) {
    throw conflict(`environment ${EnvId} still has ${holds.join(", ")}; delete them first, or use Force`);
  }
  dropEnvironment(store, EnvId, now);
}

/** What keeps an environment from being deleted without force; an allocation that came with it does not. */
function obstacles(store: AccountStore, id: string): string[] {
  const { services, accessPoints, allocations, claims } = childrenOf(store, id);
  const own = allocations.filter(({ WithEnvironment }) => !WithEnvironment);
  const counts = Object.entries({
    services: services.length,
    "access points": accessPoints.length,
    allocations: own.length,
    claims: claims.length,
    "running instances": instancesOf(store, id).length,
    "unfinished deploy orders": openOrderOf(store, id) ? 1 : 0,
  });
  return counts.flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

function environmentSummary(environment: Environment): Struct {
  return {
    AppId: BigInt(environment.AppId),
    AppSchemaId: BigInt(environment.AppSchemaId),
    EnvId: BigInt(environment.EnvId),
    EnvName: environment.EnvName,
    EnvType: environment.EnvType,
    EnvTypeName: environment.EnvType === 1 ? "正式" : "测试",
    Region: environment.Region,
  };
}
