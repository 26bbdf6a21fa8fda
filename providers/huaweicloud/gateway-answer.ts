import { rowsOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Live, Readiness } from "../../src/core/kind.ts";
import { type Fields, sameValue } from "../../src/core/values.ts";
import type { HuaweiCloud } from "./client.ts";
import { idOf, present, requireAsked, textOf, textsOf } from "./decode.ts";
import { besides } from "./gateway-besides.ts";
import { showGateway, showProgress } from "./gateway-operations.ts";
import { meaningOf, statusOf } from "./gateway-status.ts";

/** A gateway as a row of the list shows it: the least that the API tells of one. */
export function gatewayRow(row: Fields): Live {
  const locks = rowsOf(row, "cbc_operation_locks").flatMap((lock) => textOf(lock, "lock_scene") ?? []);
  return {
    id: idOf(row, "id"),
    spec: present({
      instanceName: textOf(row, "instance_name"),
      // Some answers name the edition as requests do.
      specId: textOf(row, "spec") ?? textOf(row, "spec_id"),
      enterpriseProjectId: textOf(row, "enterprise_project_id") ?? "0",
      loadbalancerProvider: textOf(row, "loadbalancer_provider"),
    }),
    facts: present({ status: statusOf(row), chargingMode: wholeOf(row, "charging_mode"), locks }),
  };
}

/**
 * Everything that the API tells of one gateway; undefined where there is none. While it is not running, nothing beside its own
 * answer and the progress of its creation is asked for.
 */
export async function readGateway(api: HuaweiCloud, id: string): Promise<Live | undefined> {
  const shown = await api.find(showGateway, { instance_id: id });
  if (shown === undefined) return undefined;
  const row = requireAsked(gatewayRow(shown), id);
  const { state, making } = meaningOf(statusOf(shown));
  const [facts, beside] = await Promise.all([
    making === true ? progressOf(api, id) : {},
    state === "ready" ? besides(api, id, row.spec) : {},
  ]);
  return { id: row.id, spec: { ...row.spec, ...detail(shown), ...beside }, facts: { ...row.facts, ...facts } };
}

/** What only the full answer shows. Where nothing is set it says so: nothing shown is not the same. */
function detail(shown: Fields): Fields {
  const [address] = rowsOf(shown, "publicips");
  const [endpoint] = rowsOf(shown, "endpoint_services");
  return present({
    vpcId: textOf(shown, "vpc_id"),
    subnetId: textOf(shown, "subnet_id"),
    securityGroupId: textOf(shown, "security_group_id"),
    availableZoneIds: zonesOf(shown),
    description: textOf(shown, "description") ?? "",
    maintainBegin: textOf(shown, "maintain_begin"),
    maintainEnd: textOf(shown, "maintain_end"),
    bandwidthSize: wholeOf(shown, "bandwidth_size") ?? 0,
    bandwidthChargingMode: textOf(shown, "bandwidth_charging_mode"),
    // Most answers show the address that is bound, but not whose it is.
    eipId: textOf(shown, "eip_id") ?? (textOf(shown, "eip_address") === undefined ? "" : undefined),
    ingressBandwidthSize: wholeOf(address ?? {}, "bandwidth_size") ?? 0,
    ingressBandwidthChargingMode: textOf(shown, "ingress_bandwidth_charging_mode"),
    ipv6Enable: textOf(shown, "eip_ipv6_address") === undefined ? undefined : true,
    vpcepServiceName: endpointName(textOf(endpoint ?? {}, "service_name")),
  });
}

/** The zones come as one text, `[zone-a, zone-b]`, in an order of the cloud's own. */
function zonesOf(shown: Fields): readonly string[] | undefined {
  const text = textOf(shown, "available_zone_ids");
  const zones = text?.replace(/^\[|\]$/g, "").split(",") ?? textsOf(shown, "available_zone_ids") ?? [];
  const named = zones.map((zone) => zone.trim()).filter((zone) => zone !== "");
  return named.length === 0 ? undefined : named;
}

/** The name in the middle of `region.name.id`. */
function endpointName(service: string | undefined): string | undefined {
  return /^[\w-]+\.(.+)\.[0-9a-f-]+$/.exec(service ?? "")?.[1];
}

async function progressOf(api: HuaweiCloud, id: string): Promise<Fields> {
  const shown = await api.find(showProgress, { instance_id: id });
  if (shown === undefined) return {};
  const code = textOf(shown, "error_code");
  const why = [textOf(shown, "error_msg"), code === undefined ? undefined : `(${code})`];
  const reason = why.filter((part) => part !== undefined).join(" ");
  const failed = textOf(shown, "status")?.toLowerCase() === "failed" ? true : undefined;
  return present({ percent: wholeOf(shown, "progress"), reason: reason === "" ? undefined : reason, failed });
}

/** Fields that the cloud shows some time after it has accepted them. */
const slow = ["specId", "ingressBandwidthSize", "enterpriseProjectId"];

/** Whether a gateway runs, and shows what was wanted of it. */
export function gatewayReadiness({ spec, facts = {} }: Live, wanted: Fields = {}): Readiness {
  const status = textOf(facts, "status") ?? "";
  const meaning = meaningOf(status);
  const why = textOf(facts, "reason");
  const reason = why === undefined ? status : `${status}: ${why}`;
  if (meaning.state === "failed" || facts["failed"] === true) return { state: "failed", reason };
  const percent = wholeOf(facts, "percent");
  if (meaning.state === "pending") return { state: "pending", reason, ...(percent === undefined ? {} : { percent }) };
  const late = slow.find((name) => wanted[name] !== undefined && !sameValue(spec[name], wanted[name]));
  return late === undefined ? { state: "ready" } : { state: "pending", reason: `${status}, not yet with its ${late}` };
}

/** Why a gateway that was to be deleted stays, once the cloud has given that up. */
export function gatewayRemovalFailure({ facts = {} }: Live): string | undefined {
  const status = textOf(facts, "status") ?? "";
  return meaningOf(status).kept === true ? status : undefined;
}

/** What keeps a gateway from being deleted by the API. */
export function deletionObstacle({ facts = {} }: Live): string | undefined {
  if (facts["chargingMode"] === 1)
    return "it is billed by the month or year, and the API cannot end that; unsubscribe it in the console";
  const locks = textsOf(facts, "locks") ?? [];
  return locks.length === 0 ? undefined : `an order has locked it (${locks.join(", ")})`;
}
