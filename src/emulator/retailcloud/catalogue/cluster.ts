import type { ActionSpec } from "../action.ts";
import type { ManualStyle } from "../manual-style.ts";
import { detailAsSampled } from "./cluster-detail-sample.ts";

const BUSINESS_CODE = ["JST", "NEW_RETAIL", "MINI_APP", "SUPPLY", "MESSAGE"] as const;
const ENV_TYPE = ["TEST", "PRO"] as const;

const TEXT = { type: "String", required: true } as const;
const CLUSTER = { ClusterInstanceId: TEXT } as const;
const MACHINES = { type: "List", required: true, of: { type: "String" } } as const;
const PAGES = { PageNum: { type: "Integer" }, PageSize: { type: "Integer" } } as const;

const MACHINES_AS_SAMPLED: ManualStyle = { omit: ["OSName", "BusinessCode", "EcsEip", "EcsLocalStorageCapacity"] };

/** Chapter 5.4 of the manual. */
export const clusterCatalogue = {
  CreateCluster: {
    mutating: true,
    startsWork: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: {
      BusinessCode: { type: "String", required: true, enum: BUSINESS_CODE },
      ClusterEnvType: { type: "String", required: true, enum: ENV_TYPE },
      ClusterTitle: TEXT,
      ClusterType: { type: "String", required: true, enum: ["Windows", "Serverless", "Standard"] },
      RegionId: TEXT,
      VpcId: TEXT,
      Vswitchids: { type: "List", required: true, of: { type: "String" } },
      CloudMonitorFlags: { type: "Integer" },
      ClusterId: { type: "Long" },
      CreateWithArmsIntegration: { type: "Boolean" },
      CreateWithLogIntegration: { type: "Boolean" },
      KeyPair: { type: "String" },
      NetPlug: { type: "String" },
      Password: {
        type: "String",
        pattern: "^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{8,}$",
      },
      PodCIDR: { type: "String" },
      PrivateZone: { type: "Boolean" },
      PublicSlb: { type: "Integer" },
      RegionName: { type: "String" },
      ServiceCIDR: { type: "String" },
      SnatEntry: { type: "Integer", enum: [0, 1] },
    },
  },
  ListCluster: {
    errorField: "ErrorMsg",
    list: { paged: true, number: "PageNum" },
    manual: {
      omit: ["CreateStatus"],
      turn: { EnvType: Number, WorkLoadCpu: Number, WorkLoadMem: Number },
      values: { NetPlug: { terway: "Terway" } },
    },
    parameters: {
      BusinessCode: { type: "String", enum: BUSINESS_CODE },
      EnvType: { type: "String", enum: ENV_TYPE },
      ...PAGES,
    },
  },
  QueryClusterDetail: {
    errorField: "ErrMsg",
    success: "top",
    manual: { reshape: detailAsSampled },
    parameters: CLUSTER,
  },
  DeleteCluster: { mutating: true, errorField: "ErrMsg", success: "top", parameters: CLUSTER },
  ListClusterNode: {
    errorField: "ErrorMsg",
    list: { paged: true, number: "PageNum" },
    manual: MACHINES_AS_SAMPLED,
    parameters: { ...CLUSTER, ...PAGES },
  },
  ListAvailableClusterNode: {
    errorField: "ErrorMsg",
    list: { paged: true, number: "PageNum" },
    manual: MACHINES_AS_SAMPLED,
    parameters: { ...CLUSTER, ...PAGES },
  },
  AddClusterNode: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { ...CLUSTER, EcsInstanceIdList: MACHINES },
  },
  RemoveClusterNode: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { ...CLUSTER, EcsInstanceIdList: MACHINES },
  },
} as const satisfies Record<string, ActionSpec>;
