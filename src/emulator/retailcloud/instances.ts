import type { AccountView } from "../sections.ts";
import { completed } from "./order.ts";
import type { Order, Pod } from "./order-table.ts";

/** A pod that runs, or fails to, with the order that started it. */
export type Instance = { readonly orderId: string; readonly pod: Pod };

/** The orders of an environment, oldest first: ids grow. */
export function ordersOf(view: AccountView, envId: string): Order[] {
  const orders = view.rows("deployOrders").filter(({ EnvId }) => EnvId === envId);
  return orders.sort((a, b) => (BigInt(a.DeployOrderId) < BigInt(b.DeployOrderId) ? -1 : 1));
}

/** What an environment runs: the sum of what its orders did since it was last taken offline. */
export function instancesOf(view: AccountView, envId: string): readonly Instance[] {
  const environment = view.rows("Environment").find(({ EnvId }) => EnvId === envId);
  const since = BigInt(environment?.OfflineSince ?? 0);
  return ordersOf(view, envId)
    .filter(({ DeployOrderId }) => BigInt(DeployOrderId) > since)
    .reduce<readonly Instance[]>(after, []);
}

function after(running: readonly Instance[], order: Order): readonly Instance[] {
  const { DeployCategory, Result, Pods } = completed(order);
  const done = Pods.filter((pod) => pod.Result !== 0);
  const gone = new Set(done.filter(({ StepCode }) => StepCode === "DeleteAppInstance").map(nameOf));
  const started = done.filter(({ StepCode }) => StepCode === "StartAppInstance");
  const fresh = started.map((pod) => ({ orderId: order.DeployOrderId, pod }));
  if (DeployCategory === "scale") return [...running.filter(({ pod }) => !gone.has(nameOf(pod))), ...fresh];
  // A rollout retires one old instance for each that it started well, and the rest once it has succeeded.
  return Result === 1 ? fresh : [...running.slice(started.filter((pod) => pod.Result === 1).length), ...fresh];
}

function nameOf({ AppInstanceId }: Pod): string {
  return AppInstanceId;
}
