import type { Readiness } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import type { HuaweiCloud } from "./client.ts";
import { idOf, present, requireAsked } from "./decode.ts";
import {
  deletionObstacle,
  gatewayReadiness,
  gatewayRemovalFailure,
  gatewayRow,
  readGateway,
} from "./gateway-answer.ts";
import * as operations from "./gateway-operations.ts";
import { gatewayConstraints, gatewayRemarks, gatewaySpec, type WantedGateway, windowEnd } from "./gateway-rules.ts";
import { meaningOf, statusOf } from "./gateway-status.ts";
import type { Occasion, Step } from "./gateway-step.ts";
import { laterSteps, stepsFor } from "./gateway-steps.ts";
import { defineResource } from "./resource.ts";
import { settled } from "./settled.ts";

const { listGateways, showGateway, createGateway, updateGateway, deleteGateway, ...further } = operations;

/** A creation and a change of the edition take up to 40 minutes. */
const timeoutMs = 3_600_000;

/** A dedicated gateway. Its name is its natural key within the project; renaming it is an update of what the id leads to. */
export const apigInstance = defineResource({
  kind: "ApigInstance",
  apiVersion: "apig/v2",
  description: "a dedicated API gateway (APIG)",
  spec: gatewaySpec,
  naming: "instanceName",
  scope: [],
  identity: ({ instanceName }) => String(instanceName),
  constraints: gatewayConstraints,
  protected: true,
  billable: true,
  completes: ["customIngressPorts", "elbIds"],
  preconditions: [{ forbids: deletionObstacle }],
  readiness: {
    check: gatewayReadiness,
    removalFailure: gatewayRemovalFailure,
    ...{ firstLookMs: 5_000, intervalMs: 20_000, timeoutMs },
  },
  remarks: gatewayRemarks,
  calls: {
    list: listGateways,
    read: showGateway,
    create: createGateway,
    update: [updateGateway],
    remove: deleteGateway,
    further: Object.values(further),
  },
  list: async (api) => {
    const rows = await api.pages(listGateways, {}, { in: "instances", id: (row) => idOf(row, "id") });
    return rows.map(gatewayRow);
  },
  read: (api, { id }) => readGateway(api, id),
  create: async (api, { spec: wanted }) => ({
    id: idOf(await api.call(createGateway, {}, creationOf(wanted)), "instance_id"),
  }),
  complete: (api, { id, spec: wanted }) => take(api, id, wanted, Object.keys(wanted), laterSteps(wanted)),
  update: (api, { id, spec: wanted, changed }) => take(api, id, wanted, changed, stepsFor(changed)),
  sends: ({ action, before, wanted, changed }) => {
    const gateway = wanted as WantedGateway;
    if (action === "update") return namesOf(stepsFor(changed), { wanted: gateway, current: before, changed });
    const created = { elbIds: gateway.elbIds?.slice(0, 1) ?? [] };
    return [createGateway.name, ...namesOf(laterSteps(gateway), { wanted: gateway, current: created, changed })];
  },
  remove: async (api, { id }) => {
    await settled(api, () => showOne(api, id), stillness, { intervalMs: 20_000, timeoutMs });
    await api.call(deleteGateway, { instance_id: id });
  },
});

function namesOf(steps: readonly Step[], occasion: Occasion): readonly string[] {
  return steps.flatMap(({ calls }) => calls(occasion)).map(({ action }) => action);
}

/** Takes the steps one after the other, each when the gateway runs: in between it refuses changes. */
async function take(
  api: HuaweiCloud,
  id: string,
  wanted: WantedGateway,
  changed: readonly string[],
  steps: readonly Step[],
): Promise<void> {
  const patience = { intervalMs: 10_000, timeoutMs };
  for (const { calls } of steps) {
    const { spec: current } = await settled(api, () => readGateway(api, id), gatewayReadiness, patience);
    for (const { send } of calls({ wanted, current, changed })) await send(api, id);
  }
}

async function showOne(api: HuaweiCloud, id: string): Promise<Fields | undefined> {
  const shown = await api.find(showGateway, { instance_id: id });
  if (shown !== undefined) requireAsked({ id: idOf(shown, "id") }, id);
  return shown;
}

/** While something is under way a gateway cannot be deleted; what has failed can. */
function stillness(shown: Fields): Readiness {
  const status = statusOf(shown);
  return meaningOf(status).state === "pending" ? { state: "pending", reason: status } : { state: "ready" };
}

/** The body of a creation. One load balancer can be named in it, ports cannot. */
function creationOf(wanted: WantedGateway): Fields {
  const { maintainBegin: begin, tags } = wanted;
  return present({
    instance_name: wanted.instanceName,
    spec_id: wanted.specId,
    vpc_id: wanted.vpcId,
    subnet_id: wanted.subnetId,
    security_group_id: wanted.securityGroupId,
    available_zone_ids: wanted.availableZoneIds,
    description: wanted.description,
    maintain_begin: begin,
    maintain_end: begin === undefined ? undefined : windowEnd(begin),
    bandwidth_size: wanted.bandwidthSize,
    bandwidth_charging_mode: wanted.bandwidthChargingMode,
    eip_id: wanted.eipId,
    ingress_bandwidth_size: wanted.ingressBandwidthSize,
    ingress_bandwidth_charging_mode: wanted.ingressBandwidthChargingMode,
    loadbalancer_provider: wanted.loadbalancerProvider,
    elb_id: wanted.elbIds?.[0],
    ipv6_enable: wanted.ipv6Enable,
    enterprise_project_id: wanted.enterpriseProjectId,
    tags: tags === undefined ? undefined : Object.entries(tags).map(([key, value]) => ({ key, value })),
    vpcep_service_name: wanted.vpcepServiceName,
  });
}
