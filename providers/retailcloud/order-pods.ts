import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, textOf } from "./decode.ts";
import { resultIn } from "./order-result.ts";

/** ListPods: the pods of an order, of the batches that have begun. */
export const listPods = defineAction({
  name: "ListPods",
  method: "POST",
  mutating: false,
  query: names("DeployOrderId PageNumber PageSize"),
  body: names("ResultList StatusList"),
  answers: names("AppInstanceId DeployOrderId DeployPartitionNum HostName PodIp Status UpdateTime"),
});

/** The pods of an order as rows. Their filter by result is not relied on: each row says its own. */
export function orderPods(api: RetailCloud, orderId: string): Promise<readonly Fields[]> {
  const key = (row: Fields) => `${idOf(row, "AppInstanceId")} ${textOf(row, "DeployPartitionNum") ?? ""}`;
  return api.pages(listPods, { DeployOrderId: orderId }, { id: key });
}

/** The names of those that did not come up. */
export function failedAmong(pods: readonly Fields[]): readonly string[] {
  return [...new Set(pods.filter((row) => resultIn(row) === "failed").map((row) => idOf(row, "AppInstanceId")))];
}
