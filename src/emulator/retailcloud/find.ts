import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { notFound } from "./refusal.ts";
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
