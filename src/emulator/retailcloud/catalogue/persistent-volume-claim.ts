import type { ActionSpec } from "../action.ts";
import { ACCESS_MODES, CAPACITY, STORAGE_CLASS } from "./storage.ts";

const ENVIRONMENT = { AppId: { type: "Long", required: true }, EnvId: { type: "Long", required: true } } as const;

/** Chapter 1.5 of the manual. */
export const persistentVolumeClaimCatalogue = {
  CreatePersistentVolumeClaim: {
    mutating: true,
    errorField: "ErrMsg",
    manual: { resultAsList: true },
    parameters: {
      AccessModes: ACCESS_MODES,
      ...ENVIRONMENT,
      Capacity: CAPACITY,
      Name: { type: "String", required: true },
      StorageClass: STORAGE_CLASS,
    },
  },
  DeletePersistentVolumeClaim: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: { ...ENVIRONMENT, PersistentVolumeClaimName: { type: "String", required: true } },
  },
  ListPersistentVolumeClaim: {
    errorField: "ErrorMsg",
    list: { paged: true },
    parameters: {
      ...ENVIRONMENT,
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
    },
  },
} as const satisfies Record<string, ActionSpec>;
