import type { InputOf } from "../fields.ts";
import { lapse } from "../lapse.ts";
import { steps } from "../steps.ts";
import type { Tables } from "../store.ts";

const TEXT = { type: "String" } as const;
const TEXTS = { type: "List", of: TEXT } as const;
const COUNT = { type: "Integer" } as const;

const addonFields = {
  uid: { type: "String", required: true },
  clusterID: { type: "String", required: true },
  addonTemplateName: { type: "String", required: true },
  version: { type: "String", required: true },
  values: { type: "Object" },
  status: TEXT,
  Reason: TEXT,
  message: TEXT,
  creationTimestamp: TEXT,
  updateTimestamp: TEXT,
  /** What a rollback goes back to. */
  previousVersion: TEXT,
  previousValues: { type: "Object" },
  coming: steps({ status: TEXT, Reason: TEXT, message: TEXT, updateTimestamp: TEXT }),
} as const;

const progressFields = {
  progress: { type: "Integer", required: true },
  status: { type: "String", required: true, enum: ["creating", "success", "failed"] },
  error_code: TEXT,
  error_msg: TEXT,
  start_time: { type: "Integer", required: true },
  end_time: { type: "Integer", required: true },
} as const;

const port = {
  ingress_port_id: { type: "String", required: true },
  protocol: { type: "String", required: true },
  ingress_port: { type: "Integer", required: true },
} as const;

const feature = {
  id: { type: "String", required: true },
  name: { type: "String", required: true },
  enable: { type: "Boolean", required: true },
  config: TEXT,
  update_time: { type: "Integer", required: true },
} as const;

const changing = {
  status: TEXT,
  spec_id: TEXT,
  ingress_ip: TEXT,
  ingress_address: TEXT,
  ingress_bandwidth_size: COUNT,
  ingress_bandwidth_charging_mode: TEXT,
  elb_ids: TEXTS,
  enterprise_project_id: TEXT,
  progress: { type: "Struct", fields: progressFields },
} as const;

const gatewayFields = {
  instance_id: { type: "String", required: true },
  instance_name: { type: "String", required: true },
  vpc_id: { type: "String", required: true },
  subnet_id: { type: "String", required: true },
  security_group_id: { type: "String", required: true },
  ...changing,
  spec_id: { type: "String", required: true },
  available_zone_ids: TEXTS,
  description: TEXT,
  maintain_begin: TEXT,
  maintain_end: TEXT,
  bandwidth_size: COUNT,
  bandwidth_charging_mode: TEXT,
  eip_id: TEXT,
  ipv6_enable: { type: "Boolean" },
  loadbalancer_provider: { type: "String", enum: ["lvs", "elb"] },
  vpcep_service_name: TEXT,
  tags: {
    type: "List",
    of: { type: "Struct", fields: { key: { type: "String", required: true }, value: TEXT } },
  },
  custom_ingress_ports: { type: "List", of: { type: "Struct", fields: port } },
  features: { type: "List", of: { type: "Struct", fields: feature } },
  create_time: COUNT,
  charging_mode: { type: "Integer", enum: [0, 1] },
  cbc_metadata: TEXT,
  cbc_operation_locks: {
    type: "List",
    of: { type: "Struct", fields: { lock_scene: { type: "String", required: true }, lock_source_id: TEXT } },
  },
  coming: steps(changing),
} as const;

/** An add-on of a cluster; what is optional is filled in when it is shown. */
export type Addon = InputOf<typeof addonFields>;

/** A dedicated gateway under the names that its creation uses. */
export type Gateway = InputOf<typeof gatewayFields>;

/** How far a gateway's creation has come. */
export type Progress = InputOf<typeof progressFields>;

/**
 * What Huawei Cloud holds for one account. A seed is written in these names, and the state route prints them. Times are on the
 * emulator's clock.
 */
export const huaweicloudTables = {
  AddonInstance: { id: "uid", fields: addonFields, lapse: (row: Addon, time: number) => lapse(row, time) },
  ApigInstance: { id: "instance_id", fields: gatewayFields, lapse: (row: Gateway, time: number) => lapse(row, time) },
} as const satisfies Tables;
