import type { ActionSpec } from "../action.ts";
import { zonelessTime } from "../time.ts";

const ENVIRONMENT = { AppId: { type: "Long", required: true }, EnvId: { type: "Long", required: true } } as const;
const PAGES = {
  PageNumber: { type: "Integer", required: true },
  PageSize: { type: "Integer", required: true },
} as const;
const POD = {
  AppInstId: { type: "String", required: true },
  DeployOrderId: { type: "Long", required: true },
} as const;

/** Chapters 1.4 and 4.2 of the manual; RestartAppInstance and OfflineAppEnvironment are known from the SDK only. */
export const appInstanceCatalogue = {
  ListAppInstance: {
    errorField: "ErrMsg",
    list: { paged: true },
    manual: { omitTop: ["PageSize"] },
    parameters: { ...ENVIRONMENT, ...PAGES },
  },
  ListPods: {
    errorField: "ErrorMsg",
    list: { paged: true },
    // The sample counts no rows at all, although it has one.
    manual: {
      totalIsZero: true,
      omit: ["HostName", "Region", "StartTime"],
      turn: { UpdateTime: (time) => zonelessTime(String(time)) },
    },
    parameters: {
      DeployOrderId: { type: "Long", required: true },
      ...PAGES,
      ResultList: { type: "List", of: { type: "Integer", enum: [0, 1, 2, 4] } },
      StatusList: { type: "List", of: { type: "Integer", enum: [1, 2, 3] } },
    },
  },
  DescribePodLog: {
    errorField: "ErrMsg",
    success: "top",
    manual: { values: { EnvTypeName: { online: "正式", test: "测试" } } },
    parameters: POD,
  },
  DescribePodEvents: { errorField: "ErrMsg", success: "top", parameters: POD },
  // The SDK makes the list one of numbers, though every action answers texts; any text is taken.
  RestartAppInstance: {
    sdkOnly: true,
    mutating: true,
    startsPods: true,
    errorField: "ErrMsg",
    parameters: { ...ENVIRONMENT, AppInstanceIdList: { type: "List", of: { type: "String" } } },
  },
  OfflineAppEnvironment: {
    sdkOnly: true,
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { ...ENVIRONMENT, DeletePvc: { type: "Boolean" } },
  },
} as const satisfies Record<string, ActionSpec>;
