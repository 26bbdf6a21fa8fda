import { z } from "zod";
import type { Live, Scope } from "../../src/core/kind.ts";
import { addressIn, reference } from "../../src/core/reference.ts";
import { immutable } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { idOf, keyOf, parentOf, shown, textOf } from "./decode.ts";
import { defineResource } from "./resource.ts";

const answers = names("AppEnvId AppId ClusterId");

const createAlloc = defineAction({
  name: "CreateAppResourceAlloc",
  method: "POST",
  mutating: true,
  query: names("AppEnvId AppId ClusterId"),
});

const listAllocs = defineAction({
  name: "ListAppResourceAllocs",
  method: "GET",
  mutating: false,
  query: names("AppEnvId AppId ClusterId PageNumber PageSize"),
  answers,
});

const describeAlloc = defineAction({
  name: "DescribeAppResourceAlloc",
  method: "GET",
  mutating: false,
  query: names("AppEnvId"),
  answers,
});

const deleteAlloc = defineAction({
  name: "DeleteAppResourceAlloc",
  method: "POST",
  mutating: true,
  query: names("AppEnvId"),
});

/** The allocation of an environment to a cluster. It has no id that a call accepts: its environment is its id and its key. */
export const appResourceAlloc = defineResource({
  kind: "AppResourceAlloc",
  description: "the allocation of an environment to the cluster that it runs in",
  spec: z.strictObject({
    environment: immutable(reference("Environment")),
    cluster: immutable(reference("Cluster")),
  }),
  scope: ["environment.app"],
  identity: ({ environment }) => keyOf(environment),
  // An environment that was created in a cluster is allocated already.
  unique: [
    {
      domain: "allocation",
      key: ({ environment }) => addressIn(environment),
    },
  ],
  calls: { list: listAllocs, read: describeAlloc, create: createAlloc, remove: deleteAlloc },
  list: async (api, scope) => {
    const rows = await api.pages(
      listAllocs,
      { AppId: parentOf(scope, "environment.app") },
      { id: (row) => idOf(row, "AppEnvId") },
    );
    return rows.filter((row) => isOfApp(row, scope)).map(toLive);
  },
  read: async (api, { id }) => {
    const found = await api.find(describeAlloc, { AppEnvId: id });
    return found === undefined ? undefined : toLive(found);
  },
  create: async (api, { spec: { environment, cluster }, scope }) => {
    const AppId = parentOf(scope, "environment.app");
    await api.call(createAlloc, { AppEnvId: environment, AppId, ClusterId: cluster });
    return { id: environment };
  },
  remove: async (api, { id }) => {
    await api.call(deleteAlloc, { AppEnvId: id });
  },
});

/** Whether the list's filter is exact is not documented. */
function isOfApp(row: Fields, scope: Scope): boolean {
  const app = textOf(row, "AppId");
  return app === undefined || app === scope["environment.app"];
}

function toLive(row: Fields): Live {
  const environment = idOf(row, "AppEnvId");
  return { id: environment, spec: shown({ environment, cluster: textOf(row, "ClusterId") }) };
}
