import { lapse } from "../lapse.ts";
import { statusOf } from "./gateway-status.ts";
import type { Context } from "./operation.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";

/** @throws Refusal in the words of most operations when there is no such gateway. */
export function findGateway({ store }: Context, id: string): Gateway {
  const gateway = store.find("ApigInstance", id);
  if (!gateway) throw apigRefusal(404, "APIC.7302", "Instance not found");
  return gateway;
}

/** @throws Refusal in the words of the older operations when there is no such gateway. */
export function findByOlder({ store }: Context, id: string): Gateway {
  const gateway = store.find("ApigInstance", id);
  if (!gateway) throw apigRefusal(404, "APIG.3030", `The instance does not exist;id:${id}`);
  return gateway;
}

/** A gateway as lists show it, which may lag behind; undefined when they do not know it yet. */
export function listed({ view }: Context, { instance_id }: Gateway): Gateway | undefined {
  return view.rows("ApigInstance").find((row) => row.instance_id === instance_id);
}

/** A gateway that may be changed now. @throws Refusal when there is none, or it is busy. */
export function findRunning(context: Context, id: string, code = "APIC.7701"): Gateway {
  const gateway = findGateway(context, id);
  const status = statusOf(gateway);
  if (status !== "Running") throw apigRefusal(409, code, `Instance status conflict: the instance is ${status}`);
  return gateway;
}

/** @throws Refusal when a yearly order or a lock forbids to delete or resize. */
export function checkUnlocked({ charging_mode, cbc_operation_locks = [] }: Gateway): void {
  if (charging_mode === 1 || cbc_operation_locks.length > 0) {
    throw apigRefusal(409, "APIC.7712", "The instance operation is locked");
  }
}

/** @throws Refusal when another gateway has the name. */
export function checkNameFree({ store }: Context, name: string, id?: string): void {
  const isOther = (gateway: Gateway) => gateway.instance_name === name && gateway.instance_id !== id;
  if (store.rows("ApigInstance").some(isOther)) throw apigRefusal(400, "APIC.7500", "The instance name already exists");
}

const STARTS = [2, 6, 10, 14, 18, 22];

/**
 * Checks a maintenance window of two full hours; one that is left out follows from the other, none at all is 22 to 2.
 * @throws Refusal
 */
export function windowOf(begin: string | undefined, end: string | undefined): { begin: string; end: string } {
  const from = begin === undefined ? (hourOf(end ?? "02:00:00") + 20) % 24 : hourOf(begin);
  const to = end === undefined ? (from + 4) % 24 : hourOf(end);
  if (!STARTS.includes(from) || !STARTS.includes(to)) {
    throw apigRefusal(400, "APIC.7235", "The maintenance window can start or end only at 2, 6, 10, 14, 18 or 22");
  }
  if ((from + 4) % 24 !== to) throw apigRefusal(400, "APIC.7230", "The maintenance window must be 4 hours");
  return { begin: timeOf(from), end: timeOf(to) };
}

/** What a gateway will be when all that is under way is done. */
export function eventual(gateway: Gateway): Gateway {
  return lapse(gateway, Number.POSITIVE_INFINITY) ?? gateway;
}

type Step = NonNullable<Gateway["coming"]>[number];

/** A gateway with one more step before it. */
export function withStep(gateway: Gateway, step: Step): Gateway {
  return { ...gateway, coming: [...(gateway.coming ?? []), step] };
}

function hourOf(time: string): number {
  return Number(time.slice(0, 2));
}

function timeOf(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00:00`;
}
