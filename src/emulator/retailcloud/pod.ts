import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { Context, Struct } from "./action.ts";
import type { appInstanceCatalogue } from "./catalogue/app-instance.ts";
import { envTypeOf, RESULT_NAMES, STATUS_NAMES } from "./deploy-order-row.ts";
import { madeUpAddress } from "./made-up-address.ts";
import { completed } from "./order.ts";
import type { Order, Pod } from "./order-table.ts";
import { eventsOf, logOf } from "./pod-story.ts";
import { notFound } from "./refusal.ts";
import { spacedTime } from "./time.ts";

type In<A extends keyof typeof appInstanceCatalogue> = InputOf<(typeof appInstanceCatalogue)[A]["parameters"]>;

const STEP_NAMES: Readonly<Record<string, string>> = {
  StartAppInstance: "启动应用",
  StopAppInstance: "停止应用",
  DeleteAppInstance: "删除应用",
};

/** How long a cluster keeps the events of a pod, in milliseconds on the emulator's clock. */
const EVENTS_KEPT_MS = 3_600_000;

/** The pods of the batches that an order has begun. */
export function listPods({ DeployOrderId, ResultList, StatusList }: In<"ListPods">, { view }: Context): Struct[] {
  const order = view.rows("deployOrders").find((row) => row.DeployOrderId === DeployOrderId);
  if (!order) return [];
  const region = view.rows("Environment").find(({ EnvId }) => EnvId === order.EnvId)?.Region;
  return completed(order)
    .Pods.filter(({ StartTime, Result }) => StartTime !== undefined || Result !== 0)
    .map((pod) => podRow(pod, order, region))
    .filter(
      ({ Result, Status }) => (ResultList ?? [Result]).includes(Result) && (StatusList ?? [Status]).includes(Status),
    );
}

/** What a pod's containers printed, and the package's download before it. */
export function podLog({ DeployOrderId, AppInstId }: In<"DescribePodLog">, { store }: Context): Struct {
  const { order, pod } = findPod(store, DeployOrderId, AppInstId);
  const { Name } = completed(order);
  const step = { ...stepOf(pod, order), StepLog: logOf(pod, order) };
  return { DeployOrderName: Name, EnvTypeName: envTypeOf(order, store), DeployStepList: [step] };
}

/** What the cluster noted about a pod, as long as it keeps it. */
export function podEvents({ DeployOrderId, AppInstId }: In<"DescribePodEvents">, { store, now }: Context): Struct {
  const { order, pod } = findPod(store, DeployOrderId, AppInstId);
  const isKept = now - Date.parse(pod.UpdateTime ?? pod.StartTime ?? "") <= EVENTS_KEPT_MS;
  return { DeployOrderName: completed(order).Name, PodEvents: isKept ? eventsOf(pod, order) : [] };
}

function findPod(store: AccountStore, orderId: string, name: string): { order: Order; pod: Pod } {
  const order = store.find("deployOrders", orderId);
  if (!order) throw notFound("deploy order", orderId);
  const pod = completed(order).Pods.find(({ AppInstanceId }) => AppInstanceId === name);
  if (!pod) throw notFound(`in deploy order ${orderId}, instance`, name);
  return { order, pod };
}

function podRow(pod: Pod, order: Order, region: string | undefined) {
  const { Result, Status } = stateOf(pod, order);
  return {
    AppInstanceId: pod.AppInstanceId,
    DeployOrderId: BigInt(order.DeployOrderId),
    DeployPartitionNum: pod.Partition,
    DeploySteps: [stepOf(pod, order)],
    GroupName: "defaultGroup",
    HostIp: madeUpAddress("192.168", `host of ${pod.AppInstanceId}`),
    HostName: `worker-${pod.Partition}`,
    PodIp: madeUpAddress("172.20", pod.AppInstanceId),
    Region: region,
    Result,
    ResultName: RESULT_NAMES[Result],
    StartTime: pod.StartTime && spacedTime(pod.StartTime),
    Status,
    StatusName: STATUS_NAMES[Status],
    UpdateTime: (pod.UpdateTime ?? pod.StartTime) && spacedTime(pod.UpdateTime ?? pod.StartTime ?? ""),
  };
}

/** A pod that was not done when its order ended counts as set to failed by hand. */
function stateOf(pod: Pod, order: Order): { Result: number; Status: number } {
  if (pod.Result !== 0) return { Result: pod.Result, Status: 3 };
  return completed(order).Status === 3 ? { Result: 4, Status: 3 } : { Result: 0, Status: 1 };
}

function stepOf(pod: Pod, order: Order): Struct {
  const { Result } = stateOf(pod, order);
  const Status = { 0: "PROCESSING", 1: "SUCCESS" }[Result] ?? "FAIL";
  return { StepCode: pod.StepCode, StepName: STEP_NAMES[pod.StepCode], Status };
}
