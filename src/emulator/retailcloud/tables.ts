import type { Tables } from "../store.ts";
import { clusterTables } from "./cluster-tables.ts";
import { rdsTables } from "./rds-tables.ts";

const ROLES = {
  type: "List",
  of: {
    type: "Struct",
    fields: {
      RoleName: { type: "String", required: true },
      UserId: { type: "String", required: true },
      UserType: { type: "String", required: true },
    },
  },
} as const;

const PORT_MAPPINGS = {
  type: "List",
  required: true,
  of: {
    type: "Struct",
    fields: {
      Name: { type: "String", required: true },
      Protocol: { type: "String", required: true },
      Port: { type: "Integer", required: true },
      TargetPort: { type: "String", required: true },
      NodePort: { type: "Integer" },
    },
  },
} as const;

/**
 * What RetailCloud holds for one account, under the names that its create actions use; Kubernetes objects are plain YAML.
 * A seed is written in these names, and the state route prints them.
 */
export const retailcloudTables = {
  App: {
    id: "AppId",
    fields: {
      AppId: { type: "Long", required: true },
      Title: { type: "String", required: true },
      BizCode: { type: "String", required: true },
      Language: { type: "String", required: true },
      OperatingSystem: { type: "String", required: true },
      ServiceType: { type: "String", required: true },
      StateType: { type: "Integer", required: true, enum: [1, 2] },
      UserRoles: ROLES,
      BizTitle: { type: "String" },
      Description: { type: "String" },
      Namespace: { type: "String" },
      GroupName: { type: "String" },
      MiddleWareIdList: { type: "List", of: { type: "Long" } },
    },
  },
  DeployConfig: {
    id: "SchemaId",
    fields: {
      SchemaId: { type: "Long", required: true },
      AppId: { type: "Long", required: true },
      Name: { type: "String", required: true },
      EnvType: { type: "String", required: true, enum: ["test", "online"] },
      CodePath: { type: "String" },
      Deployment: { type: "String" },
      StatefulSet: { type: "String" },
      CronJob: { type: "String" },
      ConfigMap: { type: "String" },
      ConfigMapList: { type: "List", of: { type: "String" } },
      SecretList: { type: "List", of: { type: "String" } },
    },
  },
  Environment: {
    id: "EnvId",
    fields: {
      EnvId: { type: "Long", required: true },
      AppId: { type: "Long", required: true },
      AppSchemaId: { type: "Long", required: true },
      EnvName: { type: "String", required: true },
      EnvType: { type: "Integer", required: true, enum: [0, 1] },
      Region: { type: "String", required: true },
      Replicas: { type: "Integer", required: true },
      /** The last deploy order before the environment was taken offline; its pods and older ones run no longer. */
      OfflineSince: { type: "Long" },
    },
  },
  Service: {
    id: "ServiceId",
    fields: {
      ServiceId: { type: "Long", required: true },
      EnvId: { type: "Long", required: true },
      Name: { type: "String", required: true },
      K8sServiceId: { type: "String", required: true },
      ServiceType: { type: "String", required: true, enum: ["ClusterIP", "NodePort"] },
      Headless: { type: "Boolean" },
      PortMappings: PORT_MAPPINGS,
    },
  },
  SlbAP: {
    id: "SlbAPId",
    fields: {
      SlbAPId: { type: "Long", required: true },
      EnvId: { type: "Long", required: true },
      Name: { type: "String", required: true },
      SlbId: { type: "String", required: true },
      ListenerPort: { type: "Integer", required: true },
      RealServerPort: { type: "Integer", required: true },
      Protocol: { type: "String", required: true, enum: ["TCP", "UDP", "HTTP", "HTTPS"] },
      EstablishedTimeout: { type: "Integer" },
      StickySession: { type: "Integer", enum: [0, 1] },
      CookieTimeout: { type: "Integer" },
      SslCertId: { type: "String" },
      NetworkMode: { type: "String", enum: ["internet", "intranet"] },
    },
  },
  AppResourceAlloc: {
    id: "Id",
    fields: {
      Id: { type: "Long", required: true },
      AppEnvId: { type: "Long", required: true },
      AppId: { type: "Long", required: true },
      ClusterId: { type: "String", required: true },
      /** Came with the environment (CreateEnvironment.ClusterId), and leaves with it. */
      WithEnvironment: { type: "Boolean" },
    },
  },
  ...clusterTables,
  ...rdsTables,
  /** Users beyond the two that every account has. */
  User: {
    id: "UserId",
    fields: {
      UserId: { type: "String", required: true },
      UserType: { type: "String", required: true, enum: ["TAOBAO", "DING_TALK"] },
      RealName: { type: "String", required: true },
    },
  },
} as const satisfies Tables;
