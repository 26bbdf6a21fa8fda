import { PROJECT_ID } from "./admission.ts";
import { MOVING, STATUS_NUMBERS, statusOf } from "./gateway-status.ts";
import { addressOf, uuid } from "./ids.ts";
import type { Gateway } from "./tables.ts";

/** What the service can do, as every gateway lists it. */
export const SUPPORTED_FEATURES = ["app_token", "backend_timeout", "ratelimit", "request_body_size", "route"];

/** A gateway as a row of the list. */
export function gatewayRow(gateway: Gateway): object {
  const { eip_id, charging_mode = 0, cbc_metadata, cbc_operation_locks } = gateway;
  const status = statusOf(gateway);
  return {
    ...{ id: gateway.instance_id, project_id: PROJECT_ID, instance_name: gateway.instance_name },
    ...{ status, instance_status: STATUS_NUMBERS[status] ?? 0, type: "apig", spec: gateway.spec_id },
    create_time: gateway.create_time ?? 0,
    enterprise_project_id: gateway.enterprise_project_id ?? "0",
    eip_address: eip_id ? addressOf("203.0.113", eip_id) : null,
    charging_mode,
    ...(cbc_metadata === undefined ? {} : { cbc_metadata }),
    loadbalancer_provider: balancerOf(gateway),
    ...(cbc_operation_locks === undefined ? {} : { cbc_operation_locks }),
  };
}

/** A gateway in full. Where the manual's sample goes back to the names of requests, `spec` is called `spec_id`. */
export function gatewayDetail(gateway: Gateway, wire: "sdk" | "manual"): object {
  const row = { ...gatewayRow(gateway), ...detail(gateway) };
  if (wire === "sdk") return row;
  const { spec_id, eip_id = null } = gateway;
  const shown = Object.entries(row).filter(([name]) => name !== "spec");
  return { ...Object.fromEntries(shown), spec_id, eip_id };
}

/** By a binding of an own public address, else the kind that nearly every region has. */
export function balancerOf({ loadbalancer_provider, eip_id }: Gateway): "lvs" | "elb" {
  return loadbalancer_provider === "lvs" || (!loadbalancer_provider && eip_id) ? "lvs" : "elb";
}

function detail(gateway: Gateway): object {
  const { instance_id: id, vpc_id, subnet_id, security_group_id, bandwidth_size = 0 } = gateway;
  const { ingress_ip = addressOf("192.0.2", id) } = gateway;
  const zones = [...(gateway.available_zone_ids ?? [])].sort();
  return {
    ...{ description: gateway.description ?? null, vpc_id, subnet_id, security_group_id },
    maintain_begin: gateway.maintain_begin ?? "22:00:00",
    maintain_end: gateway.maintain_end ?? "02:00:00",
    ...{ ingress_ip, ingress_ip_v6: null, user_id: uuid(id) },
    eip_ipv6_address: gateway.ipv6_enable ? `2001:db8::${id.slice(0, 4)}` : null,
    nat_eip_address: bandwidth_size > 0 ? addressOf("198.51.100", `nat ${id}`) : null,
    nat_eip_ipv6_cidr: null,
    bandwidth_size,
    bandwidth_charging_mode: bandwidth_size > 0 ? (gateway.bandwidth_charging_mode ?? "bandwidth") : null,
    available_zone_ids: `[${zones.join(", ")}]`,
    instance_version: "2.5.0",
    supported_features: SUPPORTED_FEATURES,
    endpoint_services: [{ service_name: endpointOf(gateway), created_at: "2024-1-31 08:00:00" }],
    node_ips: { livedata: [], shubao: [] },
    publicips: publicAddresses(gateway),
    privateips: [{ ip_address: ingress_ip, bandwidth_size: null }],
    is_releasable: isReleasable(gateway),
    ingress_bandwidth_charging_mode: gateway.ingress_address
      ? (gateway.ingress_bandwidth_charging_mode ?? "bandwidth")
      : null,
  };
}

/** A gateway is addressed within its network by region, the name that it was given, and an id of the service. */
function endpointOf({ instance_id, vpcep_service_name = "apig" }: Gateway): string {
  return `cn-north-4.${vpcep_service_name}.${uuid(instance_id)}`;
}

function publicAddresses({ ingress_address, ingress_bandwidth_size = 0 }: Gateway): object[] {
  if (!ingress_address) return [];
  return [{ ip_address: ingress_address, ipv6_address: null, bandwidth_size: ingress_bandwidth_size }];
}

function isReleasable(gateway: Gateway): boolean {
  const isFree = gateway.charging_mode !== 1 && (gateway.cbc_operation_locks ?? []).length === 0;
  return isFree && !MOVING.has(statusOf(gateway));
}
