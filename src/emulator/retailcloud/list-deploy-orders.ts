import { createHash } from "node:crypto";
import type { InputOf } from "../fields.ts";
import type { AccountView } from "../sections.ts";
import type { Context, Struct } from "./action.ts";
import type { deployOrderCatalogue } from "./catalogue/deploy-order.ts";
import { deployOrderRow, envTypeOf } from "./deploy-order-row.ts";
import { completed } from "./order.ts";
import type { Order } from "./order-table.ts";
import { spacedTime } from "./time.ts";

type Input = InputOf<(typeof deployOrderCatalogue)["ListDeployOrders"]["parameters"]>;

/** The orders that pass every filter. Nothing is documented about their order, so they come shuffled, always alike. */
export function listDeployOrders(input: Input, { view, now }: Context): Struct[] {
  return view
    .rows("deployOrders")
    .filter((order) => isWanted(order, input, view))
    .map((order) => ({ order, rank: createHash("sha256").update(order.DeployOrderId).digest("hex") }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ order }) => deployOrderRow(order, view, now));
}

function isWanted(order: Order, input: Input, view: AccountView): boolean {
  const { Status, Result, DeployPauseType, DeployCategory } = completed(order);
  const appId = order.AppId ?? view.rows("Environment").find(({ EnvId }) => EnvId === order.EnvId)?.AppId;
  const equal = [
    [input.AppId, appId],
    [input.EnvId, order.EnvId],
    [input.EnvType, envTypeOf(order, view)],
    [input.DeployType, "partition_parallel"],
    [input.PartitionType, "group_even"],
    [input.PauseType, DeployPauseType],
    [input.DeployCategory, DeployCategory],
    [input.Status, Status],
  ];
  return (
    equal.every(([asked, had]) => asked === undefined || asked === had) &&
    (input.ResultList ?? [Result]).includes(Result) &&
    (input.StatusList ?? [Status]).includes(Status) &&
    isInTime(order, input)
  );
}

/** An order without the time in question passes no filter on it. */
function isInTime(order: Order, input: Input): boolean {
  const start = order.StartTime && spacedTime(order.StartTime);
  const end = order.EndTime && spacedTime(order.EndTime);
  const compared: readonly (readonly [
    string | undefined,
    string | undefined,
    (had: string, asked: string) => boolean,
  ])[] = [
    [input.StartTimeLessThan, start, (had, asked) => had < asked],
    [input.StartTimeLessThanOrEqualTo, start, (had, asked) => had <= asked],
    [input.StartTimeGreaterThan, start, (had, asked) => had > asked],
    [input.StartTimeGreaterThanOrEqualTo, start, (had, asked) => had >= asked],
    [input.EndTimeLessThan, end, (had, asked) => had < asked],
    [input.EndTimeLessThanOrEqualTo, end, (had, asked) => had <= asked],
    [input.EndTimeGreaterThan, end, (had, asked) => had > asked],
    [input.EndTimeGreaterThanOrEqualTo, end, (had, asked) => had >= asked],
  ];
  return compared.every(([asked, had, holds]) => asked === undefined || (had !== undefined && holds(had, asked)));
}
