import { type Fields, sameValue } from "../../src/core/values.ts";
import type { HuaweiCloud } from "./client.ts";
import { present, textOf, wholeOf } from "./decode.ts";
import { balancersOf, portsOf } from "./gateway-besides.ts";
import {
  addBalancers,
  addEgress,
  addEip,
  addIngress,
  addPort,
  changeTags,
  deletePort,
  migrateResource,
  removeBalancers,
  removeEgress,
  removeEip,
  removeIngress,
  resizeGateway,
  updateEgress,
  updateGateway,
  updateIngress,
} from "./gateway-operations.ts";
import { type WantedGateway, windowEnd } from "./gateway-rules.ts";
import { settled } from "./settled.ts";

/** One gateway in the middle of an update. */
export type Occasion = {
  readonly api: HuaweiCloud;
  readonly id: string;
  readonly wanted: WantedGateway;
  /** What the running gateway shows just before the step. */
  readonly current: Fields;
  /** The fields that differ, or did at first. */
  readonly changed: readonly string[];
};

/** A part of an update: the fields that it takes care of, and how. Doing it twice is harmless. */
export type Step = { readonly fields: readonly string[]; readonly run: (occasion: Occasion) => Promise<void> };

/** The fields that the general update takes, in the API's words. */
const basics: Step = {
  fields: ["instanceName", "description", "securityGroupId", "maintainBegin", "maintainEnd", "vpcepServiceName"],
  run: async ({ api, id, wanted, changed }) => {
    const { maintainBegin: begin } = wanted;
    const has = (...names: readonly string[]): boolean => names.some((name) => changed.includes(name));
    const body = present({
      instance_name: has("instanceName") ? wanted.instanceName : undefined,
      description: has("description") ? (wanted.description ?? "") : undefined,
      security_group_id: has("securityGroupId") ? wanted.securityGroupId : undefined,
      vpcep_service_name: has("vpcepServiceName") ? wanted.vpcepServiceName : undefined,
      // The window is sent whole.
      ...(begin !== undefined && has("maintainBegin", "maintainEnd")
        ? { maintain_begin: begin, maintain_end: windowEnd(begin) }
        : {}),
    });
    if (Object.keys(body).length > 0) await api.call(updateGateway, { instance_id: id }, body);
  },
};

type Change = typeof addEgress | typeof updateEgress | typeof addIngress | typeof updateIngress;

type Way = {
  readonly size: "bandwidthSize" | "ingressBandwidthSize";
  readonly mode: "bandwidthChargingMode" | "ingressBandwidthChargingMode";
  readonly open: Change;
  readonly change: Change;
  readonly close: typeof removeEgress | typeof removeIngress;
  /** Turns the size into what travels. */
  readonly encode: (size: number) => string | number;
};

/** A public way in or out: opened, changed and closed by its bandwidth. */
function bandwidth(way: Way): Step {
  const { size, mode, open, change, close, encode } = way;
  return {
    fields: [size, mode],
    run: async (occasion) => {
      const { api, id, current } = occasion;
      const [before, billed] = [wholeOf(current, size) ?? 0, textOf(current, mode)];
      const [after, bill] = asWanted(way, occasion, before, billed);
      const body = present({ bandwidth_size: encode(after), bandwidth_charging_mode: bill });
      if (after === 0 && before > 0) await api.call(close, { instance_id: id });
      else if (after > 0 && before === 0) await api.call(open, { instance_id: id }, body);
      else if (after !== before || bill !== billed) await api.call(change, { instance_id: id }, body);
    },
  };
}

/** A field that is not declared, and was not, stays as it is; one that is not declared any more goes back to what it was at first. */
function asWanted(
  { size, mode }: Way,
  { wanted, changed }: Occasion,
  before: number,
  billed: string | undefined,
): readonly [size: number, bill: string | undefined] {
  return [
    changed.includes(size) ? (wanted[size] ?? 0) : before,
    wanted[mode] ?? (changed.includes(mode) ? "bandwidth" : billed),
  ];
}

const egress = bandwidth({
  size: "bandwidthSize",
  mode: "bandwidthChargingMode",
  ...{ open: addEgress, change: updateEgress, close: removeEgress },
  encode: String,
});

const ingress = bandwidth({
  size: "ingressBandwidthSize",
  mode: "ingressBandwidthChargingMode",
  ...{ open: addIngress, change: updateIngress, close: removeIngress },
  encode: (size) => size,
});

/** Binding another address takes the place of the one before. */
const eip: Step = {
  fields: ["eipId"],
  run: async ({ api, id, wanted: { eipId }, current }) => {
    if (eipId !== undefined) await api.call(addEip, { instance_id: id }, { eip_id: eipId });
    else if (current["eipId"] !== "") await api.call(removeEip, { instance_id: id });
  },
};

/** What an old tag becomes when its key is given again is not written anywhere: it goes first. */
const tags: Step = {
  fields: ["tags"],
  run: async ({ api, id, wanted, current }) => {
    const before = new Map(Object.entries((current["tags"] ?? {}) as Fields));
    const after = new Map(Object.entries(wanted.tags ?? {}));
    const gone = [...before].filter(([key, value]) => after.get(key) !== value).map(([key]) => ({ key }));
    const come = [...after].filter(([key, value]) => before.get(key) !== value).map(([key, value]) => ({ key, value }));
    if (gone.length > 0) await api.call(changeTags, { instance_id: id }, { action: "delete", tags: gone });
    if (come.length > 0) await api.call(changeTags, { instance_id: id }, { action: "create", tags: come });
  },
};

const enterpriseProject: Step = {
  fields: ["enterpriseProjectId"],
  run: async ({ api, id, wanted: { enterpriseProjectId = "0" }, current }) => {
    if (current["enterpriseProjectId"] === enterpriseProjectId) return;
    const resource = { resource_type: "apig", resource_id: id, project_id: api.projectId, region_id: api.region };
    await api.call(migrateResource, { enterprise_project_id: enterpriseProjectId }, resource);
  },
};

/** Ports come and go one by one. */
const ports: Step = {
  fields: ["customIngressPorts"],
  run: async ({ api, id, wanted: { customIngressPorts: wanted = [] } }) => {
    const there = await portsOf(api, id);
    type Door = { readonly protocol: string; readonly ingressPort: number };
    const isAmong = (doors: readonly Door[], { protocol, ingressPort }: Door): boolean =>
      doors.some((door) => door.protocol === protocol && door.ingressPort === ingressPort);
    for (const port of there.filter((one) => !isAmong(wanted, one))) {
      await api.call(deletePort, { instance_id: id, ingress_port_id: port.id });
    }
    for (const { protocol, ingressPort } of wanted.filter((one) => !isAmong(there, one))) {
      await api.call(addPort, { instance_id: id }, { protocol, ingress_port: ingressPort });
    }
  },
};

/** A gateway always stands behind one load balancer at least: the new ones come before the old ones go. */
const balancers: Step = {
  fields: ["elbIds"],
  run: async ({ api, id, wanted: { elbIds = [] } }) => {
    const path = { instance_id: id };
    const there = await balancersOf(api, id);
    const come = elbIds.filter((one) => !there.includes(one));
    const gone = there.filter((one) => !elbIds.includes(one));
    for (const one of come) {
      await api.call(addBalancers, path, { elb_details: [{ id: one, force_overwrite_enabled: true }] });
      await until(api, id, (bound) => bound.includes(one));
    }
    for (const one of gone) {
      await api.call(removeBalancers, path, { elb_ids: [one] });
      await until(api, id, (bound) => !bound.includes(one));
    }
  },
};

async function until(api: HuaweiCloud, id: string, isDone: (bound: readonly string[]) => boolean): Promise<void> {
  const stateOf = (bound: readonly string[]) =>
    isDone(bound) ? { state: "ready" as const } : { state: "pending" as const, reason: `behind ${bound.join(", ")}` };
  await settled(api, () => balancersOf(api, id), stateOf, { intervalMs: 10_000, timeoutMs: 600_000 });
}

/** Takes the longest by far, and can be waited for when all else is done. */
const edition: Step = {
  fields: ["specId"],
  run: async ({ api, id, wanted: { specId }, current }) => {
    if (sameValue(current["specId"], specId)) return;
    await api.call(resizeGateway, { instance_id: id }, { spec_id: specId });
  },
};

/** Every step of an update in the order in which they are taken. */
export const updateSteps: readonly Step[] = [
  basics,
  egress,
  ingress,
  eip,
  tags,
  enterpriseProject,
  ports,
  balancers,
  edition,
];

/** What a creation cannot take along. */
export const laterSteps: readonly Step[] = [ports, balancers];
