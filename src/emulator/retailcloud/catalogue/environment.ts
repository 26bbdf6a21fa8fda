import type { ActionSpec } from "../action.ts";

const APP = { AppId: { type: "Long", required: true } } as const;

const TYPE_NAMES = { EnvTypeName: { 测试: "测试环境", 正式: "正式环境" } };

/** Chapter 1.2 of the manual. CreateEnvironment.ClusterId is known from the SDK only. */
export const environmentCatalogue = {
  CreateEnvironment: {
    mutating: true,
    errorField: "ErrMsg",
    parameters: {
      ...APP,
      AppSchemaId: { type: "Long", required: true },
      EnvName: { type: "String", required: true },
      EnvType: { type: "Integer", required: true, enum: [0, 1] },
      Region: { type: "String", required: true },
      Replicas: { type: "Integer", required: true },
      ClusterId: { type: "String" },
    },
  },
  UpdateEnvironment: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: {
      AppEnvId: { type: "Long", required: true },
      ...APP,
      AppSchemaId: { type: "Long" },
      Replicas: { type: "Integer" },
    },
  },
  ListAppEnvironment: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { values: TYPE_NAMES },
    parameters: {
      ...APP,
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
      // 1 test, 2 production by the table, while the samples use 0 and 1.
      EnvType: { type: "Integer", enum: [0, 1, 2] },
      EnvName: { type: "String" },
    },
  },
  DeleteAppEnvironment: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: {
      ...APP,
      EnvId: { type: "Long", required: true },
      Force: { type: "Boolean", required: true },
    },
  },
  DescribeAppEnvironmentDetail: {
    errorField: "ErrMsg",
    manual: { values: TYPE_NAMES },
    parameters: { ...APP, EnvId: { type: "Long", required: true } },
  },
} as const satisfies Record<string, ActionSpec>;
