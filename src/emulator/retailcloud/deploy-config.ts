import type { InputOf } from "../fields.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { deployConfigCatalogue as catalogue } from "./catalogue/deploy-config.ts";
import { changed } from "./changed.ts";
import { findApp, findDeployConfig } from "./find.ts";
import { type Dressing, dress, readObject } from "./kubernetes.ts";
import { conflict, notFound, ruleBroken } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type DeployConfig = RowOf<typeof retailcloudTables, "DeployConfig">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on an app's deploy configs. */
export const deployConfigActions: Record<keyof typeof catalogue, Action> = {
  CreateDeployConfig: action(catalogue.CreateDeployConfig, createDeployConfig),
  ListDeployConfig: action(catalogue.ListDeployConfig, listDeployConfigs),
  DeleteDeployConfig: action(catalogue.DeleteDeployConfig, deleteDeployConfig),
  UpdateDeployConfig: action(catalogue.UpdateDeployConfig, updateDeployConfig),
};

function createDeployConfig(input: In<"CreateDeployConfig">, { store, nextId }: Context): Struct {
  const app = findApp(store, input.AppId);
  const objects = readObjects(input, app.StateType);
  const SchemaId = nextId();
  const { AppId, EnvType, Name } = input;
  const CodePath = input.CodePath || undefined;
  store.put("DeployConfig", { SchemaId, AppId, EnvType, Name, CodePath, ...objects });
  return { AppId: BigInt(AppId), Name, SchemaId: BigInt(SchemaId) };
}

function updateDeployConfig(input: In<"UpdateDeployConfig">, { store }: Context): undefined {
  const config = findDeployConfig(store, input.Id, input.AppId);
  const objects = readObjects(input, findApp(store, input.AppId).StateType);
  store.put("DeployConfig", changed(config, { CodePath: input.CodePath, ...objects }));
}

function deleteDeployConfig({ SchemaId }: In<"DeleteDeployConfig">, { store }: Context): undefined {
  if (!store.find("DeployConfig", SchemaId)) throw notFound("deploy config", SchemaId);
  const user = store.rows("Environment").find(({ AppSchemaId }) => AppSchemaId === SchemaId);
  if (user) throw conflict(`deploy config ${SchemaId} is used by environment ${user.EnvId}`);
  store.drop("DeployConfig", SchemaId);
}

function listDeployConfigs(input: In<"ListDeployConfig">, { store, view }: Context): Struct[] {
  const app = store.find("App", input.AppId);
  const dressing = { namespace: app?.Namespace ?? "default", appId: input.AppId };
  const isWanted = (config: DeployConfig) =>
    config.AppId === input.AppId &&
    config.EnvType === (input.EnvType ?? config.EnvType) &&
    config.SchemaId === (input.Id ?? config.SchemaId) &&
    config.Name.includes(input.Name ?? "");
  return view
    .rows("DeployConfig")
    .filter(isWanted)
    .map((config) => deployConfigRow(config, dressing));
}

type Objects = Pick<
  DeployConfig,
  "Deployment" | "StatefulSet" | "CronJob" | "ConfigMap" | "ConfigMapList" | "SecretList"
>;

/** Decodes the Kubernetes objects of a request. @throws Refusal when one is not what its parameter says. */
function readObjects(input: In<"UpdateDeployConfig"> | In<"CreateDeployConfig">, stateType: number): Objects {
  if (input.Deployment !== undefined && input.StatefulSet !== undefined) {
    throw ruleBroken("Deployment and StatefulSet exclude each other");
  }
  if (input.Deployment !== undefined && stateType === 2) throw ruleBroken("a stateful app takes a StatefulSet");
  if (input.StatefulSet !== undefined && stateType === 1) throw ruleBroken("a stateless app takes a Deployment");
  const one = (kind: string, text: string | undefined) => (text === undefined ? undefined : readObject(kind, text));
  return {
    Deployment: one("Deployment", input.Deployment),
    StatefulSet: one("StatefulSet", input.StatefulSet),
    CronJob: one("CronJob", input.CronJob),
    ConfigMap: one("ConfigMap", input.ConfigMap),
    ConfigMapList: input.ConfigMapList?.map((text) => readObject("ConfigMap", text)),
    SecretList: input.SecretList?.map((text) => readObject("Secret", text)),
  };
}

function deployConfigRow(config: DeployConfig, dressing: Dressing): Struct {
  const one = (text: string | undefined) => (text === undefined ? undefined : dress(text, dressing));
  const { ConfigMap, ConfigMapList, SecretList } = config;
  // The deprecated single ConfigMap is read back among the list as well.
  const configMaps = [...(ConfigMapList ?? []), ...(ConfigMap === undefined ? [] : [ConfigMap])];
  return {
    AppId: BigInt(config.AppId),
    Id: BigInt(config.SchemaId),
    Name: config.Name,
    EnvType: config.EnvType,
    ContainerCodePath: config.CodePath === undefined ? undefined : { CodePath: config.CodePath },
    ContainerYamlConf: {
      Deployment: one(config.Deployment),
      StatefulSet: one(config.StatefulSet),
      CronJob: one(config.CronJob),
      ConfigMap: one(ConfigMap),
      ConfigMapList: configMaps.length === 0 ? undefined : configMaps.map((text) => dress(text, dressing)),
      SecretList: SecretList?.map((text) => dress(text, dressing)),
    },
  };
}
