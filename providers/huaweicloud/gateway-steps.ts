import { type Fields, sameValue } from "../../src/core/values.ts";
import { present } from "./decode.ts";
import { balancersOf, portsOf } from "./gateway-besides.ts";
import { egress, eip, ingress } from "./gateway-network-steps.ts";
import {
  addBalancers,
  addPort,
  changeTags,
  deletePort,
  migrateResource,
  removeBalancers,
  resizeGateway,
  updateGateway,
} from "./gateway-operations.ts";
import { type WantedGateway, windowEnd } from "./gateway-rules.ts";
import { calling, type Step, type StepCall } from "./gateway-step.ts";
import { settled } from "./settled.ts";

/** The fields that the general update takes, in the API's words. */
const basics: Step = {
  fields: ["instanceName", "description", "securityGroupId", "maintainBegin", "maintainEnd", "vpcepServiceName"],
  calls: ({ wanted, changed }) => {
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
    return Object.keys(body).length > 0 ? [calling(updateGateway, body)] : [];
  },
};

/** What an old tag becomes when its key is given again is not written anywhere: it goes first. */
const tags: Step = {
  fields: ["tags"],
  calls: ({ wanted, current }) => {
    const before = new Map(Object.entries((current["tags"] ?? {}) as Fields));
    const after = new Map(Object.entries(wanted.tags ?? {}));
    const gone = [...before].filter(([key, value]) => after.get(key) !== value).map(([key]) => ({ key }));
    const come = [...after].filter(([key, value]) => before.get(key) !== value).map(([key, value]) => ({ key, value }));
    return [
      ...(gone.length === 0 ? [] : [calling(changeTags, { action: "delete", tags: gone })]),
      ...(come.length === 0 ? [] : [calling(changeTags, { action: "create", tags: come })]),
    ];
  },
};

const enterpriseProject: Step = {
  fields: ["enterpriseProjectId"],
  calls: ({ wanted: { enterpriseProjectId: project = "0" }, current }) => {
    if (current["enterpriseProjectId"] === project) return [];
    const send: StepCall["send"] = (api, id) => {
      const resource = { resource_type: "apig", resource_id: id, project_id: api.projectId, region_id: api.region };
      return api.call(migrateResource, { enterprise_project_id: project }, resource);
    };
    return [{ action: migrateResource.name, send }];
  },
};

type Door = { readonly protocol: string; readonly ingressPort: number };

/** Ports come and go one by one. */
const ports: Step = {
  fields: ["customIngressPorts"],
  calls: ({ wanted: { customIngressPorts: wanted = [] }, current }) => {
    const there = (current["customIngressPorts"] ?? []) as readonly Door[];
    const gone = there.filter((one) => !wanted.some(isSame(one)));
    const come = wanted.filter((one) => !there.some(isSame(one)));
    return [
      ...gone.map((door) => ({ action: deletePort.name, send: closing(door) })),
      ...come.map(({ protocol, ingressPort }) => calling(addPort, { protocol, ingress_port: ingressPort })),
    ];
  },
};

function isSame(one: Door): (other: Door) => boolean {
  return (other) => one.protocol === other.protocol && one.ingressPort === other.ingressPort;
}

/** A port is deleted by an id that only its list tells. */
function closing(door: Door): StepCall["send"] {
  return async (api, id) => {
    const found = (await portsOf(api, id)).find(isSame(door));
    if (found !== undefined) await api.call(deletePort, { instance_id: id, ingress_port_id: found.id });
  };
}

/** A gateway always stands behind one load balancer at least: the new ones come before the old ones go. */
const balancers: Step = {
  fields: ["elbIds"],
  calls: ({ wanted: { elbIds = [] }, current }) => {
    const there = (current["elbIds"] ?? []) as readonly string[];
    const come = elbIds.filter((one) => !there.includes(one));
    const gone = there.filter((one) => !elbIds.includes(one));
    return [
      ...come.map((one) => {
        const added = calling(addBalancers, { elb_details: [{ id: one, force_overwrite_enabled: true }] });
        return followed(added, (bound) => bound.includes(one));
      }),
      ...gone.map((one) => followed(calling(removeBalancers, { elb_ids: [one] }), (bound) => !bound.includes(one))),
    ];
  },
};

/** A call after which the gateway takes a while until it stands behind the load balancers that it should. */
function followed({ action, send }: StepCall, isDone: (bound: readonly string[]) => boolean): StepCall {
  const stateOf = (bound: readonly string[]) =>
    isDone(bound) ? { state: "ready" as const } : { state: "pending" as const, reason: `behind ${bound.join(", ")}` };
  const patience = { intervalMs: 10_000, timeoutMs: 600_000 };
  return {
    action,
    send: async (api, id) => {
      await send(api, id);
      await settled(api, () => balancersOf(api, id), stateOf, patience);
    },
  };
}

/** Takes the longest by far, and can be waited for when all else is done. */
const edition: Step = {
  fields: ["specId"],
  calls: ({ wanted: { specId }, current }) =>
    sameValue(current["specId"], specId) ? [] : [calling(resizeGateway, { spec_id: specId })],
};

/** Every step of an update in the order in which they are taken. */
const updateSteps: readonly Step[] = [
  basics,
  ...[egress, ingress, eip],
  ...[tags, enterpriseProject],
  ...[ports, balancers],
  edition,
];

/** The steps that an update of the named fields takes. */
export function stepsFor(changed: readonly string[]): readonly Step[] {
  return updateSteps.filter(({ fields }) => fields.some((field) => changed.includes(field)));
}

/** The steps after a creation: for what it cannot take along, as far as that is wanted. */
export function laterSteps(wanted: WantedGateway): readonly Step[] {
  return [
    ...(wanted.customIngressPorts === undefined ? [] : [ports]),
    ...(wanted.elbIds === undefined ? [] : [balancers]),
  ];
}
