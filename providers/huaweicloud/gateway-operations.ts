import { defineOperation } from "./operation.ts";

const project = "/v2/{project_id}/apigw/instances";
const one = `${project}/{instance_id}` as const;

const reading = { service: "apig", method: "GET", mutating: false, answers: true } as const;
/** What a change answers is not needed, and differs from one document to the next. */
const changing = { service: "apig", mutating: true, answers: false } as const;

export const listGateways = defineOperation({
  ...reading,
  name: "ListInstancesV2",
  path: project,
  query: ["offset", "limit"],
});

export const showGateway = defineOperation({ ...reading, name: "ShowDetailsOfInstanceV2", path: one });

/** Tells how far a creation is, and alone why one has failed. */
export const showProgress = defineOperation({
  ...reading,
  name: "ShowDetailsOfInstanceProgressV2",
  path: `${one}/progress`,
});

export const createGateway = defineOperation({
  ...changing,
  name: "CreateInstanceV2",
  method: "POST",
  path: project,
  answers: true,
});

export const updateGateway = defineOperation({ ...changing, name: "UpdateInstanceV2", method: "PUT", path: one });

export const deleteGateway = defineOperation({ ...changing, name: "DeleteInstancesV2", method: "DELETE", path: one });

export const resizeGateway = defineOperation({
  ...changing,
  name: "CreatePostPayResizeOrder",
  method: "POST",
  path: `${one}/postpaid-resize`,
});

const eip = `${one}/eip` as const;
export const addEip = defineOperation({ ...changing, name: "AddEipV2", method: "PUT", path: eip });
export const removeEip = defineOperation({ ...changing, name: "RemoveEipV2", method: "DELETE", path: eip });

const ingress = `${one}/ingress-eip` as const;
export const addIngress = defineOperation({ ...changing, name: "AddIngressEipV2", method: "POST", path: ingress });
export const updateIngress = defineOperation({ ...changing, name: "UpdateIngressEipV2", method: "PUT", path: ingress });
export const removeIngress = defineOperation({
  ...changing,
  name: "RemoveIngressEipV2",
  method: "DELETE",
  path: ingress,
});

const egress = `${one}/nat-eip` as const;
export const addEgress = defineOperation({ ...changing, name: "AddEngressEipV2", method: "POST", path: egress });
export const updateEgress = defineOperation({ ...changing, name: "UpdateEngressEipV2", method: "PUT", path: egress });
export const removeEgress = defineOperation({
  ...changing,
  name: "RemoveEngressEipV2",
  method: "DELETE",
  path: egress,
});

const tags = `${one}/instance-tags` as const;
export const listTags = defineOperation({ ...reading, name: "ListInstanceTags", path: tags });
export const changeTags = defineOperation({
  ...changing,
  name: "BatchCreateOrDeleteInstanceTags",
  method: "POST",
  path: `${tags}/action`,
});

const ports = `${one}/custom-ingress-ports` as const;
export const listPorts = defineOperation({
  ...reading,
  name: "ListCustomIngressPorts",
  path: ports,
  query: ["offset", "limit"],
});
export const addPort = defineOperation({ ...changing, name: "AddCustomIngressPort", method: "POST", path: ports });
export const deletePort = defineOperation({
  ...changing,
  name: "DeleteCustomIngressPort",
  method: "DELETE",
  path: `${ports}/{ingress_port_id}`,
});

const balancers = `${one}/extra-elbs` as const;
export const listBalancers = defineOperation({ ...reading, name: "ListExtraElbs", path: balancers });
export const addBalancers = defineOperation({
  ...changing,
  name: "BatchCreateExtraElbs",
  method: "POST",
  path: balancers,
});
export const removeBalancers = defineOperation({
  ...changing,
  name: "BatchDeleteExtraElbs",
  method: "DELETE",
  path: balancers,
});

/** Of another service: a gateway is moved to an enterprise project like any resource. */
export const migrateResource = defineOperation({
  name: "MigrateResource",
  service: "eps",
  method: "POST",
  path: "/v1.0/enterprise-projects/{enterprise_project_id}/resources-migrate",
  mutating: true,
  answers: false,
});
