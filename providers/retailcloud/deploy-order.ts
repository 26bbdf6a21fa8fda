import { wholeOf } from "../../src/core/answer-fields.ts";
import { failure } from "../../src/core/errors.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, textOf } from "./decode.ts";
import { failedAmong, orderPods } from "./order-pods.ts";
import { type OrderResult, resultIn } from "./order-result.ts";

const answers = [
  ...names("CurrentPartitionNum DeployOrderId DeployPauseType Description ElapsedTime EndTime EnvId FailureRate"),
  ...names("FinishAppInstanceCt Name SchemaId StartTime Status TotalAppInstanceCt TotalPartitions UserId UserNick"),
];

/** ListDeployOrders: every filter but the pages may be left out, whatever the manual's table says of them. */
export const listDeployOrders = defineAction({
  name: "ListDeployOrders",
  method: "POST",
  mutating: false,
  query: [
    ...names("AppId DeployCategory DeployType EnvId EnvType PageNumber PageSize PartitionType PauseType Status"),
    ...names("EndTimeGreaterThan EndTimeGreaterThanOrEqualTo EndTimeLessThan EndTimeLessThanOrEqualTo"),
    ...names("StartTimeGreaterThan StartTimeGreaterThanOrEqualTo StartTimeLessThan StartTimeLessThanOrEqualTo"),
  ],
  body: names("ResultList StatusList"),
  answers,
});

/** DescribeDeployOrderDetail: one order with its progress, which lists may leave out. */
export const describeDeployOrder = defineAction({
  name: "DescribeDeployOrderDetail",
  method: "POST",
  mutating: false,
  query: names("DeployOrderId"),
  answers,
});

/** How far an order is; a paused one waits for somebody to resume it. */
export type OrderStatus = "deploying" | "paused" | "finished";

/** One rollout or scaling of an environment, as far as the API shows it. Times are text, in the API's own format. */
export type DeployOrder = {
  readonly id: string;
  /** Free text: of a rollout the release, of a scaling made up by the cloud. */
  readonly name: string;
  readonly environment: string;
  readonly status: OrderStatus;
  readonly result: OrderResult;
  /** The batch under way or paused after, from 1. */
  readonly batch?: number;
  readonly batches?: number;
  readonly finishedPods?: number;
  readonly totalPods?: number;
  readonly pause?: string;
  readonly description?: string;
  /** The deploy config that it rolls out. */
  readonly deployConfig?: string;
  readonly started?: string;
  readonly ended?: string;
  readonly seconds?: number;
  /** Who made it. */
  readonly user?: string;
};

const statuses: Readonly<Record<number, OrderStatus>> = { 1: "deploying", 2: "paused", 3: "finished" };

/** Rollouts and scalings cannot be told apart by what the API answers, only by what it is asked for. */
export type OrderCategory = "deploy" | "scale";

/** Every order of that category in an environment, newest first: ids grow, while the order of rows is not documented. */
export async function deployOrders(
  api: RetailCloud,
  environment: string,
  category: OrderCategory = "deploy",
): Promise<readonly DeployOrder[]> {
  return ordersOf(api, environment, { DeployCategory: category });
}

/** The orders of any category that are neither finished nor closed: each of them keeps new ones out of the environment. */
export async function openOrders(api: RetailCloud, environment: string): Promise<readonly DeployOrder[]> {
  const orders = await ordersOf(api, environment, { StatusList: [1, 2] });
  return orders.filter(({ status }) => status !== "finished");
}

/**
 * One order with its progress; undefined where it does not exist, `E_BAD_ANSWER` where the cloud tells of another one. The cloud
 * keeps an order open whose pods have failed, until somebody closes it: where a pod has failed and none is under way any more,
 * its result is `failed`, whatever the cloud calls it.
 */
export async function orderDetail(api: RetailCloud, id: string): Promise<DeployOrder | undefined> {
  const found = await api.find(describeDeployOrder, { DeployOrderId: id });
  if (found === undefined) return undefined;
  const order = toOrder(found);
  if (order.id !== id)
    throw failure("E_BAD_ANSWER", `asked for deploy order ${id}, the cloud answered order ${order.id}`);
  const isInDoubt = order.status === "deploying" && Number.parseFloat(textOf(found, "FailureRate") ?? "0") > 0;
  return isInDoubt && (await isStuck(api, id)) ? { ...order, result: "failed" } : order;
}

/** Where the pods cannot be asked for, nothing is said of the order. */
async function isStuck(api: RetailCloud, id: string): Promise<boolean> {
  const pods = await orderPods(api, id).catch(() => []);
  return failedAmong(pods).length > 0 && !pods.some((row) => resultIn(row) === "deploying");
}

/** True where an order's id is the newer one: ids are 64-bit numbers that grow. */
export function isNewer(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}

/** An order in one phrase, for messages: its id, its name, who made it and when, as far as shown. */
export function orderPhrase({ id, name, user, started }: DeployOrder): string {
  const by = user === undefined ? "" : ` by ${user}`;
  const since = started === undefined ? "" : ` since ${started}`;
  return `order ${id} (${name}${by}${since})`;
}

/** How somebody closes the open order of an environment. */
export function closeCommand(environment: string): string {
  return `cairn rollout close --id ${environment}`;
}

/** Where an order stands, in words: `batch 1 of 2, 3 of 6 pods`. Empty where the API shows nothing of it. */
export function progressOf({ batch, batches, finishedPods, totalPods }: DeployOrder): string {
  const parts = [
    batch === undefined || batches === undefined ? undefined : `batch ${batch} of ${batches}`,
    finishedPods === undefined || totalPods === undefined ? undefined : `${finishedPods} of ${totalPods} pods`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

async function ordersOf(
  api: RetailCloud,
  environment: string,
  filter: { readonly DeployCategory?: OrderCategory; readonly StatusList?: readonly number[] },
): Promise<readonly DeployOrder[]> {
  const asked = { EnvId: environment, ...filter };
  const rows = await api.pages(listDeployOrders, asked, { id: (row) => idOf(row, "DeployOrderId") });
  return rows
    .map(toOrder)
    .filter((order) => order.environment === environment)
    .sort((one, other) => (isNewer(one.id, other.id) ? -1 : 1));
}

function toOrder(row: Fields): DeployOrder {
  const id = orderIdOf(row);
  const shown = {
    batch: wholeOf(row, "CurrentPartitionNum"),
    batches: wholeOf(row, "TotalPartitions"),
    finishedPods: wholeOf(row, "FinishAppInstanceCt"),
    totalPods: wholeOf(row, "TotalAppInstanceCt"),
    pause: textOf(row, "DeployPauseType"),
    description: textOf(row, "Description"),
    deployConfig: textOf(row, "SchemaId"),
    started: textOf(row, "StartTime"),
    ended: textOf(row, "EndTime"),
    seconds: wholeOf(row, "ElapsedTime"),
    user: textOf(row, "UserNick") ?? textOf(row, "UserId"),
  };
  const known = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
  return {
    id,
    name: textOf(row, "Name") ?? `order ${id}`,
    environment: idOf(row, "EnvId"),
    // An unknown word counts as under way: nothing is deployed over what may still run.
    status: statuses[wholeOf(row, "Status") ?? 1] ?? "deploying",
    result: resultIn(row),
    ...known,
  };
}

/** Orders are told old from new by their ids, so they have to be numbers. */
function orderIdOf(row: Fields): string {
  const id = idOf(row, "DeployOrderId");
  if (/^\d+$/.test(id)) return id;
  throw failure(
    "E_BAD_ANSWER",
    `the cloud answered a deploy order with the id ${JSON.stringify(id)}, which is no number`,
  );
}
