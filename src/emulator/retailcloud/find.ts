import type { AccountStore, AccountView } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { conflict, notFound } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type Row<K extends keyof typeof retailcloudTables> = RowOf<typeof retailcloudTables, K>;

/** @throws Refusal when the account has no such app. */
export function findApp(store: AccountStore, id: string): Row<"App"> {
  const app = store.find("App", id);
  if (!app) throw notFound("app", id);
  return app;
}

/** @throws Refusal when the account has no such deploy config, or it is not the given app's. */
export function findDeployConfig(store: AccountStore, id: string, appId: string): Row<"DeployConfig"> {
  const config = store.find("DeployConfig", id);
  if (config?.AppId !== appId) throw notFound(`in app ${appId}, deploy config`, id);
  return config;
}

/** @throws Refusal when the account has no such environment, or it is not the given app's. */
export function findEnvironment(store: AccountStore, id: string, appId?: string): Row<"Environment"> {
  const environment = store.find("Environment", id);
  if (!environment || environment.AppId !== (appId ?? environment.AppId)) {
    throw notFound(appId === undefined ? "environment" : `in app ${appId}, environment`, id);
  }
  return environment;
}

/** @throws Refusal when the account has no such cluster. */
export function findCluster(store: AccountView, id: string): Row<"Cluster"> {
  const cluster = store.rows("Cluster").find(({ ClusterInstanceId }) => ClusterInstanceId === id);
  if (!cluster) throw notFound("cluster", id);
  return cluster;
}

/** @throws Refusal unless the account has the cluster and it is running; that it must be is our assumption. */
export function findRunningCluster(store: AccountView, id: string): Row<"Cluster"> {
  const cluster = findCluster(store, id);
  refuseUnlessRunning(store, id);
  return cluster;
}

/** @throws Refusal when the account has such a cluster and it is not running. */
export function refuseUnlessRunning(store: AccountView, id: string): void {
  const { Status = "running" } = store.rows("Cluster").find(({ ClusterInstanceId }) => ClusterInstanceId === id) ?? {};
  if (Status !== "running") throw conflict(`cluster ${id} is ${Status}, not running`);
}

/** The cluster that an environment is allocated to first. */
export function clusterIdOf(view: AccountView, envId: string): string | undefined {
  return view.rows("AppResourceAlloc").find(({ AppEnvId }) => AppEnvId === envId)?.ClusterId;
}
