import type { ActionSpec } from "../action.ts";

const ID = { ServiceId: { type: "Long", required: true } } as const;

const SERVICE_TYPE = ["ClusterIP", "NodePort"] as const;

const MAPPING = {
  type: "Struct",
  fields: {
    Name: { type: "String", required: true },
    Protocol: { type: "String", required: true, enum: ["TCP", "UDP"] },
    Port: { type: "Integer", required: true },
    TargetPort: { type: "String", required: true },
    NodePort: { type: "Integer" },
  },
} as const;

/** Chapter 3.2 of the manual. */
export const serviceCatalogue = {
  CreateService: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: {
      EnvId: { type: "Long", required: true },
      Name: { type: "String", required: true },
      ServiceType: { type: "String", required: true, enum: SERVICE_TYPE },
      K8sServiceId: { type: "String", required: true },
      PortMappings: { type: "List", required: true, of: MAPPING },
      Headless: { type: "Boolean" },
    },
  },
  ModifyService: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    // The table requires no member of a mapping here; that each must be whole is our assumption.
    parameters: { ...ID, Name: { type: "String" }, PortMappings: { type: "List", of: MAPPING } },
  },
  DeleteService: { mutating: true, errorField: "ErrMsg", success: "top", parameters: ID },
  DescribeServiceDetail: {
    errorField: "ErrMsg",
    success: "top",
    manual: { resultAsList: true, omit: ["ClusterIP"] },
    parameters: ID,
  },
  ListServices: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { omit: ["ClusterIP"] },
    parameters: {
      AppId: { type: "Long", required: true },
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
      EnvId: { type: "Long" },
      Name: { type: "String" },
      ServiceType: { type: "String", enum: SERVICE_TYPE },
    },
  },
} as const satisfies Record<string, ActionSpec>;
