import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { balancerOf } from "./gateway-answer.ts";
import { eventual, findRunning, withStep } from "./gateway-rules.ts";
import { addressOf } from "./ids.ts";
import { jobReply } from "./job.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";
import { wrongParameter } from "./voice.ts";

type In<Name extends keyof typeof catalogue> = Input<(typeof catalogue)[Name]>;

/** After how many milliseconds an address that the service assigns shows, or shows no more. */
const LAG = 10_000;

/** The operations on the public ways into a gateway and out of it. */
export const gatewayNetworkOperations = {
  AddEipV2: operation(catalogue.AddEipV2, addEip),
  RemoveEipV2: operation(catalogue.RemoveEipV2, ({ path }, context) => {
    const gateway = findRunning(context, path.instance_id);
    context.store.put("ApigInstance", { ...gateway, eip_id: undefined, loadbalancer_provider: balancerOf(gateway) });
    return { status: context.wire === "sdk" ? 200 : 204 };
  }),
  AddIngressEipV2: operation(catalogue.AddIngressEipV2, addIngress),
  UpdateIngressEipV2: operation(catalogue.UpdateIngressEipV2, ({ path, body }, context) => {
    const gateway = findRunning(context, path.instance_id, "APIC.7710");
    if (!eventual(gateway).ingress_bandwidth_size) throw unchangeable();
    const becomes = ingressOf(body, gateway);
    context.store.put("ApigInstance", withStep(gateway, { at: context.now + LAG, becomes }));
    return jobReply(context, gateway, "UPDATE_0077I", "updating");
  }),
  RemoveIngressEipV2: operation(catalogue.RemoveIngressEipV2, ({ path }, context) => {
    const gateway = findRunning(context, path.instance_id, "APIC.7710");
    const becomes = { ingress_address: "", ingress_bandwidth_size: 0 };
    context.store.put("ApigInstance", withStep(gateway, { at: context.now + LAG, becomes }));
    return { status: 204 };
  }),
  AddEngressEipV2: operation(catalogue.AddEngressEipV2, ({ path, body }, context) => {
    const gateway = findRunning(context, path.instance_id);
    if (gateway.bandwidth_size) throw apigRefusal(409, "APIC.7709", "Public outbound access is already enabled");
    context.store.put("ApigInstance", { ...gateway, ...egressOf(body, gateway) });
    return { status: context.wire === "sdk" ? 200 : 201 };
  }),
  UpdateEngressEipV2: operation(catalogue.UpdateEngressEipV2, updateEgress),
  RemoveEngressEipV2: operation(catalogue.RemoveEngressEipV2, ({ path }, context) => {
    const gateway = findRunning(context, path.instance_id);
    if (!gateway.bandwidth_size) throw apigRefusal(400, "APIC.9208", "Failed to disable public outbound access");
    context.store.put("ApigInstance", { ...gateway, bandwidth_size: 0 });
    return { status: 204 };
  }),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function addEip({ path, body: { eip_id } }: In<"AddEipV2">, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id);
  if (balancerOf(gateway) !== "lvs") throw wrongParameter("eip_id");
  context.store.put("ApigInstance", { ...gateway, eip_id });
  const address = addressOf("203.0.113", eip_id);
  const named = context.wire === "sdk" ? { eip_address: address } : { eip_ip: address };
  return { status: 200, body: { eip_id, ...named, eip_status: "ACTIVE", eip_ipv6_address: null } };
}

function addIngress({ path, body }: In<"AddIngressEipV2">, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id, "APIC.7710");
  if (balancerOf(gateway) !== "elb") throw apigRefusal(400, "APIC.9216", "Failed to enable public inbound access");
  if (eventual(gateway).ingress_bandwidth_size) {
    throw apigRefusal(409, "APIC.7711", "Public inbound access is already enabled");
  }
  const at = context.now + LAG;
  const ingress_address = addressOf("203.0.113", `ingress ${path.instance_id} ${at}`);
  context.store.put(
    "ApigInstance",
    withStep(gateway, { at, becomes: { ...ingressOf(body, gateway), ingress_address } }),
  );
  return jobReply(context, gateway, "UPDATE_0077I", "updating");
}

/** In the manual's style the answer is a JSON text that holds JSON, with names in camel case; else there is none. */
function updateEgress({ path, body }: In<"UpdateEngressEipV2">, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id);
  if (!gateway.bandwidth_size) throw unchangeable();
  context.store.put("ApigInstance", { ...gateway, ...egressOf(body, gateway) });
  if (context.wire === "sdk") return { status: 200 };
  return { status: 200, body: JSON.stringify({ instanceId: path.instance_id, bandwidthSize: body.bandwidth_size }) };
}

type Bandwidth = { readonly bandwidth_size: number; readonly bandwidth_charging_mode?: string | undefined };

function egressOf({ bandwidth_size, bandwidth_charging_mode: mode }: Bandwidth, gateway: Gateway): Bandwidth {
  return { bandwidth_size, bandwidth_charging_mode: mode ?? gateway.bandwidth_charging_mode ?? "bandwidth" };
}

function ingressOf({ bandwidth_size, bandwidth_charging_mode: mode }: Bandwidth, gateway: Gateway) {
  return {
    ingress_bandwidth_size: bandwidth_size,
    ingress_bandwidth_charging_mode: mode ?? gateway.ingress_bandwidth_charging_mode ?? "bandwidth",
  };
}

function unchangeable() {
  return apigRefusal(400, "APIC.7244", "The bandwidth cannot be updated");
}
