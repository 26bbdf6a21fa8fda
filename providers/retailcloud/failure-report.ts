import { recordOf, rowsOf, wholeOf } from "../../src/core/answer-fields.ts";
import { maskLog } from "../../src/core/mask.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { textOf } from "./decode.ts";
import { failedAmong, orderPods } from "./order-pods.ts";

/** DescribePodEvents: what the cluster noted about a pod; it forgets that after a while. */
export const describePodEvents = defineAction({
  name: "DescribePodEvents",
  method: "POST",
  mutating: false,
  query: names("AppInstId DeployOrderId"),
  answers: names("PodEvents Type Reason Message Count LastTimestamp"),
});

/** DescribePodLog: what a pod printed, per step of its rollout. */
export const describePodLog = defineAction({
  name: "DescribePodLog",
  method: "POST",
  mutating: false,
  body: names("AppInstId DeployOrderId"),
  answers: names("DeployStepList StepCode StepName StepLog Status"),
});

/** Pods that are told of, and lines of each one's log: a rollout of many pods fails in all of them alike. */
const mostPods = 3;
const mostLines = 10;

/**
 * What can be told of a failed order: its failing pods, each with its events and the last lines of its log, in lines of text.
 * What looks secret in them is masked. A part that cannot be asked for says so in its place: a report never throws, because
 * the failure that it is about has to be told in any case.
 */
export async function failureReport(api: RetailCloud, orderId: string): Promise<readonly string[]> {
  const pods = await orElse(async () => failedAmong(await orderPods(api, orderId)), undefined);
  if (pods === undefined) return ["its pods could not be listed"];
  const told = await Promise.all(pods.slice(0, mostPods).map((pod) => podReport(api, orderId, pod)));
  const left = pods.length - mostPods;
  return [...told.flat(), ...(left > 0 ? [`and ${left} more pods that failed`] : [])];
}

async function podReport(api: RetailCloud, orderId: string, pod: string): Promise<readonly string[]> {
  const [events, log] = await Promise.all([
    orElse(() => podEvents(api, orderId, pod), ["(could not be asked for)"]),
    orElse(() => podLog(api, orderId, pod), ["(could not be asked for)"]),
  ]);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [`  ${title}: none`] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
  return [`pod ${pod} failed`, ...section("events", events), ...section("log", log.slice(-mostLines))];
}

/** The events of one pod of an order, one line each, oldest first as the cloud gives them; what looks secret is masked. */
export async function podEvents(api: RetailCloud, orderId: string, pod: string): Promise<readonly string[]> {
  const answer = await api.call(describePodEvents, { DeployOrderId: orderId, AppInstId: pod });
  return rowsOf(recordOf(answer, "Result"), "PodEvents").map((row) => {
    const count = wholeOf(row, "Count") ?? 1;
    const said = [textOf(row, "Type"), textOf(row, "Reason"), textOf(row, "Message")].filter(Boolean).join(" ");
    return maskLog(`${said}${count > 1 ? ` (${count} times)` : ""}`);
  });
}

/** What one pod of an order printed, in lines, all steps after each other; what looks secret is masked. */
export async function podLog(api: RetailCloud, orderId: string, pod: string): Promise<readonly string[]> {
  const answer = await api.call(describePodLog, { DeployOrderId: orderId, AppInstId: pod });
  const text = rowsOf(recordOf(answer, "Result"), "DeployStepList").map((row) => textOf(row, "StepLog") ?? "");
  // Masked before it is cut: a secret may go on over several lines.
  return maskLog(text.join("\n"))
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
}

async function orElse<T, E>(ask: () => Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}
