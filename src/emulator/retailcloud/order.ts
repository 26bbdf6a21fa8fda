import type { Order, Pod } from "./order-table.ts";
import { isoTime } from "./time.ts";

/** How long a batch takes, in milliseconds on the emulator's clock. */
const BATCH_MS = 5000;

/** How an order ends: success, failure, or set to failed by hand. */
type End = 1 | 2 | 4;

/** An order with what a seed may leave out: it is then a deployment in one batch that has succeeded. */
export function completed(order: Order) {
  const { Status = 3, TotalPartitions = 1 } = order;
  return {
    ...order,
    Status,
    TotalPartitions,
    Name: order.Name ?? `order ${order.DeployOrderId}`,
    DeployCategory: order.DeployCategory ?? "deploy",
    DeployPauseType: order.DeployPauseType ?? "none",
    Result: order.Result ?? (Status === 3 ? 1 : 0),
    CurrentPartitionNum: order.CurrentPartitionNum ?? (Status === 3 ? TotalPartitions : 1),
    Pods: order.Pods ?? [],
  };
}

/** What has become of an order by `time` in milliseconds. Pure. */
export function advance(order: Order, time: number): Order {
  let now = order;
  while (now.Status === 1 && now.BatchEndsAt !== undefined && now.BatchEndsAt <= time) {
    now = afterBatch(now, now.BatchEndsAt);
  }
  return now;
}

/** Sets an order going with the given batch, at `time`. */
export function beginBatch(order: Order, partition: number, time: number): Order {
  const { TotalPartitions, Pods } = completed(order);
  const CurrentPartitionNum = Math.min(partition, TotalPartitions);
  const begun = (pod: Pod) =>
    pod.Partition === CurrentPartitionNum && pod.Result === 0 ? { ...pod, StartTime: isoTime(time) } : pod;
  return {
    ...order,
    Status: 1,
    Result: 0,
    CurrentPartitionNum,
    Pods: Pods.map(begun),
    BatchEndsAt: Math.round(time) + BATCH_MS,
  };
}

/** Ends an order at `time`. */
export function ended(order: Order, result: End, time: number): Order {
  return { ...order, Status: 3, Result: result, EndTime: isoTime(time), BatchEndsAt: undefined };
}

/** Splits pods evenly into batches; the first batches have one more when they do not come out even. */
export function inBatches(names: readonly string[], partitions: number, step: Pod["StepCode"]): Pod[] {
  const least = Math.floor(names.length / partitions);
  const larger = names.length % partitions;
  const withMore = larger * (least + 1);
  return names.map((AppInstanceId, index) => {
    const batch = index < withMore ? Math.floor(index / (least + 1)) : larger + Math.floor((index - withMore) / least);
    return { AppInstanceId, Partition: batch + 1, StepCode: step, Result: 0 };
  });
}

function afterBatch(order: Order, time: number): Order {
  const { CurrentPartitionNum: current, Pods } = completed(order);
  const settled = Pods.map((pod) => (pod.Partition === current && pod.Result === 0 ? settledPod(pod, time) : pod));
  const done: Order = { ...order, Pods: settled };
  if (settled.some((pod) => pod.Partition === current && pod.Result === 2)) return failed(done, time);
  if (isOver(done)) return ended(done, 1, time);
  return pauses(done) ? { ...done, Status: 2, BatchEndsAt: undefined } : beginBatch(done, current + 1, time);
}

/** An order with a failed pod goes no further; it may stay open for a while, which lets nobody else in. */
function failed({ StaysOpenMs = 0, ...order }: Order, time: number): Order {
  return StaysOpenMs > 0 ? { ...order, BatchEndsAt: time + StaysOpenMs } : ended(order, 2, time);
}

function settledPod(pod: Pod, time: number): Pod {
  return { ...pod, Result: pod.Fails ? 2 : 1, UpdateTime: isoTime(time) };
}

/** Nothing is left to do: no batch, or only batches without pods that nobody is to be asked about. */
function isOver(order: Order): boolean {
  const { CurrentPartitionNum, TotalPartitions, Pods } = completed(order);
  if (CurrentPartitionNum >= TotalPartitions) return true;
  return !pauses(order) && Pods.every(({ Partition }) => Partition <= CurrentPartitionNum);
}

function pauses(order: Order): boolean {
  const { DeployPauseType, CurrentPartitionNum } = completed(order);
  return DeployPauseType === "each" || (DeployPauseType === "first" && CurrentPartitionNum === 1);
}
