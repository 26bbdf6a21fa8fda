import { gatewayRows } from "./gateway-rows.ts";
import { addonRequest } from "./seed.ts";

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

const EPS = "/v1.0/enterprise-projects/ep-2";
const user = { name: "cairn", password: "cairn-password", domain: { name: "cairn" } };
const auth = { identity: { methods: ["password"], password: { user } }, scope: { project: { name: "cn-north-4" } } };
const agency = { methods: ["assume_role"], assume_role: { agency_name: "ops", domain_name: "other" } };
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
    ...{ name: "IamCreateTemporaryKey", line: "POST /v3.0/OS-CREDENTIAL/securitytokens", status: 201 },
    ...{ body: { auth: { identity: agency } }, required: ["auth.identity.methods", /identity\.methods is missing/] },
  },
  { name: "EcsShowSecurityKey", line: "GET /openstack/latest/securitykey", status: 200 },
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
export const operationRows: readonly OperationRow[] = [...addonRows, ...gatewayRows, ...globalRows];
