import { z } from "zod";
import { recordOf, rowsOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Creation, Live, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { cannotUnset, filledIn, immutable, subset, unordered, unsetReplaces, yaml } from "../../src/core/traits.ts";
import { type Fields, sameValue, type Value } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, listIn, parentOf, shown, textOf } from "./decode.ts";
import { described, optionalList, optionalText, text } from "./fields.ts";
import { addedToEach, configMap, fromWire, kubernetesObject, secretObject, toWire } from "./kubernetes.ts";
import { incomplete } from "./pages.ts";
import { defineResource } from "./resource.ts";

/** Kubernetes objects travel in the body: servers refuse long queries, and proxies write queries into their logs. */
const objectParameters = names("Deployment StatefulSet CronJob ConfigMapList SecretList");

const createDeployConfig = defineAction({
  name: "CreateDeployConfig",
  method: "POST",
  mutating: true,
  query: names("AppId CodePath EnvType Name"),
  body: objectParameters,
  answers: names("SchemaId"),
});

const updateDeployConfig = defineAction({
  name: "UpdateDeployConfig",
  method: "POST",
  mutating: true,
  query: names("AppId CodePath Id"),
  body: objectParameters,
});

const listDeployConfig = defineAction({
  name: "ListDeployConfig",
  method: "POST",
  mutating: false,
  query: names("AppId EnvType Id Name"),
  answers: [
    ...names("AppId Id Name EnvType ContainerCodePath CodePath ContainerYamlConf ConfigMap"),
    ...objectParameters,
  ],
});

const deleteDeployConfig = defineAction({
  name: "DeleteDeployConfig",
  method: "POST",
  mutating: true,
  query: names("SchemaId"),
});

const keepObject = "the API cannot take it away; keep it, or replace the deploy config";

const spec = z.strictObject({
  app: immutable(reference("App")),
  name: described(immutable(text()), "the last segment of metadata.name where it is left out"),
  envType: described(immutable(z.enum(["test", "online"])), "the type of environment that it is meant for"),
  codePath: described(optionalText(), "where the code package goes in the image"),
  deployment: cannotUnset(kubernetesObject("Deployment").optional(), keepObject),
  statefulSet: cannotUnset(kubernetesObject("StatefulSet").optional(), keepObject),
  configMaps: unsetReplaces(objects(configMap())),
  cronJob: cannotUnset(kubernetesObject("CronJob").optional(), keepObject),
  secrets: unsetReplaces(objects(secretObject())),
});

/** A list of objects that their names tell apart. */
function objects<S extends z.ZodType>(object: S) {
  return filledIn(subset(yaml(unordered(optionalList(object), ["metadata.name"]))), addedToEach);
}

type Wanted = z.output<typeof spec>;

/** What an environment runs: the Kubernetes objects of an app. Type and name together are its natural key within the app. */
export const deployConfig = defineResource({
  kind: "DeployConfig",
  description: "what the environments of an app run, as Kubernetes objects",
  spec,
  naming: "name",
  scope: ["app"],
  identity: ({ envType, name }) => `${envType}/${name}`,
  constraints,
  calls: {
    list: listDeployConfig,
    read: listDeployConfig,
    create: createDeployConfig,
    update: [updateDeployConfig],
    remove: deleteDeployConfig,
  },
  list: async (api, scope) => (await listAll(api, parentOf(scope, "app"))).map((row) => toLive(row, scope)),
  read: async (api, { id, scope }) => {
    const answer = await api.call(listDeployConfig, { AppId: parentOf(scope, "app"), Id: id });
    const found = rowsOf(answer, "Data").find((row) => textOf(row, "Id") === id);
    return found === undefined ? undefined : toLive(found, scope);
  },
  create: async (api, { spec: wanted }) => {
    const { app, name, envType, codePath } = wanted;
    const params = { AppId: app, Name: name, EnvType: envType, CodePath: codePath, ...objectsOf(wanted) };
    const answer = await api.call(createDeployConfig, params);
    return { id: idOf(recordOf(answer, "Result"), "SchemaId") };
  },
  update: async (api, { id, scope, spec: wanted, before, changed }) => {
    const codePath = changed.includes("codePath") ? wanted.codePath : textOf(before, "codePath");
    // Always sent: leaving it out keeps the old path, and "" is how to have none.
    const params = { AppId: parentOf(scope, "app"), Id: id, CodePath: codePath ?? "" };
    await api.call(updateDeployConfig, { ...params, ...objectsOf(wanted, changed) });
  },
  remove: async (api, { id }) => {
    await api.call(deleteDeployConfig, { SchemaId: id });
  },
});

function constraints(wanted: Wanted, target: (field: string) => Fields | undefined) {
  const { deployment, statefulSet } = wanted;
  const stateType = target("app")?.["stateType"];
  const rules = [
    [deployment && statefulSet, "statefulSet", "excludes deployment; keep one of the two"],
    [deployment && stateType === "stateful", "deployment", "is for stateless apps; write a statefulSet"],
    [statefulSet && stateType === "stateless", "statefulSet", "is for stateful apps; write a deployment"],
  ] as const;
  const broken = rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ field, message }));
  return [...broken, ...twins("configMaps", wanted.configMaps), ...twins("secrets", wanted.secrets)];
}

/** What a cluster keeps under one name can be there once. */
function twins(field: string, objects: readonly Fields[] = []) {
  const all = objects.map((one) => textOf(recordOf(one, "metadata"), "name"));
  const twice = new Set(all.filter((name, index) => all.indexOf(name) !== index));
  return [...twice].map((name) => ({ field, message: `two of them are named "${name}"; rename or remove one` }));
}

/** The Kubernetes objects as parameters; only those in changed fields where `changed` is given. */
function objectsOf(wanted: Creation<Wanted>["spec"], changed?: readonly string[]) {
  const is = (field: string): boolean => changed === undefined || changed.includes(field);
  const one = (field: string, object: Fields | undefined) =>
    object === undefined || !is(field) ? undefined : toWire(object);
  const many = (field: string, list: readonly Fields[] | undefined) => (is(field) ? list?.map(toWire) : undefined);
  return {
    Deployment: one("deployment", wanted.deployment),
    StatefulSet: one("statefulSet", wanted.statefulSet),
    CronJob: one("cronJob", wanted.cronJob),
    ConfigMapList: many("configMaps", wanted.configMaps),
    SecretList: many("secrets", wanted.secrets),
  };
}

/**
 * Every deploy config of an app. The list has no pages, and yet its answer may hold fewer rows than it counts: then each
 * type of environment is asked for by itself.
 */
async function listAll(api: RetailCloud, appId: string): Promise<readonly Fields[]> {
  const whole = await listSome(api, { AppId: appId });
  if (whole.rows.length >= whole.total) return whole.rows;
  const parts = await Promise.all([
    listSome(api, { AppId: appId, EnvType: "test" }),
    listSome(api, { AppId: appId, EnvType: "online" }),
  ]);
  const rows = new Map([whole, ...parts].flatMap((part) => part.rows).map((row) => [idOf(row, "Id"), row]));
  if (rows.size >= whole.total) return [...rows.values()];
  throw incomplete(listDeployConfig.name, `${rows.size} of ${whole.total} rows, and it has no pages`);
}

async function listSome(api: RetailCloud, params: { readonly AppId: string; readonly EnvType?: string }) {
  const answer = await api.call(listDeployConfig, params);
  return { rows: listIn(answer, "Data"), total: wholeOf(answer, "TotalCount") ?? 0 };
}

function toLive(row: Fields, scope: Scope): Live {
  const conf = recordOf(row, "ContainerYamlConf");
  const one = (name: string): Value | undefined => {
    const found = textOf(conf, name);
    return found === undefined ? undefined : fromWire(found);
  };
  return {
    id: idOf(row, "Id"),
    spec: shown({
      app: textOf(row, "AppId") ?? parentOf(scope, "app"),
      name: textOf(row, "Name"),
      envType: textOf(row, "EnvType"),
      codePath: textOf(recordOf(row, "ContainerCodePath"), "CodePath"),
      deployment: one("Deployment"),
      statefulSet: one("StatefulSet"),
      configMaps: listed(conf, "ConfigMapList") ?? listed(conf, "ConfigMap"),
      cronJob: one("CronJob"),
      secrets: listed(conf, "SecretList"),
    }),
  };
}

/** A list of objects; the deprecated single one counts as a list. Twins of one text count once. */
function listed(conf: Fields, name: string): Value | undefined {
  const value = conf[name];
  if (value === undefined || value === "") return undefined;
  const texts = (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
  const found = texts.map(fromWire);
  return found.filter((object, index) => found.findIndex((other) => sameValue(other, object)) === index);
}
