import { addonRequest, creation } from "./seed.ts";

/** A call of an operation that goes well, played against the seed of `seed.ts`. */
export type OperationRow = {
  readonly name: string;
  readonly line: string;
  readonly body?: object;
  /** The HTTP status with each wire style, where they differ `[sdk, manual]`. */
  readonly status: number | readonly [number, number];
  /** Where the body of the answer holds what, with `--wire sdk`. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** A member of the body or the query that must be there, by its path, and what its absence is answered. */
  readonly required?: readonly [string, string | RegExp];
};

const APIG = "/v2/{project}/apigw/instances";
const EPS = "/v1.0/enterprise-projects/ep-2";
const wrong = (name: string) => `400 APIC.7211: Parameter value does not match the rules, parameter name[${name}]`;
const user = { name: "cairn", password: "cairn-password", domain: { name: "cairn" } };
const auth = { identity: { methods: ["password"], password: { user } }, scope: { project: { name: "cn-north-4" } } };
const npd = { clusterID: "c1", addonTemplateName: "npd" };
const coredns = { clusterID: "c1", addonTemplateName: "coredns", version: "1.30.33" };

const addonRows: readonly OperationRow[] = [
  {
    ...{ name: "ListAddonInstances", line: "GET /api/v3/addons?cluster_id=c1", status: 200 },
    answers: { kind: "Addon", apiVersion: "v3", "items.0.metadata.uid": "a1", "items.1": undefined },
    required: ["?cluster_id", /^400 SVCSTG\.CCE-ADDONMGR\.4000002: cluster_id is missing$/],
  },
  {
    ...{ name: "CreateAddonInstance", line: "POST /api/v3/addons", body: addonRequest("install", npd) },
    ...{ status: [201, 200], answers: { "status.status": "installing", "metadata.name": "npd" } },
    required: ["spec.clusterID", /^400 SVCSTG\.CCE-ADDONMGR\.4000002: spec\.clusterID is missing$/],
  },
  {
    ...{ name: "ShowAddonInstance", line: "GET /api/v3/addons/a1?cluster_id=c1", status: 200 },
    answers: { "spec.version": "1.28.7", "status.isRollbackable": true, "status.previousVersion": "1.25.14" },
  },
  {
    ...{ name: "UpdateAddonInstance", line: "PUT /api/v3/addons/a1", body: addonRequest("upgrade", coredns) },
    ...{ status: 200, answers: { "status.status": "upgrading", "status.Reason": "addon upgrading" } },
    required: ["spec.version", /^400 SVCSTG\.CCE-ADDONMGR\.4000002: spec\.version is missing$/],
  },
  { name: "DeleteAddonInstance", line: "DELETE /api/v3/addons/a1?cluster_id=c1", status: 200 },
  {
    ...{ name: "ListAddonTemplates", line: "GET /api/v3/addontemplates?addon_template_name=gpu-beta", status: 200 },
    answers: {
      "items.0.metadata.uid": "gpu-beta",
      "items.0.spec.versions.0.supportVersions.0.clusterType": "VirtualMachine",
    },
  },
  {
    ...{ name: "RollbackAddonInstance", line: "POST /api/v3/addons/a1/operation/rollback", body: { clusterID: "c1" } },
    ...{
      status: 200,
      answers: { "status.status": "rollbacking", "spec.version": "1.25.14", "spec.values.custom.old": 1 },
    },
    required: ["clusterID", /clusterID is missing/],
  },
];

const gatewayRows: readonly OperationRow[] = [
  {
    ...{ name: "CreateInstanceV2", line: `POST ${APIG}`, body: creation("new-1"), status: 202 },
    ...{ answers: { "instance_id.length": 32, "job_id.length": 36 }, required: ["vpc_id", wrong("vpcId")] },
  },
  {
    ...{ name: "ListInstancesV2", line: `GET ${APIG}?limit=1&offset=1`, status: 200 },
    answers: {
      total: 4,
      size: 1,
      "instances.0.id": "open",
      "instances.0.spec": "BASIC",
      "instances.0.vpc_id": undefined,
    },
  },
  {
    ...{ name: "ShowDetailsOfInstanceV2", line: `GET ${APIG}/open`, status: 200 },
    answers: { id: "open", instance_status: 6, vpc_id: "vpc", "publicips.0.bandwidth_size": 5, spec: "BASIC" },
  },
  {
    ...{ name: "ShowDetailsOfInstanceProgressV2", line: `GET ${APIG}/plain/progress`, status: 200 },
    answers: { progress: 100, status: "success", error_code: null },
  },
  {
    ...{ name: "UpdateInstanceV2", line: `PUT ${APIG}/plain`, body: { description: "d" }, status: 200 },
    answers: { description: "d", status: "Updating" },
  },
  { name: "DeleteInstancesV2", line: `DELETE ${APIG}/plain`, status: 204 },
  {
    ...{
      name: "CreatePostPayResizeOrder",
      line: `POST ${APIG}/plain/postpaid-resize`,
      body: { spec_id: "ENTERPRISE" },
    },
    ...{ status: 202, answers: { instance_id: "plain" }, required: ["spec_id", wrong("specId")] },
  },
  {
    name: "ListAvailableZonesV2",
    line: "GET /v2/{project}/apigw/available-zones",
    status: 200,
    answers: { "available_zones.0.code": "cn-north-4a", "available_zones.0.specs.BASIC": true },
  },
];

const publicRows: readonly OperationRow[] = [
  {
    ...{ name: "AddEipV2", line: `PUT ${APIG}/lvs/eip`, body: { eip_id: "eip-2" }, status: 200 },
    ...{ answers: { eip_id: "eip-2", eip_status: "ACTIVE", eip_ip: undefined }, required: ["eip_id", wrong("eipId")] },
  },
  { name: "RemoveEipV2", line: `DELETE ${APIG}/lvs/eip`, status: [200, 204] },
  {
    ...{ name: "AddIngressEipV2", line: `POST ${APIG}/plain/ingress-eip`, body: { bandwidth_size: 5 }, status: 202 },
    ...{ answers: { instance_id: "plain" }, required: ["bandwidth_size", wrong("bandwidthSize")] },
  },
  {
    ...{ name: "UpdateIngressEipV2", line: `PUT ${APIG}/open/ingress-eip`, body: { bandwidth_size: 9 }, status: 202 },
    ...{ answers: { instance_id: "open" }, required: ["bandwidth_size", wrong("bandwidthSize")] },
  },
  { name: "RemoveIngressEipV2", line: `DELETE ${APIG}/open/ingress-eip`, status: 204 },
  {
    ...{
      name: "AddEngressEipV2",
      line: `POST ${APIG}/plain/nat-eip`,
      body: { bandwidth_size: "5" },
      status: [200, 201],
    },
    required: ["bandwidth_size", wrong("bandwidthSize")],
  },
  {
    ...{ name: "UpdateEngressEipV2", line: `PUT ${APIG}/open/nat-eip`, body: { bandwidth_size: 6 }, status: 200 },
    required: ["bandwidth_size", wrong("bandwidthSize")],
  },
  { name: "RemoveEngressEipV2", line: `DELETE ${APIG}/open/nat-eip`, status: 204 },
];

const sideRows: readonly OperationRow[] = [
  {
    ...{ name: "ListInstanceTags", line: `GET ${APIG}/open/instance-tags`, status: 200 },
    answers: { "tags.0.key": "team", "tags.0.value": "web", resource_id: "open", resouce_detail: null },
  },
  {
    ...{ name: "BatchCreateOrDeleteInstanceTags", line: `POST ${APIG}/plain/instance-tags/action`, status: 204 },
    ...{ body: { action: "create", tags: [{ key: "a" }] }, required: ["action", wrong("action")] },
  },
  {
    ...{ name: "CreateFeatureV2", line: `POST ${APIG}/plain/features`, body: { name: "route", enable: true } },
    ...{ status: [201, 200], answers: { name: "route", enable: true, instance_id: "plain" } },
    required: ["enable", "400 APIG.2012: Invalid parameter value,parameterName:enable"],
  },
  {
    ...{ name: "ListFeaturesV2", line: `GET ${APIG}/open/features`, status: 200 },
    answers: { total: 1, "features.0.name": "ratelimit", "features.0.update_time": "1970-01-01T00:00:00.000000Z" },
  },
  {
    ...{ name: "ListInstanceFeatures", line: `GET ${APIG}/open/instance-features?limit=2`, status: 200 },
    answers: { size: 2, total: 5, "features.0": "app_token" },
  },
  {
    ...{ name: "AddCustomIngressPort", line: `POST ${APIG}/plain/custom-ingress-ports`, status: 201 },
    ...{ body: { protocol: "HTTPS", ingress_port: 8443 }, answers: { ingress_port: 8443, status: "normal" } },
    required: ["ingress_port", wrong("ingressPort")],
  },
  {
    ...{ name: "ListCustomIngressPorts", line: `GET ${APIG}/open/custom-ingress-ports?limit=500`, status: 200 },
    answers: { total: 1, "ingress_port_infos.0.ingress_port_id": "p1" },
  },
  { name: "DeleteCustomIngressPort", line: `DELETE ${APIG}/open/custom-ingress-ports/p1`, status: 204 },
  {
    ...{ name: "ListExtraElbs", line: `GET ${APIG}/nlb/extra-elbs`, status: 200 },
    answers: { "elbs.0.elb_id": "elb-1", "elbs.1": undefined },
  },
  {
    ...{ name: "BatchCreateExtraElbs", line: `POST ${APIG}/nlb/extra-elbs`, status: 202 },
    ...{ body: { elb_details: [{ id: "elb-2", force_overwrite_enabled: true }] } },
    required: ["elb_details", wrong("elbDetails")],
  },
  {
    ...{
      name: "BatchDeleteExtraElbs",
      line: `DELETE ${APIG}/nlb/extra-elbs`,
      body: { elb_ids: ["elb-1"] },
      status: 202,
    },
    required: ["elb_ids", wrong("elbIds")],
  },
];

const globalRows: readonly OperationRow[] = [
  {
    ...{ name: "IamCreateToken", line: "POST /v3/auth/tokens", body: { auth }, status: 201 },
    ...{ answers: { "token.project.name": "cn-north-4" }, required: ["auth.identity", /auth\.identity is missing/] },
  },
  {
    ...{ name: "IamListProjects", line: "GET /v3/projects?name=cn-north-4", status: 200 },
    answers: { "projects.0.name": "cn-north-4" },
  },
  {
    ...{ name: "EpsMigrateResource", line: `POST ${EPS}/resources-migrate`, status: 204 },
    ...{
      body: { resource_type: "apig", resource_id: "plain" },
      required: ["resource_id", /EPS\.0004: resource_id is/],
    },
  },
  {
    ...{ name: "EpsFilterResources", line: "POST /v1.0/enterprise-projects/0/resources/filter", status: 200 },
    ...{ body: { resource_types: ["apig"] }, answers: { total_count: 4, "resources.0.resource_id": "plain" } },
    required: ["resource_types", /resource_types is missing/],
  },
];

/** One row for every operation that is served. */
export const operationRows: readonly OperationRow[] = [
  ...addonRows,
  ...gatewayRows,
  ...publicRows,
  ...sideRows,
  ...globalRows,
];
