import type { InputOf } from "../fields.ts";
import { lapse } from "../lapse.ts";
import { steps } from "../steps.ts";
import type { Tables } from "../store.ts";
import { TIME } from "./time.ts";

const TEXT = { type: "String" } as const;
const NEEDED = { type: "String", required: true } as const;
const ID = { type: "Long", required: true } as const;
const FLAG = { type: "Integer" } as const;

const changing = { Status: { type: "String", enum: ["creating", "running", "failed", "deleting"] } } as const;

const clusterFields = {
  /** The numeric key, which the API shows beside the instance id. */
  Id: ID,
  ClusterInstanceId: NEEDED,
  ClusterTitle: NEEDED,
  BusinessCode: NEEDED,
  ClusterEnvType: { type: "String", required: true, enum: ["TEST", "PRO"] },
  ClusterType: NEEDED,
  RegionId: NEEDED,
  VpcId: NEEDED,
  Vswitchids: { type: "List", required: true, of: TEXT },
  RegionName: TEXT,
  PodCIDR: TEXT,
  ServiceCIDR: TEXT,
  KeyPair: TEXT,
  Password: TEXT,
  CloudMonitorFlags: FLAG,
  SnatEntry: FLAG,
  PublicSlb: FLAG,
  CreateWithLogIntegration: { type: "Boolean" },
  /** Running when it is absent. */
  ...changing,
  coming: steps(changing),
} as const;

/** A cluster under the names that its creation uses. */
export type Cluster = InputOf<typeof clusterFields>;

const binding = { Status: { type: "String", enum: ["Pending", "Bound"] } } as const;

const claimFields = {
  PersistentVolumeClaimId: ID,
  EnvId: ID,
  Name: NEEDED,
  Capacity: NEEDED,
  AccessModes: NEEDED,
  StorageClass: NEEDED,
  /** The volume that the claim has got, or is about to get while it is pending. */
  VolumeName: TEXT,
  CreateTime: TIME,
  /** Bound when it is absent and a volume is named. */
  ...binding,
  coming: steps(binding),
} as const;

/** A claim of storage in an environment. */
export type Claim = InputOf<typeof claimFields>;

/** The tables of chapters 1.5, 5.1, 5.2 and 5.4 of the manual. */
export const clusterTables = {
  Cluster: { id: "Id", fields: clusterFields, lapse: (row: Cluster, time: number) => lapse(row, time) },
  ClusterNode: { id: "Id", fields: { Id: ID, ClusterInstanceId: NEEDED, InstanceId: NEEDED } },
  /** Machines beyond those that every account may add to a cluster. */
  EcsInstance: {
    id: "InstanceId",
    fields: { InstanceId: NEEDED, InstanceName: TEXT, InstanceType: TEXT, VpcId: TEXT, EcsCpu: TEXT, EcsMemory: TEXT },
  },
  NodeLabel: { id: "Id", fields: { Id: ID, ClusterId: NEEDED, LabelKey: NEEDED, LabelValue: NEEDED } },
  NodeLabelBinding: {
    id: "Id",
    fields: { Id: ID, ClusterId: NEEDED, InstanceId: NEEDED, LabelKey: NEEDED, LabelValue: NEEDED },
  },
  PersistentVolume: {
    id: "PersistentVolumeId",
    fields: {
      PersistentVolumeId: ID,
      ClusterInstanceId: NEEDED,
      Name: NEEDED,
      Capacity: NEEDED,
      AccessModes: NEEDED,
      MountTargetDomain: NEEDED,
      NFSVersion: NEEDED,
      ReclaimPolicy: { type: "String", required: true, enum: ["Retain", "Delete"] },
      StorageClass: NEEDED,
      MountDir: TEXT,
      NasType: TEXT,
      /** Available when it is absent. */
      Status: { type: "String", enum: ["Available", "Bound", "Released", "Failed"] },
      /** The claim that a bound volume belongs to. */
      ClaimId: { type: "Long" },
      Reason: TEXT,
      CreateTime: TIME,
    },
  },
  PersistentVolumeClaim: {
    id: "PersistentVolumeClaimId",
    fields: claimFields,
    lapse: (row: Claim, time: number) => lapse(row, time),
  },
} as const satisfies Tables;
