import type { ActionSpec } from "../action.ts";

const ID = { SlbAPId: { type: "Long", required: true } } as const;

const PROTOCOL = ["TCP", "UDP", "HTTP", "HTTPS"] as const;

const OPTIONS = {
  EstablishedTimeout: { type: "Integer", min: 10, max: 900 },
  StickySession: { type: "Integer", enum: [0, 1] },
  SslCertId: { type: "String" },
  CookieTimeout: { type: "Integer", min: 1, max: 86_400 },
} as const;

/** Chapter 3.1 of the manual. */
export const slbApCatalogue = {
  CreateSlbAP: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    manual: { resultAsList: true },
    parameters: {
      EnvId: { type: "Long", required: true },
      Name: { type: "String", required: true },
      SlbId: { type: "String", required: true },
      ListenerPort: { type: "Integer", required: true },
      RealServerPort: { type: "Integer", required: true },
      Protocol: { type: "String", required: true, enum: PROTOCOL },
      ...OPTIONS,
    },
  },
  ModifySlbAP: {
    mutating: true,
    errorField: "ErrMsg",
    success: "top",
    parameters: { ...ID, Name: { type: "String" }, RealServerPort: { type: "Integer" }, ...OPTIONS },
  },
  DeleteSlbAP: { mutating: true, errorField: "ErrMsg", success: "top", parameters: ID },
  DescribeSlbAPDetail: { errorField: "ErrMsg", success: "top", parameters: ID },
  ListSlbAPs: {
    errorField: "ErrorMsg",
    list: { paged: true },
    manual: { rename: { AppId: "appId" } },
    parameters: {
      AppId: { type: "Long", required: true },
      PageNumber: { type: "Integer", required: true },
      PageSize: { type: "Integer", required: true },
      EnvId: { type: "Long" },
      Name: { type: "String" },
      NetworkMode: { type: "String", enum: ["internet", "intranet"] },
      ProtocolList: { type: "List", of: { type: "String", enum: PROTOCOL } },
      SlbId: { type: "String" },
    },
  },
} as const satisfies Record<string, ActionSpec>;
