import type { ActionSpec } from "../action.ts";

/** Base64 in its standard alphabet with padding: the manual says base64 and no more. */
const BASE64 = {
  type: "String",
  pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
} as const;

const OBJECTS = {
  CodePath: { type: "String" },
  Deployment: BASE64,
  StatefulSet: BASE64,
  CronJob: BASE64,
  ConfigMap: BASE64,
  ConfigMapList: { type: "List", of: BASE64 },
  SecretList: { type: "List", of: BASE64 },
} as const;

const ENV_TYPE = ["test", "online"] as const;

/** Chapter 1.3 of the manual. CronJob and SecretList are known from the SDK only. */
export const deployConfigCatalogue = {
  CreateDeployConfig: {
    mutating: true,
    errorField: "ErrMessage",
    parameters: {
      AppId: { type: "Long", required: true },
      EnvType: { type: "String", required: true, enum: ENV_TYPE },
      Name: { type: "String", required: true },
      ...OBJECTS,
    },
  },
  ListDeployConfig: {
    errorField: "ErrorMsg",
    list: { paged: false },
    parameters: {
      AppId: { type: "Long", required: true },
      EnvType: { type: "String", enum: ENV_TYPE },
      Id: { type: "Long" },
      Name: { type: "String" },
    },
  },
  DeleteDeployConfig: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: { SchemaId: { type: "Long", required: true } },
  },
  UpdateDeployConfig: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    // The table calls CodePath required, but gives its absence a meaning.
    parameters: { AppId: { type: "Long", required: true }, Id: { type: "Long", required: true }, ...OBJECTS },
  },
} as const satisfies Record<string, ActionSpec>;
