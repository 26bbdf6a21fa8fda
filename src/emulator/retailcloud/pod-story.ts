import type { Struct } from "./action.ts";
import type { Order, Pod } from "./order-table.ts";
import { minuteTime, spacedTime } from "./time.ts";

/** Why a pod fails when nobody says otherwise. */
const USUAL_REASON = "the process exited with code 1";

/** What a pod's log says, one line per event; made up from the order. */
export function logOf(pod: Pod, order: Order): string {
  const { DeployPacketUrl: url, DeployPacketId: id } = order;
  const start = pod.StartTime && spacedTime(pod.StartTime);
  const end = pod.UpdateTime && spacedTime(pod.UpdateTime);
  if (start === undefined) return "";
  if (pod.StepCode === "DeleteAppInstance") return lines([[start, "stopping"], end && [end, "deleted"]]);
  return lines([
    url && [start, `downloading ${url}`],
    id && [start, `downloading package ${id}`],
    [start, `starting ${pod.AppInstanceId}`],
    pod.Result === 1 && end && [end, "ready"],
    pod.Result === 2 && end && [end, `error: ${order.FailReason ?? USUAL_REASON}`],
  ]);
}

type Line = readonly [time: string, text: string];

function lines(told: readonly (Line | false | "" | undefined)[]): string {
  return told.flatMap((line) => (line ? [`${line[0]} ${line[1]}\n`] : [])).join("");
}

/** What the cluster notes about a pod. */
export function eventsOf(pod: Pod, order: Order): Struct[] {
  const { StartTime: start, UpdateTime: end } = pod;
  if (start === undefined) return [];
  if (pod.StepCode === "DeleteAppInstance") return [event("Normal", "Killing", "stopping the container", start)];
  const begun = [
    event("Normal", "Scheduled", `assigned ${pod.AppInstanceId} to a node`, start),
    event("Normal", "Pulled", "the image is on the node", start),
    event("Normal", "Started", "started the container", start),
  ];
  if (pod.Result !== 2 || end === undefined) return begun;
  return [...begun, { ...event("Warning", "BackOff", order.FailReason ?? USUAL_REASON, end), Count: 3 }];
}

function event(Type: string, Reason: string, Message: string, time: string): Struct {
  const at = minuteTime(time);
  return { Type, Reason, Message, Action: "", Count: 1, EventTime: at, FirstTimestamp: at, LastTimestamp: at };
}
