import type { AccountStore } from "../sections.ts";
import { ordersOf } from "./instances.ts";
import { completed, ended } from "./order.ts";
import type { Order } from "./order-table.ts";

/** The order of an environment that is neither finished nor closed, if there is one. */
export function openOrderOf(store: AccountStore, envId: string): Order | undefined {
  return ordersOf(store, envId).find((order) => completed(order).Status !== 3);
}

/** Ends every unfinished order of an environment as closed by hand, at `now` in milliseconds. */
export function closeOrders(store: AccountStore, envId: string, now: number): void {
  for (const order of ordersOf(store, envId)) {
    if (completed(order).Status !== 3) store.put("deployOrders", ended(order, 4, now));
  }
}
