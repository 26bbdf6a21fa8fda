import { z } from "zod";
import { recordOf, rowsOf } from "../../src/core/answer-fields.ts";
import type { Live } from "../../src/core/kind.ts";
import { cannotUnset, describedOnly, immutable, unordered, writeOnly } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { idOf, shown, textOf } from "./decode.ts";
import { described, externalId, optionalList, optionalText, text } from "./fields.ts";
import { defineResource } from "./resource.ts";

const answers = [
  ...names("AppId AppStateType BizName BizTitle Description Language OperatingSystem ServiceType Title"),
  ...names("UserRoles RoleName UserId UserType"),
];

const createApp = defineAction({
  name: "CreateApp",
  method: "POST",
  mutating: true,
  body: [
    ...names("BizCode BizTitle Description GroupName Language MiddleWareIdList Namespace"),
    ...names("OperatingSystem ServiceType StateType Title UserRoles"),
  ],
  answers: names("AppId"),
});

const updateApp = defineAction({
  name: "UpdateApp",
  method: "POST",
  mutating: true,
  body: names("AppId BizTitle Description Language MiddleWareIdList OperatingSystem ServiceType UserRoles"),
});

const listApp = defineAction({
  name: "ListApp",
  method: "GET",
  mutating: false,
  query: names("PageNumber PageSize"),
  answers,
});

const describeApp = defineAction({
  name: "DescribeAppDetail",
  method: "POST",
  mutating: false,
  query: names("AppId"),
  answers,
});

/** A GET, and yet it deletes. */
const deleteApp = defineAction({
  name: "DeleteAppDetail",
  method: "GET",
  mutating: true,
  query: names("AppId Force"),
});

/** The vendor's lists say DINGDING_TALK where its writes say DING_TALK. */
const userType = z
  .enum(["TAOBAO", "DING_TALK", "DINGDING_TALK"])
  .transform((type) => (type === "DINGDING_TALK" ? "DING_TALK" : type));

const userRole = z.strictObject({
  roleName: z.enum(["Owner", "PE", "Dev", "Test"]),
  userId: described(externalId(), "the user's id, as ListUsers shows it"),
  userType,
});

const spec = z.strictObject({
  title: described(immutable(text()), "unique among all apps; the last segment of metadata.name where it is left out"),
  bizCode: described(immutable(z.enum(["JST", "NEW_RETAIL", "MINI_APP", "SUPPLY", "MESSAGE"])), "the business domain"),
  language: z.enum(["Java", "PHP", "C#", "Python"]),
  operatingSystem: z.enum(["Linux", "Windows"]),
  serviceType: z.enum(["GeneralApplication", "StoreApplication", "TaoHuDongApplication"]),
  userRoles: described(
    describedOnly(unordered(z.array(userRole).min(1), ["roleName", "userId"])),
    "who may do what; always the whole list",
  ),
  bizTitle: described(optionalText(), "the app's name in its business"),
  description: optionalText(),
  stateType: described(
    immutable(z.enum(["stateless", "stateful"]).default("stateless")),
    "stateless apps run a Deployment, stateful ones a StatefulSet",
  ),
  namespace: described(immutable(writeOnly(optionalText())), "the Kubernetes namespace"),
  groupName: described(immutable(writeOnly(optionalText())), "the group of apps that it belongs to"),
  middleWareIds: described(
    cannotUnset(
      writeOnly(unordered(optionalList(externalId()))),
      "the API cannot be sent an empty list; keep one entry, or replace the app",
    ),
    "the middleware that the app uses",
  ),
});

/** An application: what deploy configs and environments belong to. Its title is its natural key. */
export const app = defineResource({
  kind: "App",
  description: "an application, the parent of deploy configs and environments",
  spec,
  naming: "title",
  scope: [],
  identity: ({ title }) => String(title),
  protected: true,
  forceTakes: "everything in the app: deploy configs, environments, services and access points",
  repeatable: true,
  calls: { list: listApp, read: describeApp, create: createApp, update: [updateApp], remove: deleteApp },
  list: async (api) => (await api.pages(listApp, {}, { id: (row) => idOf(row, "AppId") })).map(toLive),
  read: async (api, { id }) => {
    const found = await api.find(describeApp, { AppId: id });
    return found === undefined ? undefined : toLive(found);
  },
  create: async (api, { spec: wanted }) => {
    const answer = await api.call(createApp, {
      Title: wanted.title,
      BizCode: wanted.bizCode,
      Language: wanted.language,
      OperatingSystem: wanted.operatingSystem,
      ServiceType: wanted.serviceType,
      UserRoles: wanted.userRoles.map(toRole),
      BizTitle: wanted.bizTitle,
      Description: wanted.description,
      StateType: wanted.stateType === "stateful" ? 2 : 1,
      Namespace: wanted.namespace,
      GroupName: wanted.groupName,
      MiddleWareIdList: wanted.middleWareIds,
    });
    return { id: idOf(recordOf(answer, "Result"), "AppId") };
  },
  update: async (api, { id, spec: wanted, before, changed }) => {
    const is = (field: string): boolean => changed.includes(field);
    const running = rowsOf(before, "userRoles");
    // Asked for by every update: what is not to be changed is sent as it is.
    const roles = is("userRoles") || running.length === 0 ? wanted.userRoles : running;
    await api.call(updateApp, {
      AppId: id,
      UserRoles: roles.map(toRole),
      ...(is("language") ? { Language: wanted.language } : {}),
      ...(is("operatingSystem") ? { OperatingSystem: wanted.operatingSystem } : {}),
      ...(is("serviceType") ? { ServiceType: wanted.serviceType } : {}),
      ...(is("bizTitle") ? { BizTitle: wanted.bizTitle ?? "" } : {}),
      ...(is("description") ? { Description: wanted.description ?? "" } : {}),
      ...(is("middleWareIds") ? { MiddleWareIdList: wanted.middleWareIds } : {}),
    });
  },
  remove: async (api, { id, force }) => {
    await api.call(deleteApp, { AppId: id, ...(force ? { Force: true } : {}) });
  },
});

function toRole(role: Fields) {
  return { RoleName: textOf(role, "roleName"), UserId: textOf(role, "userId"), UserType: textOf(role, "userType") };
}

function toLive(row: Fields): Live {
  const roles = rowsOf(row, "UserRoles").map((role) =>
    shown({
      roleName: textOf(role, "RoleName"),
      userId: textOf(role, "UserId"),
      userType: textOf(role, "UserType")?.replace("DINGDING_TALK", "DING_TALK"),
    }),
  );
  return {
    id: idOf(row, "AppId"),
    spec: shown({
      title: textOf(row, "Title"),
      bizCode: textOf(row, "BizName"),
      language: textOf(row, "Language"),
      operatingSystem: textOf(row, "OperatingSystem"),
      serviceType: textOf(row, "ServiceType"),
      userRoles: roles,
      bizTitle: textOf(row, "BizTitle"),
      description: textOf(row, "Description"),
      stateType: textOf(row, "AppStateType") ?? "stateless",
    }),
  };
}
