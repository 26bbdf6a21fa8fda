import type { OperationRow } from "./operation-row.ts";

type Change = Pick<OperationRow, "name" | "method"> & { readonly below?: string; readonly body?: string };
type Look = { readonly name: string; readonly below?: string; readonly query?: string };

const all = "/v2/{project_id}/apigw/instances";
const one = `${all}/{instance_id}`;
const pages = "offset:int limit:int";
const inbound = "bandwidth_size:int bandwidth_charging_mode";
/** Here the size is a text, unlike everywhere else. */
const outbound = "bandwidth_size* bandwidth_charging_mode";

function reads({ below = "", ...look }: Look): OperationRow {
  return { ...look, service: "apig", method: "GET", path: `${one}${below}`, mutating: false };
}

function changes({ below = "", ...change }: Change): OperationRow {
  return { ...change, service: "apig", path: `${one}${below}`, mutating: true };
}

/** Dedicated API gateways with their addresses, tags, features, ports and balancers. */
export const gatewayOperations: readonly OperationRow[] = [
  {
    ...changes({ name: "CreateInstanceV2", method: "POST" }),
    path: all,
    body: [
      "instance_name* spec_id* vpc_id* subnet_id* security_group_id* instance_id description maintain_begin",
      "maintain_end eip_id enterprise_project_id available_zone_ids.N bandwidth_size:int ipv6_enable:flag",
      "bandwidth_charging_mode loadbalancer_provider tags.N:free vpcep_service_name ingress_bandwidth_size:int",
      "ingress_bandwidth_charging_mode elb_id",
    ].join(" "),
  },
  {
    ...reads({ name: "ListInstancesV2", query: `${pages} instance_id instance_name status` }),
    path: all,
  },
  reads({ name: "ShowDetailsOfInstanceV2" }),
  reads({ name: "ShowDetailsOfInstanceProgressV2", below: "/progress" }),
  changes({
    name: "UpdateInstanceV2",
    method: "PUT",
    body: "instance_name description maintain_begin maintain_end security_group_id vpcep_service_name",
  }),
  changes({ name: "DeleteInstancesV2", method: "DELETE" }),
  changes({ name: "AddEipV2", method: "PUT", below: "/eip", body: "eip_id*" }),
  changes({ name: "RemoveEipV2", method: "DELETE", below: "/eip" }),
  changes({ name: "AddIngressEipV2", method: "POST", below: "/ingress-eip", body: inbound }),
  changes({ name: "UpdateIngressEipV2", method: "PUT", below: "/ingress-eip", body: inbound }),
  changes({ name: "RemoveIngressEipV2", method: "DELETE", below: "/ingress-eip" }),
  changes({ name: "AddEngressEipV2", method: "POST", below: "/nat-eip", body: outbound }),
  changes({ name: "UpdateEngressEipV2", method: "PUT", below: "/nat-eip", body: outbound }),
  changes({ name: "RemoveEngressEipV2", method: "DELETE", below: "/nat-eip" }),
  changes({ name: "CreatePostPayResizeOrder", method: "POST", below: "/postpaid-resize", body: "spec_id*" }),
  reads({ name: "ListInstanceTags", below: "/instance-tags" }),
  changes({
    name: "BatchCreateOrDeleteInstanceTags",
    method: "POST",
    below: "/instance-tags/action",
    body: "action* tags.N:free*",
  }),
  changes({ name: "CreateFeatureV2", method: "POST", below: "/features", body: "name* enable:flag* config" }),
  reads({ name: "ListFeaturesV2", below: "/features", query: pages }),
  reads({ name: "ListInstanceFeatures", below: "/instance-features", query: pages }),
  changes({
    name: "AddCustomIngressPort",
    method: "POST",
    below: "/custom-ingress-ports",
    body: "protocol* ingress_port:int*",
  }),
  reads({
    name: "ListCustomIngressPorts",
    below: "/custom-ingress-ports",
    query: `${pages} protocol ingress_port:int`,
  }),
  changes({ name: "DeleteCustomIngressPort", method: "DELETE", below: "/custom-ingress-ports/{ingress_port_id}" }),
  reads({ name: "ListExtraElbs", below: "/extra-elbs" }),
  changes({ name: "BatchCreateExtraElbs", method: "POST", below: "/extra-elbs", body: "elb_details.N:free*" }),
  changes({ name: "BatchDeleteExtraElbs", method: "DELETE", below: "/extra-elbs", body: "elb_ids.N*" }),
  { ...reads({ name: "ListAvailableZonesV2" }), path: "/v2/{project_id}/apigw/available-zones" },
];
