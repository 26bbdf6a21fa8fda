import type { apigCatalogue } from "./catalogue/apig.ts";
import { balancerOf } from "./gateway-answer.ts";
import { checkNameFree, windowOf } from "./gateway-rules.ts";
import { checkSpec } from "./gateway-spec.ts";
import { addressOf } from "./ids.ts";
import type { Context, Input } from "./operation.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway, Progress } from "./tables.ts";
import { wrongParameter } from "./voice.ts";

type Wanted = Input<(typeof apigCatalogue)["CreateInstanceV2"]>["body"];
type Step = NonNullable<Gateway["coming"]>[number];

const MINUTE = 60_000;

/** How a creation goes: after how many minutes which status, and what percentage. */
const COURSE = [
  { after: 0, status: "Creating", percent: 30 },
  { after: 5, status: "Initing", percent: 50 },
  { after: 10, status: "Registering", percent: 80 },
  { after: 15, status: "Installing", percent: 90 },
  { after: 20, status: "Running", percent: 100 },
];
const TAKES = 20 * MINUTE;

/** Why a creation fails, by code; the first two show early. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["APIC.9218", "Failed to create the instance: insufficient quota"],
  ["APIC.9219", "Failed to create the instance: insufficient resources"],
  ["APIC.9206", "Failed to create the instance"],
]);
const EARLY = new Set(["APIC.9218", "APIC.9219"]);

/** Checks what a creation asks for, and makes the gateway with its course before it. @throws Refusal */
export function newGateway(wanted: Wanted, context: Context): Gateway {
  checkSpec(wanted.spec_id);
  checkPublic(wanted);
  const window = windowOf(wanted.maintain_begin, wanted.maintain_end);
  if ((wanted.tags ?? []).length > 20) throw apigRefusal(403, "APIC.7402", "A gateway has 20 tags at most");
  checkNameFree(context, wanted.instance_name);
  const { instance_id = context.newId(), elb_id, ...rest } = wanted;
  if (context.store.find("ApigInstance", instance_id)) {
    throw apigRefusal(400, "APIC.7505", "The instance ID already exists");
  }
  const gateway: Gateway = {
    ...{ ...rest, instance_id, maintain_begin: window.begin, maintain_end: window.end },
    available_zone_ids: wanted.available_zone_ids?.length ? wanted.available_zone_ids : ["cn-north-4a"],
    enterprise_project_id: wanted.enterprise_project_id || "0",
    ...(elb_id ? { elb_ids: [elb_id] } : {}),
    create_time: context.now,
  };
  return { ...gateway, loadbalancer_provider: balancerOf(gateway), ...courseOf(gateway, context) };
}

/** How far the creation of a gateway has come; one that was seeded is done. */
export function progressOf({ progress, create_time = 0 }: Gateway): object {
  const done: Progress = { progress: 100, status: "success", start_time: create_time, end_time: create_time };
  return { error_code: null, error_msg: null, ...(progress ?? done) };
}

/** An own public address, and a bandwidth for one that the service assigns, exclude each other by kind of gateway. */
function checkPublic(wanted: Wanted): void {
  const { eip_id, ingress_bandwidth_size, elb_id, spec_id, bandwidth_size = 0 } = wanted;
  const isElb = balancerOf({ ...wanted, instance_id: "" }) === "elb";
  if (eip_id && isElb) throw wrongParameter("eipId");
  if (ingress_bandwidth_size !== undefined && !isElb) throw wrongParameter("ingressBandwidthSize");
  if (ingress_bandwidth_size === undefined && wanted.ingress_bandwidth_charging_mode) {
    throw wrongParameter("ingressBandwidthChargingMode");
  }
  if (spec_id.startsWith("NLB_") && !elb_id) throw wrongParameter("elbId");
  if (spec_id.startsWith("NLB_") && bandwidth_size > 0) throw wrongParameter("bandwidthSize");
}

function courseOf(gateway: Gateway, { now, fails }: Context): Pick<Gateway, "status" | "progress" | "coming"> {
  const times = { start_time: now, end_time: now + TAKES };
  const steps = COURSE.map(({ after, status, percent }): Step => {
    const progress: Progress = { progress: percent, status: percent < 100 ? "creating" : "success", ...times };
    return { at: now + after * MINUTE, becomes: { status, progress } };
  });
  const [first, ...coming] = fails ? failing(steps, now, fails) : [...steps, ...publicOf(gateway, now + TAKES)];
  return { ...first?.becomes, coming };
}

function failing(steps: readonly Step[], now: number, fails: NonNullable<Context["fails"]>): Step[] {
  const error_code = fails.code ?? "APIC.9206";
  const error_msg = fails.reason ?? REASONS.get(error_code) ?? "Failed to create the instance";
  const isEarly = EARLY.has(error_code);
  const at = now + (isEarly ? 1 : 18) * MINUTE;
  const progress: Progress = {
    ...{ progress: 0, status: "failed", error_code, error_msg },
    start_time: now,
    end_time: at,
  };
  const status = isEarly ? "CreateFail" : "InstallFailed";
  return [...steps.filter((step) => step.at < at), { at, becomes: { status, progress } }];
}

function publicOf({ instance_id, ingress_bandwidth_size }: Gateway, at: number): Step[] {
  if (ingress_bandwidth_size === undefined) return [];
  return [{ at, becomes: { ingress_address: addressOf("203.0.113", `ingress ${instance_id} ${at}`) } }];
}
