import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { deployOrderCatalogue as catalogue } from "./catalogue/deploy-order.ts";
import { openOrderOf } from "./close-orders.ts";
import { deployOrderRow } from "./deploy-order-row.ts";
import { findEnvironment } from "./find.ts";
import { instancesOf, ordersOf } from "./instances.ts";
import { listDeployOrders } from "./list-deploy-orders.ts";
import { beginBatch, completed, ended, inBatches } from "./order.ts";
import type { Order, Pod } from "./order-table.ts";
import { conflict, notFound, ruleBroken } from "./refusal.ts";
import { isoTime, spacedTime } from "./time.ts";

type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on deploy orders: rollouts and scalings of an environment. */
export const deployOrderActions: Record<keyof typeof catalogue, Action> = {
  DeployApp: action(catalogue.DeployApp, deployApp),
  ListDeployOrders: action(catalogue.ListDeployOrders, listDeployOrders),
  ScaleApp: action(catalogue.ScaleApp, scaleApp),
  DescribeDeployOrderDetail: action(catalogue.DescribeDeployOrderDetail, ({ DeployOrderId }, { store, now }) =>
    deployOrderRow(findOrder(store, DeployOrderId), store, now),
  ),
  ResumeDeploy: action(catalogue.ResumeDeploy, resume),
  CloseDeployOrder: action(catalogue.CloseDeployOrder, ({ DeployOrderId }, { store, now }) => {
    store.put("deployOrders", ended(findOpenOrder(store, DeployOrderId), 4, now));
    return undefined;
  }),
  SetDeployPauseType: action(catalogue.SetDeployPauseType, ({ DeployOrderId, DeployPauseType }, { store }) => {
    store.put("deployOrders", { ...findOpenOrder(store, DeployOrderId), DeployPauseType });
    return undefined;
  }),
  DescribeAppEnvDeployBaseline: action(catalogue.DescribeAppEnvDeployBaseline, baseline),
};

/** Replaces what the environment runs by as many new instances as it is to have. */
function deployApp({ PauseType, ...input }: In<"DeployApp">, context: Context): Struct {
  const { Replicas } = findEnvironment(context.store, input.EnvId);
  const order = { ...input, DeployCategory: "deploy", DeployPauseType: PauseType ?? "none" };
  return admit(context, order, (id) => inBatches(newNames(id, Replicas), input.TotalPartitions, "StartAppInstance"));
}

/** Starts or deletes as many instances as are missing or too many, and notes the number with the environment. */
function scaleApp({ EnvId, Replicas, TotalPartitions = 1 }: In<"ScaleApp">, context: Context): Struct {
  const { store } = context;
  const environment = findEnvironment(store, EnvId);
  const running = instancesOf(store, EnvId).map(({ pod }) => pod.AppInstanceId);
  const order = { EnvId, TotalPartitions, Name: `应用实例数扩缩容至${Replicas}个`, DeployCategory: "scale" };
  const result = admit(context, order, (id) =>
    running.length > Replicas
      ? inBatches(running.slice(Replicas), TotalPartitions, "DeleteAppInstance")
      : inBatches(newNames(id, Replicas - running.length), TotalPartitions, "StartAppInstance"),
  );
  store.put("Environment", { ...environment, Replicas });
  return result;
}

type Wanted = Omit<Order, "DeployOrderId">;

/** Makes an order and begins its first batch. @throws Refusal while another order of the environment is open. */
function admit(context: Context, wanted: Wanted, podsOf: (id: string) => Pod[]): Struct {
  const { store, now, caller } = context;
  const environment = findEnvironment(store, wanted.EnvId);
  const open = openOrderOf(store, wanted.EnvId);
  if (open) throw conflict(`environment ${wanted.EnvId} has the unfinished deploy order ${open.DeployOrderId}`);
  const DeployOrderId = context.nextId();
  const order: Order = {
    DeployOrderId,
    ...wanted,
    AppId: environment.AppId,
    SchemaId: environment.AppSchemaId,
    EnvType: environment.EnvType === 1 ? "online" : "test",
    UserId: caller,
    StartTime: isoTime(now),
    ...failing(context, podsOf(DeployOrderId)),
  };
  store.put("deployOrders", beginBatch(order, 1, now));
  return { Admitted: true, DeployOrderId: BigInt(DeployOrderId) };
}

/** The last pod that starts fails, in the given batch or in any, so that a rollout in several batches fails in the last of them. */
function failing(
  { fails }: Context,
  pods: readonly Pod[],
  batch?: number,
): Pick<Order, "Pods" | "FailReason" | "StaysOpenMs"> {
  const starts = ({ StepCode, Result, Partition }: Pod) =>
    StepCode === "StartAppInstance" && Result === 0 && Partition === (batch ?? Partition);
  const victim = fails && pods.findLast(starts);
  if (!victim) return { Pods: pods };
  const { reason, ms } = fails;
  const struck = pods.map((pod) => (pod === victim ? { ...pod, Fails: true } : pod));
  return { Pods: struck, FailReason: reason, ...(ms > 0 ? { StaysOpenMs: ms } : {}) };
}

/** As many instances as the emulator plays in one environment; more would only fill its memory. */
const MOST_INSTANCES = 1000;

function newNames(orderId: string, count: number): string[] {
  if (count > MOST_INSTANCES)
    throw ruleBroken(`${count} instances are more than the ${MOST_INSTANCES} that are played`);
  return Array.from({ length: count }, (_, index) => `app-instance-${orderId}-${index + 1}`);
}

function resume({ DeployOrderId }: In<"ResumeDeploy">, context: Context): undefined {
  const { store, now } = context;
  const order = findOrder(store, DeployOrderId);
  const { Status, CurrentPartitionNum, Pods } = completed(order);
  if (Status !== 2) throw conflict(`deploy order ${DeployOrderId} is not paused`);
  const next = CurrentPartitionNum + 1;
  const struck = failing(context, Pods, next);
  store.put("deployOrders", beginBatch({ ...order, ...struck }, next, now));
}

/** What the last rollout that succeeded brought; nothing before the first. */
function baseline({ AppId, EnvId }: In<"DescribeAppEnvDeployBaseline">, { store }: Context): Struct | undefined {
  findEnvironment(store, EnvId, AppId);
  const isBaseline = (order: Order) => completed(order).DeployCategory === "deploy" && completed(order).Result === 1;
  const order = ordersOf(store, EnvId).findLast(isBaseline);
  return (
    order && {
      AppId: BigInt(AppId),
      EnvId: BigInt(EnvId),
      CreateTime: order.EndTime && spacedTime(order.EndTime),
      PacketComment: order.Description,
      PacketId: order.DeployPacketId && BigInt(order.DeployPacketId),
      PacketUrl: order.DeployPacketUrl,
      SchemaId: order.SchemaId && BigInt(order.SchemaId),
    }
  );
}

function findOrder(store: AccountStore, id: string): Order {
  const order = store.find("deployOrders", id);
  if (!order) throw notFound("deploy order", id);
  return order;
}

function findOpenOrder(store: AccountStore, id: string): Order {
  const order = findOrder(store, id);
  if (completed(order).Status === 3) throw conflict(`deploy order ${id} is finished already`);
  return order;
}
