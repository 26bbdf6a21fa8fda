import type { RolloutOrder, RolloutPod } from "../core/rollouts.ts";
import type { Paint } from "./paint.ts";
import { safeLine } from "./safe-text.ts";
import { tableLines } from "./table.ts";

/** How an environment's newest rollout stands, and what can be done about it. */
export type RolloutStatus = {
  readonly environment: string;
  readonly id: string;
  readonly order: RolloutOrder | null;
  readonly pods: readonly RolloutPod[];
  readonly next: readonly string[];
};

/** Where an order stands: `under way`, `paused`, or what came of it. */
function orderState({ status, result }: RolloutOrder): string {
  if (status === "paused") return "paused";
  if (status === "deploying") return result === "failed" ? "failed, and still open" : "under way";
  return result === "deploying" ? "ended without result" : result;
}

/** How far an order is: `batch 1 of 2, 3 of 6 pods`; empty where the cloud does not show it. */
export function orderProgress({ batch, batches, finishedPods, totalPods }: RolloutOrder): string {
  const parts = [
    ...(batch === undefined || batches === undefined ? [] : [`batch ${batch} of ${batches}`]),
    ...(finishedPods === undefined || totalPods === undefined ? [] : [`${finishedPods} of ${totalPods} pods`]),
  ];
  return parts.join(", ");
}

/** A line of progress: the order, where it stands and how far it is. */
export function orderLine(order: RolloutOrder): string {
  const progress = orderProgress(order);
  return safeLine(`order ${order.id} (${order.name}): ${orderState(order)}${progress === "" ? "" : `, ${progress}`}`);
}

/** A status for people. Ends with a line break. */
export function renderRolloutStatus(status: RolloutStatus, paint: Paint): string {
  const { environment, id, order, pods, next } = status;
  const head = paint.bold(safeLine(`${environment} (environment ${id})`));
  if (order === null) return `${[head, "  nothing was rolled out yet", ...hints(next)].join("\n")}\n`;
  const facts = [
    ["release", order.name],
    ["state", orderState(order)],
    ["progress", orderProgress(order)],
    ["order", order.id],
    ["by", order.user ?? ""],
    ["started", order.started ?? ""],
    ["ended", order.ended ?? ""],
  ].filter(([, text]) => text !== "");
  const rows = pods.map(({ name, batch, result, ip, updated }) => [
    name,
    `${batch ?? ""}`,
    result,
    ip ?? "",
    updated ?? "",
  ]);
  const table =
    rows.length === 0 ? [] : ["", ...tableLines([["pod", "batch", "state", "ip", "updated"], ...rows.map(safe)])];
  return `${[head, ...tableLines(facts.map(safe)), ...table]
    .map((line, index) => (index === 0 || line === "" ? line : `  ${line}`))
    .concat(hints(next))
    .join("\n")}\n`;
}

/** Orders as a table, newest first. Ends with a line break. */
export function renderRolloutHistory(orders: readonly RolloutOrder[], paint: Paint): string {
  if (orders.length === 0) return "nothing was rolled out yet\n";
  const rows = orders.map((order) => {
    const { id, category, name, started = "", ended = "", user = "" } = order;
    return safe([id, category, name, orderState(order), orderProgress(order), started, ended, user]);
  });
  const [head = "", ...body] = tableLines([
    ["order", "category", "release", "state", "progress", "started", "ended", "by"],
    ...rows,
  ]);
  return [paint.bold(head), ...body].map((line) => `${line}\n`).join("");
}

function hints(next: readonly string[]): readonly string[] {
  return next.map((hint) => `next: ${safeLine(hint)}`);
}

function safe(row: readonly string[]): readonly string[] {
  return row.map(safeLine);
}
