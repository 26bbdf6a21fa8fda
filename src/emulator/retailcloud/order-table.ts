import type { InputOf } from "../fields.ts";
import type { Tables } from "../store.ts";
import { advance } from "./order.ts";
import { TIME } from "./time.ts";

const TEXT = { type: "String" } as const;
const COUNT = { type: "Integer", min: 0 } as const;

const podFields = {
  AppInstanceId: { type: "String", required: true },
  /** The batch that it belongs to, from 1. */
  Partition: { type: "Integer", required: true, min: 1 },
  StepCode: { type: "String", required: true, enum: ["StartAppInstance", "DeleteAppInstance"] },
  /** 0 not done, 1 success, 2 failure. */
  Result: { type: "Integer", required: true, enum: [0, 1, 2] },
  /** What the end of its batch will show. */
  Fails: { type: "Boolean" },
  Restarts: COUNT,
  StartTime: TIME,
  UpdateTime: TIME,
} as const;

const orderFields = {
  DeployOrderId: { type: "Long", required: true },
  EnvId: { type: "Long", required: true },
  AppId: { type: "Long" },
  SchemaId: { type: "Long" },
  Name: TEXT,
  Description: TEXT,
  EnvType: { type: "String", enum: ["test", "online"] },
  DeployCategory: { type: "String", enum: ["deploy", "scale"] },
  DeployPauseType: { type: "String", enum: ["first", "each", "none"] },
  /** 1 deploying, 2 paused, 3 finished. */
  Status: { type: "Integer", enum: [1, 2, 3] },
  /** 0 deploying, 1 success, 2 failure, 4 set to failed by hand. */
  Result: { type: "Integer", enum: [0, 1, 2, 4] },
  TotalPartitions: { type: "Integer", min: 1 },
  CurrentPartitionNum: { type: "Integer", min: 1 },
  Pods: { type: "List", of: { type: "Struct", fields: podFields } },
  DeployPacketUrl: TEXT,
  DeployPacketId: { type: "Long" },
  ArmsFlag: { type: "Boolean" },
  ContainerImageList: { type: "List", of: TEXT },
  InitContainerImageList: { type: "List", of: TEXT },
  DefaultPacketOfAppGroup: TEXT,
  UpdateStrategyType: TEXT,
  /** The access key that made the order. */
  UserId: TEXT,
  StartTime: TIME,
  EndTime: TIME,
  /** Milliseconds on the emulator's clock; an order without it waits for somebody. */
  BatchEndsAt: { type: "Integer" },
  /** Why its failing pod fails. */
  FailReason: TEXT,
  /** How long it stays open once a pod has failed, unless somebody closes it. */
  StaysOpenMs: COUNT,
} as const;

/** A deploy order. What a seed leaves out is filled in by `completed`. */
export type Order = InputOf<typeof orderFields>;

/** What an order does to one pod. */
export type Pod = InputOf<typeof podFields>;

/** What is past, and therefore no configuration. */
export const historyTables = {
  deployOrders: { id: "DeployOrderId", fields: orderFields, lapse: (row: Order, time: number) => advance(row, time) },
} as const satisfies Tables;
