import type { ActionSpec } from "../action.ts";

const ENVIRONMENT = { AppEnvId: { type: "Long", required: true } } as const;

/** Chapter 5.3 of the manual. */
export const appResourceAllocCatalogue = {
  CreateAppResourceAlloc: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "CreateAppResourceAlloc" },
    parameters: {
      ...ENVIRONMENT,
      AppId: { type: "Long", required: true },
      ClusterId: { type: "String", required: true },
    },
  },
  ListAppResourceAllocs: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { wrapper: "ListAppResourceAllocsResponse", pageSizeIsRows: true },
    parameters: {
      PageNumber: { type: "Integer", required: true, min: 1 },
      PageSize: { type: "Integer", required: true },
      AppEnvId: { type: "Long" },
      AppId: { type: "Long" },
      ClusterId: { type: "String" },
    },
  },
  DeleteAppResourceAlloc: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "DeleteAppResourceAllocResponse" },
    parameters: ENVIRONMENT,
  },
  DescribeAppResourceAlloc: {
    errorField: "ErrMsg",
    success: "top",
    manual: { wrapper: "DescribeAppResourceAllocResponse", rename: { AppId: "appId" } },
    parameters: ENVIRONMENT,
  },
} as const satisfies Record<string, ActionSpec>;
