import type { ActionSpec } from "../action.ts";
import { minuteTime } from "../time.ts";

const ORDER = { DeployOrderId: { type: "Long", required: true } } as const;
const ENVIRONMENT = { EnvId: { type: "Long", required: true } } as const;
const PAUSE_TYPE = { type: "String", enum: ["first", "each", "none"] } as const;
const MOMENT = { type: "String", pattern: "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$" } as const;
const TEXTS = { type: "List", of: { type: "String" } } as const;

const toMinute = (time: unknown) => minuteTime(String(time));
const TIMES = { StartTime: toMinute, EndTime: toMinute } as const;

/** Chapter 4.1 of the manual; SetDeployPauseType, DescribeAppEnvDeployBaseline and some parameters are known from the SDK only. */
export const deployOrderCatalogue = {
  DeployApp: {
    mutating: true,
    startsPods: true,
    admission: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: {
      ...ENVIRONMENT,
      Name: { type: "String", required: true },
      TotalPartitions: { type: "Integer", required: true, min: 1 },
      DeployPacketUrl: { type: "String", pattern: "^[Hh][Tt][Tt][Pp][Ss]?://" },
      DeployPacketId: { type: "Long" },
      Description: { type: "String" },
      PauseType: PAUSE_TYPE,
      ArmsFlag: { type: "Boolean" },
      ContainerImageList: TEXTS,
      InitContainerImageList: TEXTS,
      DefaultPacketOfAppGroup: { type: "String" },
      UpdateStrategyType: { type: "String" },
    },
  },
  ListDeployOrders: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: {
      turn: TIMES,
      omit: [
        "CurrentPartitionNum",
        "Description",
        "FailureRate",
        "FinishAppInstanceCt",
        "SchemaId",
        "TotalAppInstanceCt",
      ],
    },
    // The table calls all filters required, and two of them not needed.
    parameters: {
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
      AppId: { type: "Long" },
      EnvId: { type: "Long" },
      EnvType: { type: "String" },
      DeployType: { type: "String" },
      PauseType: PAUSE_TYPE,
      DeployCategory: { type: "String", enum: ["deploy", "scale"] },
      PartitionType: { type: "String" },
      EndTimeLessThan: MOMENT,
      EndTimeLessThanOrEqualTo: MOMENT,
      EndTimeGreaterThan: MOMENT,
      EndTimeGreaterThanOrEqualTo: MOMENT,
      StartTimeGreaterThan: MOMENT,
      StartTimeGreaterThanOrEqualTo: MOMENT,
      StartTimeLessThan: MOMENT,
      StartTimeLessThanOrEqualTo: MOMENT,
      Status: { type: "Integer", enum: [1, 2, 3] },
      ResultList: { type: "List", of: { type: "Integer", enum: [0, 1, 2, 4] } },
      StatusList: { type: "List", of: { type: "Integer", enum: [1, 2, 3] } },
    },
  },
  ScaleApp: {
    mutating: true,
    startsPods: true,
    admission: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: {
      ...ENVIRONMENT,
      Replicas: { type: "Integer", required: true, min: 0 },
      TotalPartitions: { type: "Integer", min: 1 },
    },
  },
  DescribeDeployOrderDetail: {
    errorField: "ErrMsg",
    success: "top",
    manual: { turn: { ...TIMES, FailureRate: Number } },
    parameters: ORDER,
  },
  ResumeDeploy: { mutating: true, startsPods: true, errorField: "ErrMsg", success: "top", parameters: ORDER },
  CloseDeployOrder: { mutating: true, errorField: "ErrMsg", success: "top", parameters: ORDER },
  SetDeployPauseType: {
    sdkOnly: true,
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { ...ORDER, DeployPauseType: { ...PAUSE_TYPE, required: true } },
  },
  DescribeAppEnvDeployBaseline: {
    sdkOnly: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { AppId: { type: "Long", required: true }, ...ENVIRONMENT },
  },
} as const satisfies Record<string, ActionSpec>;
