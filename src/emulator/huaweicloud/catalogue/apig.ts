import type { OperationSpec } from "../operation.ts";
import { apicVoice, apigVoice } from "../voice.ts";
import { rows } from "./rows.ts";

const TEXT = { type: "String" } as const;
const COUNT = { type: "Integer" } as const;
const ID = { type: "String", required: true } as const;
const HOUR = { type: "String", pattern: "^([01]\\d|2[0-3]):00:00$" } as const;
const CHARGING = { type: "String", enum: ["bandwidth", "traffic"] } as const;
const PAGES = { offset: COUNT, limit: COUNT } as const;
const NAME = "^[A-Za-z][A-Za-z0-9_-]{2,63}$";

const TAGS = {
  type: "List",
  of: {
    type: "Struct",
    fields: {
      key: { type: "String", required: true, pattern: "^(?!_sys_)[A-Za-z0-9 _.:=+\\-@\\u0080-\\uffff]{1,128}$" },
      value: { type: "String", pattern: "^[A-Za-z0-9 _.:/=+\\-@\\u0080-\\uffff]{0,255}$" },
    },
  },
} as const;

const apic = rows({ service: "apig", voice: apicVoice });
const older = rows({ service: "apig", voice: apigVoice });
const CHANGES = { mutating: true } as const;
const WORKS = { mutating: true, startsWork: true } as const;
const LISTS = { list: true } as const;
const ALL = "/v2/{project_id}/apigw/instances";
const ONE = "/v2/{project_id}/apigw/instances/{instance_id}";

const CHANGEABLE = {
  description: { type: "String", pattern: "^[^<>]{0,255}$" },
  maintain_begin: HOUR,
  maintain_end: HOUR,
  vpcep_service_name: { type: "String", pattern: "^[A-Za-z0-9_-]{1,16}$" },
} as const;

/** Egress; 0 of a creation means none. The least of 5 that newer pages state is not enforced, since older examples have 3. */
const EGRESS = { type: "Integer", min: 0, max: 2000 } as const;
const INGRESS = { type: "Integer", min: 5, max: 2000 } as const;

const BANDWIDTH = { bandwidth_size: { ...INGRESS, required: true }, bandwidth_charging_mode: CHARGING } as const;
const OUTBOUND = { bandwidth_size: { ...EGRESS, min: 1, required: true }, bandwidth_charging_mode: CHARGING } as const;

const CREATION = {
  instance_name: { type: "String", required: true, pattern: NAME },
  spec_id: ID,
  vpc_id: ID,
  subnet_id: ID,
  security_group_id: ID,
  instance_id: { type: "String", pattern: "^[A-Za-z0-9-]{1,64}$" },
  ...CHANGEABLE,
  eip_id: TEXT,
  enterprise_project_id: TEXT,
  available_zone_ids: { type: "List", of: TEXT },
  bandwidth_size: EGRESS,
  bandwidth_charging_mode: CHARGING,
  ipv6_enable: { type: "Boolean" },
  loadbalancer_provider: { type: "String", enum: ["lvs", "elb"] },
  tags: TAGS,
  ingress_bandwidth_size: INGRESS,
  ingress_bandwidth_charging_mode: CHARGING,
  elb_id: TEXT,
} as const;

const TAG_CHANGE = {
  action: { type: "String", required: true, enum: ["create", "delete"] },
  tags: { ...TAGS, required: true },
} as const;

const FEATURE = {
  name: { type: "String", required: true, pattern: "^.{1,64}$" },
  enable: { type: "Boolean", required: true },
  config: TEXT,
} as const;

const PROTOCOL = { type: "String", enum: ["HTTP", "HTTPS"] } as const;
const PORT = {
  protocol: { ...PROTOCOL, required: true },
  ingress_port: { type: "Integer", required: true, min: 1024, max: 49_151 },
} as const;

/** Dedicated gateways. Load balancers of a gateway (extra-elbs) are known from clients only. */
export const apigCatalogue = {
  CreateInstanceV2: apic("POST", ALL, { ...WORKS, body: CREATION }),
  ListInstancesV2: apic("GET", ALL, {
    ...LISTS,
    query: { ...PAGES, instance_id: TEXT, instance_name: TEXT, status: TEXT },
  }),
  ShowDetailsOfInstanceV2: apic("GET", ONE),
  ShowDetailsOfInstanceProgressV2: apic("GET", `${ONE}/progress`),
  UpdateInstanceV2: apic("PUT", ONE, {
    ...WORKS,
    body: { instance_name: { type: "String", pattern: NAME }, ...CHANGEABLE, security_group_id: TEXT },
  }),
  DeleteInstancesV2: apic("DELETE", ONE, WORKS),
  AddEipV2: apic("PUT", `${ONE}/eip`, { ...CHANGES, body: { eip_id: ID } }),
  RemoveEipV2: apic("DELETE", `${ONE}/eip`, CHANGES),
  AddIngressEipV2: apic("POST", `${ONE}/ingress-eip`, { ...CHANGES, body: BANDWIDTH }),
  UpdateIngressEipV2: apic("PUT", `${ONE}/ingress-eip`, { ...CHANGES, body: BANDWIDTH }),
  RemoveIngressEipV2: apic("DELETE", `${ONE}/ingress-eip`, CHANGES),
  AddEngressEipV2: apic("POST", `${ONE}/nat-eip`, { ...CHANGES, body: OUTBOUND }),
  UpdateEngressEipV2: apic("PUT", `${ONE}/nat-eip`, { ...CHANGES, body: OUTBOUND }),
  RemoveEngressEipV2: apic("DELETE", `${ONE}/nat-eip`, CHANGES),
  CreatePostPayResizeOrder: apic("POST", `${ONE}/postpaid-resize`, { ...WORKS, body: { spec_id: ID } }),
  ListInstanceTags: older("GET", `${ONE}/instance-tags`, LISTS),
  BatchCreateOrDeleteInstanceTags: apic("POST", `${ONE}/instance-tags/action`, { ...CHANGES, body: TAG_CHANGE }),
  CreateFeatureV2: older("POST", `${ONE}/features`, { ...CHANGES, body: FEATURE }),
  ListFeaturesV2: older("GET", `${ONE}/features`, { ...LISTS, query: PAGES }),
  ListInstanceFeatures: apic("GET", `${ONE}/instance-features`, { ...LISTS, query: PAGES }),
  AddCustomIngressPort: apic("POST", `${ONE}/custom-ingress-ports`, { ...CHANGES, body: PORT }),
  ListCustomIngressPorts: apic("GET", `${ONE}/custom-ingress-ports`, {
    ...LISTS,
    query: { ...PAGES, protocol: PROTOCOL, ingress_port: COUNT },
  }),
  DeleteCustomIngressPort: apic("DELETE", `${ONE}/custom-ingress-ports/{ingress_port_id}`, CHANGES),
  ListExtraElbs: apic("GET", `${ONE}/extra-elbs`, LISTS),
  BatchCreateExtraElbs: apic("POST", `${ONE}/extra-elbs`, {
    ...CHANGES,
    body: { elb_details: { type: "List", required: true, of: { type: "Struct", fields: { id: ID } } } },
  }),
  BatchDeleteExtraElbs: apic("DELETE", `${ONE}/extra-elbs`, {
    ...CHANGES,
    body: { elb_ids: { type: "List", required: true, of: TEXT } },
  }),
  ListAvailableZonesV2: apic("GET", "/v2/{project_id}/apigw/available-zones", LISTS),
} as const satisfies Record<string, OperationSpec>;
