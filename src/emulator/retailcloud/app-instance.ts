import type { InputOf } from "../fields.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { appInstanceCatalogue as catalogue } from "./catalogue/app-instance.ts";
import { closeOrders } from "./close-orders.ts";
import { findEnvironment } from "./find.ts";
import { type Instance, instancesOf, ordersOf } from "./instances.ts";
import { madeUpAddress } from "./made-up-address.ts";
import { completed } from "./order.ts";
import { listPods, podEvents, podLog } from "./pod.ts";
import { notFound } from "./refusal.ts";
import { dropClaim } from "./storage.ts";
import { zonelessTime } from "./time.ts";

type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on the pods of environments and deploy orders. */
export const appInstanceActions: Record<keyof typeof catalogue, Action> = {
  ListAppInstance: action(catalogue.ListAppInstance, ({ AppId, EnvId }, { view }) => {
    const isOfApp = view.rows("Environment").some((row) => row.EnvId === EnvId && row.AppId === AppId);
    return isOfApp ? instancesOf(view, EnvId).map(instanceRow) : [];
  }),
  ListPods: action(catalogue.ListPods, listPods),
  DescribePodLog: action(catalogue.DescribePodLog, podLog),
  DescribePodEvents: action(catalogue.DescribePodEvents, podEvents),
  RestartAppInstance: action(catalogue.RestartAppInstance, restart),
  OfflineAppEnvironment: action(catalogue.OfflineAppEnvironment, offline),
};

/** Restarts the instances that are named; all of them when none is. What it answers is not documented. */
function restart({ AppId, EnvId, AppInstanceIdList }: In<"RestartAppInstance">, context: Context): string {
  const { store, fails } = context;
  findEnvironment(store, EnvId, AppId);
  const names = instancesOf(store, EnvId).map(({ pod }) => pod.AppInstanceId);
  const wanted = AppInstanceIdList ?? names;
  const strange = wanted.filter((name) => !names.includes(name));
  if (strange.length > 0) throw notFound(`in environment ${EnvId}, instance`, strange.join(", "));
  for (const order of ordersOf(store, EnvId)) {
    const Pods = completed(order).Pods.map((pod) =>
      wanted.includes(pod.AppInstanceId) && pod.StepCode === "StartAppInstance"
        ? { ...pod, Restarts: (pod.Restarts ?? 0) + 1, Result: fails ? 2 : pod.Result }
        : pod,
    );
    store.put("deployOrders", { ...order, Pods });
  }
  return "true";
}

/** Stops all instances; unfinished orders are closed. */
function offline({ AppId, EnvId, DeletePvc }: In<"OfflineAppEnvironment">, { store, now }: Context): Struct {
  const environment = findEnvironment(store, EnvId, AppId);
  closeOrders(store, EnvId, now);
  store.put("Environment", { ...environment, OfflineSince: ordersOf(store, EnvId).at(-1)?.DeployOrderId });
  const claims = store.rows("PersistentVolumeClaim").filter((row) => DeletePvc === true && row.EnvId === EnvId);
  for (const { PersistentVolumeClaimId } of claims) dropClaim(store, PersistentVolumeClaimId);
  return { Success: true };
}

function instanceRow({ pod }: Instance): Struct {
  return {
    AppInstanceId: pod.AppInstanceId,
    CreateTime: pod.StartTime && zonelessTime(pod.StartTime),
    Health: pod.Result === 2 ? "ABNORMAL" : "RUNNING",
    HostIp: madeUpAddress("192.168", `host of ${pod.AppInstanceId}`),
    PodIp: madeUpAddress("172.20", pod.AppInstanceId),
    RestartCount: pod.Restarts ?? 0,
    Spec: "1vcpu 2GB",
  };
}
