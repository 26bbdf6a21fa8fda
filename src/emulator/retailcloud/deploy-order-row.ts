import type { AccountView } from "../sections.ts";
import type { Struct } from "./action.ts";
import { completed } from "./order.ts";
import type { Order } from "./order-table.ts";
import { spacedTime } from "./time.ts";

/** How the states of orders and pods are called. */
export const STATUS_NAMES: Readonly<Record<number, string>> = { 1: "部署中", 2: "暂停", 3: "已完成" };
export const RESULT_NAMES: Readonly<Record<number, string>> = { 0: "部署中", 1: "成功", 2: "失败", 4: "人为置为失败" };

const PAUSE_NAMES: Readonly<Record<string, string>> = { first: "第一批暂停", each: "每批暂停", none: "不暂停" };

/** A deploy order as list and detail show it, without its category and its package. */
export function deployOrderRow(order: Order, view: AccountView, now: number): Struct {
  const { Status, Result, DeployPauseType, Pods, ...rest } = completed(order);
  const count = (result: number) => Pods.filter((pod) => pod.Result === result).length;
  return {
    AppInstanceType: "k8s_pod",
    CurrentPartitionNum: rest.CurrentPartitionNum,
    DeployOrderId: BigInt(order.DeployOrderId),
    DeployPauseType,
    DeployPauseTypeName: PAUSE_NAMES[DeployPauseType],
    DeployType: "partition_parallel",
    DeployTypeName: "分批发布-批内并行",
    Description: order.Description,
    ElapsedTime: elapsed(order, now),
    EndTime: order.EndTime && spacedTime(order.EndTime),
    EnvId: BigInt(order.EnvId),
    EnvType: envTypeOf(order, view),
    FailureRate: String(Pods.length === 0 ? 0 : Math.round((count(2) / Pods.length) * 100) / 100),
    FinishAppInstanceCt: count(1),
    Name: rest.Name,
    PartitionType: "group_even",
    PartitionTypeName: "分组均分",
    Result,
    ResultName: RESULT_NAMES[Result],
    SchemaId: order.SchemaId && BigInt(order.SchemaId),
    StartTime: order.StartTime && spacedTime(order.StartTime),
    Status,
    StatusName: STATUS_NAMES[Status],
    TotalAppInstanceCt: Pods.length,
    TotalPartitions: rest.TotalPartitions,
    UserId: order.UserId,
    UserNick: order.UserId,
  };
}

/** The type of an order's environment, in the words of deploy configs; undefined when neither says it. */
export function envTypeOf(order: Order, view: AccountView): string | undefined {
  const environment = view.rows("Environment").find(({ EnvId }) => EnvId === order.EnvId);
  return order.EnvType ?? (environment && (environment.EnvType === 1 ? "online" : "test"));
}

function elapsed({ StartTime, EndTime }: Order, now: number): number | undefined {
  if (StartTime === undefined) return undefined;
  const end = EndTime === undefined ? now : Date.parse(EndTime);
  return Math.round((end - Date.parse(StartTime)) / 1000);
}
