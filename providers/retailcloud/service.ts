import { z } from "zod";
import { recordOf, rowsOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Live } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable, subset, unordered } from "../../src/core/traits.ts";
import { type Fields, sameValue } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { flagOf, idOf, keyOf, parentOf, shown, textOf } from "./decode.ts";
import { described, port, text } from "./fields.ts";
import { defineResource } from "./resource.ts";

const answers = [
  ...names("ServiceId EnvId Name K8sServiceId ServiceType Headless PortMappings"),
  ...names("Protocol Port TargetPort NodePort"),
];

const createService = defineAction({
  name: "CreateService",
  method: "POST",
  mutating: true,
  query: names("EnvId Headless K8sServiceId Name ServiceType"),
  body: names("PortMappings"),
  answers: names("ServiceId"),
});

const modifyService = defineAction({
  name: "ModifyService",
  method: "POST",
  mutating: true,
  query: names("Name ServiceId"),
  body: names("PortMappings"),
});

const listServices = defineAction({
  name: "ListServices",
  method: "POST",
  mutating: false,
  query: names("AppId EnvId Name PageNumber PageSize ServiceType"),
  answers,
});

const describeService = defineAction({
  name: "DescribeServiceDetail",
  method: "POST",
  mutating: false,
  query: names("ServiceId"),
  answers,
});

const deleteService = defineAction({
  name: "DeleteService",
  method: "POST",
  mutating: true,
  query: names("ServiceId"),
});

const portMapping = z.strictObject({
  name: described(text(), "unique in the service"),
  protocol: z.enum(["TCP", "UDP"]),
  port: port(),
  targetPort: described(
    z.union([z.int().min(1).max(65_535), text()], { error: "must be a port, or the name of one" }).transform(String),
    "the container's port",
  ),
  nodePort: described(port().optional(), "the port of the nodes; the cluster chooses one where it is left out"),
});

const spec = z.strictObject({
  environment: immutable(reference("Environment")),
  name: described(text(), "what it is called in lists; the last segment of metadata.name where it is left out"),
  serviceType: immutable(z.enum(["ClusterIP", "NodePort"])),
  k8sServiceId: described(immutable(text()), "the name of the service in the cluster"),
  headless: described(immutable(z.boolean().default(false)), "without an address of its own; for ClusterIP alone"),
  portMappings: subset(unordered(z.array(portMapping).min(1), ["name"])),
});

type Wanted = z.output<typeof spec>;
type Mapping = Wanted["portMappings"][number];

/** A Kubernetes service in front of an environment. Environment and name in the cluster are its natural key. */
export const service = defineResource({
  kind: "Service",
  description: "a Kubernetes service in front of the instances of an environment",
  spec,
  naming: "name",
  scope: ["environment.app"],
  identity: ({ environment, k8sServiceId }) => `${keyOf(environment)}/${k8sServiceId}`,
  // An environment has no cluster before it is allocated to one.
  after: [{ kind: "AppResourceAlloc", when: (mine, theirs) => sameValue(mine["environment"], theirs["environment"]) }],
  constraints,
  calls: {
    list: listServices,
    read: describeService,
    create: createService,
    update: [modifyService],
    remove: deleteService,
  },
  list: async (api, scope) => {
    const rows = await api.pages(
      listServices,
      { AppId: parentOf(scope, "environment.app") },
      { id: (row) => idOf(row, "ServiceId") },
    );
    return rows.map(toLive);
  },
  read: async (api, { id }) => {
    const found = await api.find(describeService, { ServiceId: id });
    return found === undefined ? undefined : toLive(found);
  },
  create: async (api, { spec: wanted }) => {
    const answer = await api.call(createService, {
      EnvId: wanted.environment,
      Name: wanted.name,
      ServiceType: wanted.serviceType,
      K8sServiceId: wanted.k8sServiceId,
      Headless: wanted.headless ? true : undefined,
      PortMappings: wanted.portMappings.map((mapping) => toMapping(mapping)),
    });
    return { id: idOf(recordOf(answer, "Result"), "ServiceId") };
  },
  update: async (api, { id, spec: wanted, before, changed }) => {
    const running = rowsOf(before, "portMappings");
    const mappings = wanted.portMappings.map((mapping) =>
      toMapping(
        mapping,
        running.find(({ name }) => name === mapping.name),
      ),
    );
    await api.call(modifyService, {
      ServiceId: id,
      ...(changed.includes("name") ? { Name: wanted.name } : {}),
      ...(changed.includes("portMappings") ? { PortMappings: mappings } : {}),
    });
  },
  remove: async (api, { id }) => {
    await api.call(deleteService, { ServiceId: id });
  },
});

function constraints({ serviceType, headless, portMappings }: Wanted) {
  const twin = portMappings.find(({ name }, index) => portMappings.findIndex((one) => one.name === name) !== index);
  const fixed = portMappings.find(({ nodePort }) => nodePort !== undefined);
  const rules = [
    [headless && serviceType !== "ClusterIP", "headless", "is for serviceType ClusterIP; take it out"],
    [
      fixed !== undefined && serviceType !== "NodePort",
      "portMappings",
      `nodePort of "${fixed?.name}" is for serviceType NodePort; take it out`,
    ],
    [twin !== undefined, "portMappings", `two mappings are named "${twin?.name}"; rename one`],
  ] as const;
  return rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ field, message }));
}

/** A mapping as the API takes it. One that leaves the node port open keeps the port that it has. */
function toMapping({ name, protocol, port: own, targetPort, nodePort }: Mapping, running: Fields = {}) {
  const kept = nodePort ?? wholeOf(running, "nodePort");
  return { Name: name, Protocol: protocol, Port: own, TargetPort: targetPort, NodePort: kept };
}

function toLive(row: Fields): Live {
  const mappings = rowsOf(row, "PortMappings").map(toLiveMapping);
  return {
    id: idOf(row, "ServiceId"),
    spec: shown({
      environment: textOf(row, "EnvId"),
      name: textOf(row, "Name"),
      serviceType: textOf(row, "ServiceType"),
      k8sServiceId: textOf(row, "K8sServiceId"),
      headless: flagOf(row, "Headless") ?? false,
      portMappings: mappings,
    }),
  };
}

function toLiveMapping(mapping: Fields): Fields {
  return shown({
    name: textOf(mapping, "Name"),
    protocol: textOf(mapping, "Protocol"),
    port: wholeOf(mapping, "Port"),
    targetPort: textOf(mapping, "TargetPort"),
    nodePort: wholeOf(mapping, "NodePort"),
  });
}
