import type { OperationRow } from "./operation-rows.ts";
import { creation } from "./seed.ts";

const APIG = "/v2/{project}/apigw/instances";
const wrong = (name: string) => `400 APIC.7211: Parameter value does not match the rules, parameter name[${name}]`;

const wholeRows: readonly OperationRow[] = [
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

/** The operations on dedicated gateways. */
export const gatewayRows: readonly OperationRow[] = [...wholeRows, ...publicRows, ...sideRows];
