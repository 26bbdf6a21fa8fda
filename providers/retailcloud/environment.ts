import { z } from "zod";
import { recordOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Alteration, Live, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { describedOnly, immutable, numberOrRange, writeOnly } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { isDeclined } from "./declined.ts";
import { idOf, parentOf, shown, textOf } from "./decode.ts";
import { scaleApp } from "./deploy-actions.ts";
import { describeDeployOrder } from "./deploy-order.ts";
import { described, text } from "./fields.ts";
import { defineResource } from "./resource.ts";
import { scale, scalingEnds } from "./scaling.ts";

const answers = names("AppId AppSchemaId EnvId EnvName EnvType EnvTypeName Region Replicas");

const createEnvironment = defineAction({
  name: "CreateEnvironment",
  method: "POST",
  mutating: true,
  query: names("AppId AppSchemaId ClusterId EnvName EnvType Region Replicas"),
  answers: names("AppEnvId"),
});

const updateEnvironment = defineAction({
  name: "UpdateEnvironment",
  method: "POST",
  mutating: true,
  query: names("AppEnvId AppId AppSchemaId Replicas"),
});

/** Its filter by type is left out: the manual contradicts itself about its values. */
const listEnvironments = defineAction({
  name: "ListAppEnvironment",
  method: "GET",
  mutating: false,
  query: names("AppId EnvName PageNumber PageSize"),
  answers,
});

const describeEnvironment = defineAction({
  name: "DescribeAppEnvironmentDetail",
  method: "GET",
  mutating: false,
  query: names("AppId EnvId"),
  answers,
});

const deleteEnvironment = defineAction({
  name: "DeleteAppEnvironment",
  method: "POST",
  mutating: true,
  query: names("AppId EnvId Force"),
});

const listInstances = defineAction({
  name: "ListAppInstance",
  method: "POST",
  mutating: false,
  body: names("AppId EnvId PageNumber PageSize"),
  answers: names("AppInstanceId"),
});

const takeOffline = defineAction({
  name: "OfflineAppEnvironment",
  method: "POST",
  mutating: true,
  query: names("AppId DeletePvc EnvId"),
});

const spec = z.strictObject({
  app: immutable(reference("App")),
  deployConfig: described(reference("DeployConfig"), "what it runs; a change takes effect with the next rollout"),
  cluster: described(
    immutable(writeOnly(reference("Cluster"))).optional(),
    "the cluster to create it in; an AppResourceAlloc does the same for an environment that exists",
  ),
  envName: described(immutable(text()), "unique in its app; the last segment of metadata.name where it is left out"),
  envType: immutable(z.enum(["test", "online"])),
  region: immutable(text()),
  replicas: described(
    describedOnly(numberOrRange(0)),
    "how many instances; { min, max } leaves the number to a scaler",
  ),
});

type Wanted = z.output<typeof spec>;

/** An environment of an app: where one of its deploy configs runs. Its name is its natural key within the app. */
export const environment = defineResource({
  kind: "Environment",
  description: "an environment of an app, in which one of the app's deploy configs runs",
  spec,
  naming: "envName",
  scope: ["app"],
  identity: ({ envName }) => String(envName),
  forceTakes: "its instances, services and access points",
  // Whoever names a cluster here has allocated the environment already.
  unique: [{ domain: "allocation", key: ({ cluster }, address) => (cluster === undefined ? undefined : address) }],
  calls: {
    list: listEnvironments,
    read: describeEnvironment,
    create: createEnvironment,
    update: [updateEnvironment],
    remove: deleteEnvironment,
    also: [listInstances, takeOffline, scaleApp, describeDeployOrder],
  },
  list: async (api, scope) => {
    const rows = await api.pages(
      listEnvironments,
      { AppId: parentOf(scope, "app") },
      { id: (row) => idOf(row, "EnvId") },
    );
    return rows.map((row) => toLive(row, scope));
  },
  read: async (api, { id, scope }) => {
    const found = await api.find(describeEnvironment, { AppId: parentOf(scope, "app"), EnvId: id });
    return found === undefined ? undefined : toLive(found, scope);
  },
  create: async (api, { spec: wanted }) => {
    const answer = await api.call(createEnvironment, {
      AppId: wanted.app,
      AppSchemaId: wanted.deployConfig,
      ClusterId: wanted.cluster,
      EnvName: wanted.envName,
      EnvType: wanted.envType === "online" ? 1 : 0,
      Region: wanted.region,
      Replicas: replicasWithin(wanted.replicas),
    });
    return { id: idOf(recordOf(answer, "Result"), "AppEnvId") };
  },
  update: async (api, alteration) => {
    const { id, scope } = alteration;
    const AppId = parentOf(scope, "app");
    const changed = changes(alteration);
    // Asked for first: where it is not admitted, nothing of the environment changes.
    const scaling = await scalingFor(api, { AppId, EnvId: id }, alteration);
    await api.call(updateEnvironment, { AppEnvId: id, AppId, ...changed });
    if (scaling !== undefined) await scalingEnds(api, scaling);
  },
  remove: async (api, { id, scope, force }) => {
    const environment = { AppId: parentOf(scope, "app"), EnvId: id };
    const send = () => api.call(deleteEnvironment, { ...environment, Force: force });
    try {
      await send();
    } catch (error) {
      if (!isDeclined(error) || !(await isRunning(api, environment))) throw error;
      // Claims are kept: those that are cairn's go by themselves, and nobody else's may go.
      await api.call(takeOffline, { ...environment, DeletePvc: false });
      await send();
    }
  },
});

/** Scales what runs where the number alone changes; another deploy config takes the number along with its rollout. */
async function scalingFor(
  api: RetailCloud,
  environment: { readonly AppId: string; readonly EnvId: string },
  { spec: wanted, before, changed }: Alteration<Wanted>,
): Promise<string | undefined> {
  if (!changed.includes("replicas") || changed.includes("deployConfig")) return undefined;
  if (!(await isRunning(api, environment))) return undefined;
  return scale(api, environment.EnvId, replicasWithin(wanted.replicas, wholeOf(before, "replicas")));
}

/** Asked for only where it matters (a deletion was declined, the number changes): most environments have no instances by then, and the list is a call more. */
async function isRunning(api: RetailCloud, environment: { readonly AppId: string; readonly EnvId: string }) {
  const instances = await api.pages(listInstances, environment, { id: (row) => idOf(row, "AppInstanceId") });
  return instances.length > 0;
}

function changes({ spec: wanted, before, changed }: Alteration<Wanted>) {
  return {
    ...(changed.includes("deployConfig") ? { AppSchemaId: wanted.deployConfig } : {}),
    ...(changed.includes("replicas") ? { Replicas: replicasWithin(wanted.replicas, wholeOf(before, "replicas")) } : {}),
  };
}

/** The number itself; of a range the end that is nearest to what runs, the lower one where nothing runs. */
function replicasWithin(wanted: Wanted["replicas"], running = 0): number {
  if (typeof wanted === "number") return wanted;
  return Math.min(Math.max(running, wanted.min), wanted.max);
}

function toLive(row: Fields, scope: Scope): Live {
  return {
    id: idOf(row, "EnvId"),
    spec: shown({
      app: textOf(row, "AppId") ?? parentOf(scope, "app"),
      deployConfig: textOf(row, "AppSchemaId"),
      envName: textOf(row, "EnvName"),
      envType: envTypeOf(row),
      region: textOf(row, "Region"),
      replicas: wholeOf(row, "Replicas"),
    }),
  };
}

/** The name decides, because the numbers mean different things in different answers; without one, 0 alone is a test. */
function envTypeOf(row: Fields): string | undefined {
  const name = textOf(row, "EnvTypeName") ?? "";
  if (/正式|online/.test(name)) return "online";
  if (/测试|test/.test(name)) return "test";
  const number = wholeOf(row, "EnvType");
  return number === undefined ? undefined : number === 0 ? "test" : "online";
}
