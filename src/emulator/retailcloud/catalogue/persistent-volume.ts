import type { ActionSpec } from "../action.ts";
import { ACCESS_MODES, CAPACITY, STORAGE_CLASS } from "./storage.ts";

const CLUSTER = { ClusterInstanceId: { type: "String", required: true } } as const;

/** The manual's samples leave out the default folder, and the claim even where the volume is bound. */
const AS_SAMPLED = {
  pageSizeIsRows: true,
  omit: ["PvcName"],
  turn: { MountDir: (folder: unknown) => (folder === "/" ? undefined : folder) },
} as const;

/** Chapter 5.1 of the manual. NasType is known from the SDK only. */
export const persistentVolumeCatalogue = {
  CreatePersistentVolume: {
    mutating: true,
    startsWork: true,
    errorField: "ErrMsg",
    parameters: {
      AccessModes: ACCESS_MODES,
      Capacity: CAPACITY,
      ...CLUSTER,
      MountTargetDomain: { type: "String", required: true },
      Name: { type: "String", required: true, pattern: "^[a-z][a-z0-9.-]*$" },
      NFSVersion: { type: "String", required: true, enum: ["3", "4.0"] },
      ReclaimPolicy: { type: "String", required: true, enum: ["Retain", "Delete"] },
      StorageClass: STORAGE_CLASS,
      MountDir: { type: "String" },
      NasType: { type: "String" },
    },
  },
  ListPersistentVolume: {
    errorField: "ErrMsg",
    list: { paged: true },
    manual: AS_SAMPLED,
    // A page size over 100 is reduced to it, as everywhere.
    parameters: {
      ...CLUSTER,
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
    },
  },
  DeletePersistentVolume: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: { ...CLUSTER, PersistentVolumeName: { type: "String", required: true } },
  },
} as const satisfies Record<string, ActionSpec>;
