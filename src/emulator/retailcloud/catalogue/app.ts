import type { ActionSpec } from "../action.ts";

const LANGUAGE = ["Java", "PHP", "C#", "Python"] as const;
const OPERATING_SYSTEM = ["Linux", "Windows"] as const;
const SERVICE_TYPE = ["GeneralApplication", "StoreApplication", "TaoHuDongApplication"] as const;

/** UserType is not restricted: the table says TAOBAO and DING_TALK, a sample DINGDING_TALK. */
const USER_ROLES = {
  type: "List",
  required: true,
  of: {
    type: "Struct",
    fields: {
      RoleName: { type: "String", required: true, enum: ["Owner", "PE", "Dev", "Test"] },
      UserId: { type: "String", required: true },
      UserType: { type: "String", required: true },
    },
  },
} as const;

/** Chapter 1.1 of the manual. GroupName and MiddleWareIdList are known from the SDK only. */
export const appCatalogue = {
  CreateApp: {
    mutating: true,
    errorField: "ErrMsg",
    parameters: {
      BizCode: { type: "String", required: true, enum: ["JST", "NEW_RETAIL", "MINI_APP", "SUPPLY", "MESSAGE"] },
      Language: { type: "String", required: true, enum: LANGUAGE },
      OperatingSystem: { type: "String", required: true, enum: OPERATING_SYSTEM },
      ServiceType: { type: "String", required: true, enum: SERVICE_TYPE },
      Title: { type: "String", required: true },
      UserRoles: USER_ROLES,
      BizTitle: { type: "String" },
      Description: { type: "String" },
      StateType: { type: "Integer", enum: [1, 2] },
      Namespace: { type: "String" },
      GroupName: { type: "String" },
      MiddleWareIdList: { type: "List", of: { type: "Long" } },
    },
  },
  UpdateApp: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    parameters: {
      AppId: { type: "Long", required: true },
      UserRoles: USER_ROLES,
      BizTitle: { type: "String" },
      Description: { type: "String" },
      Language: { type: "String", enum: LANGUAGE },
      OperatingSystem: { type: "String", enum: OPERATING_SYSTEM },
      ServiceType: { type: "String", enum: SERVICE_TYPE },
      MiddleWareIdList: { type: "List", of: { type: "Long" } },
    },
  },
  ListApp: {
    errorField: "ErrorMsg",
    list: { paged: true, totalOnly: true },
    parameters: { PageNumber: { type: "Integer" }, PageSize: { type: "Integer" } },
  },
  DescribeAppDetail: {
    errorField: "ErrMessage",
    manual: { errorField: "ErrorMessage", omit: ["UserRoles"] },
    parameters: { AppId: { type: "Long", required: true } },
  },
  DeleteAppDetail: {
    mutating: true,
    errorField: "ErrMsg",
    success: "result",
    // The table calls AppId optional, though nothing else names the app.
    parameters: { AppId: { type: "Long", required: true }, Force: { type: "Boolean" } },
  },
} as const satisfies Record<string, ActionSpec>;
