import { z } from "zod";
import { recordOf, rowsOf } from "../../src/core/answer-fields.ts";
import type { Alteration } from "../../src/core/kind.ts";
import { restrict } from "../../src/core/restrict.ts";
import { immutable } from "../../src/core/traits.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";
import { addonLive, addonReadiness, addonRemarks, addonRemovalFailure, addonStillness } from "./addon-answer.ts";
import { addonValues, laidOver, withoutDropped } from "./addon-values.ts";
import type { HuaweiCloud } from "./client.ts";
import { idOf, listIn, present, requireAsked, textOf } from "./decode.ts";
import { defineOperation } from "./operation.ts";
import { defineResource } from "./resource.ts";
import { settled } from "./settled.ts";

/** What all operations of add-ons have in common. */
const cce = { service: "cce", answers: true } as const;

const listAddons = defineOperation({
  ...cce,
  name: "ListAddonInstances",
  method: "GET",
  path: "/api/v3/addons",
  query: ["cluster_id"],
  mutating: false,
});

const showAddon = defineOperation({
  ...cce,
  name: "ShowAddonInstance",
  method: "GET",
  path: "/api/v3/addons/{id}",
  query: ["cluster_id"],
  mutating: false,
});

const createAddon = defineOperation({
  ...cce,
  name: "CreateAddonInstance",
  method: "POST",
  path: "/api/v3/addons",
  host: ["cluster_id"],
  mutating: true,
});

const updateAddon = defineOperation({
  ...cce,
  name: "UpdateAddonInstance",
  method: "PUT",
  path: "/api/v3/addons/{id}",
  host: ["cluster_id"],
  mutating: true,
});

/** Answers a plain word. */
const deleteAddon = defineOperation({
  ...cce,
  name: "DeleteAddonInstance",
  method: "DELETE",
  path: "/api/v3/addons/{id}",
  query: ["cluster_id"],
  mutating: true,
  answers: false,
});

const listTemplates = defineOperation({
  ...cce,
  name: "ListAddonTemplates",
  method: "GET",
  path: "/api/v3/addontemplates",
  query: ["addon_template_name"],
  host: ["cluster_id"],
  mutating: false,
});

const spec = z.strictObject({
  clusterId: immutable(z.string().min(1).describe("the CCE cluster that it runs in")),
  addonTemplateName: immutable(
    z.string().min(1).describe("the template, e.g. coredns; the last segment of metadata.name where it is left out"),
  ),
  version: z
    .string()
    .min(1)
    .optional()
    .describe("the template's version, e.g. 1.30.33; the newest one that suits the cluster, and none later, without"),
  values: addonValues,
});

type Wanted = z.output<typeof spec>;

/** Without these a cluster resolves no names, or mounts no volumes. */
const vital = new Set(["coredns", "everest"]);

/** An add-on of a CCE cluster. A cluster has one of each template: that is its natural key. */
export const addonInstance = defineResource({
  kind: "AddonInstance",
  apiVersion: "cce/v3",
  description: "an add-on of a CCE cluster, installed from a template",
  spec,
  naming: "addonTemplateName",
  scope: ["clusterId"],
  identity: ({ clusterId, addonTemplateName }) => `${clusterId}/${addonTemplateName}`,
  protected: ({ addonTemplateName }) => vital.has(String(addonTemplateName)),
  // The cloud locks the cluster while one of its add-ons is on its way.
  serialBy: "clusterId",
  // Pods that do not start make an add-on abnormal after 10 minutes: that is worth waiting for.
  readiness: {
    check: addonReadiness,
    removalFailure: addonRemovalFailure,
    ...{ firstLookMs: 5_000, intervalMs: 10_000, timeoutMs: 900_000 },
  },
  remarks: addonRemarks,
  calls: {
    list: listAddons,
    read: showAddon,
    create: createAddon,
    update: [updateAddon],
    remove: deleteAddon,
    further: [listTemplates],
  },
  list: async (api, scope) => {
    const answer = await api.call(listAddons, { cluster_id: scope["clusterId"] });
    return listIn(answer, "items").map(addonLive);
  },
  read: async (api, { id, scope }) => {
    const found = await api.find(showAddon, { id, cluster_id: scope["clusterId"] });
    return found === undefined ? undefined : addonLive(found);
  },
  create: async (api, { spec: wanted }) => {
    const { version, values } = wanted;
    const made = await api.call(
      createAddon,
      { cluster_id: wanted.clusterId },
      requestOf("install", wanted, version, values),
    );
    return { id: idOf(recordOf(made, "metadata"), "uid") };
  },
  update,
  sends: ({ action, wanted, changed }) =>
    action === "create" ? [createAddon.name] : isAsked(wanted, changed) ? [updateAddon.name] : [],
  remove: async (api, { id, scope }) => {
    const cluster = { cluster_id: scope["clusterId"] };
    await still(api, id, cluster.cluster_id);
    await api.call(deleteAddon, { id, ...cluster });
  },
});

/** What the add-on is once the cloud is done with it. */
function still(api: HuaweiCloud, id: string, cluster: string | undefined): Promise<Fields> {
  const patience = { intervalMs: 10_000, timeoutMs: 600_000 };
  const look = async (): Promise<Fields | undefined> => {
    const item = await api.find(showAddon, { id, cluster_id: cluster });
    if (item !== undefined) requireAsked(addonLive(item), id);
    return item;
  };
  return settled(api, look, addonStillness, patience);
}

/**
 * The API takes parameters whole and sets those that are left out to the template's defaults: what is wanted is laid over what
 * is there. A new version brings its own basic parameters along, images among them. A field that is declared and does not
 * count as changed stays as it is there.
 */
async function update(api: HuaweiCloud, alteration: Alteration<Wanted>): Promise<void> {
  const { id, spec: wanted, applied, changed } = alteration;
  if (!isAsked(wanted, changed)) return;
  const now = recordOf(await still(api, id, wanted.clusterId), "spec");
  const there = recordOf(now, "values");
  const running = textOf(now, "version");
  const version = changed.includes("version") ? (wanted.version ?? running) : running;
  const basic = version === running ? undefined : await basicOf(api, wanted, version);
  const kept = changed.includes("values") ? withoutDropped(there, applied["values"], wanted.values) : there;
  const base = isFields(kept) && basic !== undefined ? { ...kept, basic } : kept;
  const values = changed.includes("values") ? wanted.values : restrict(there, [wanted.values ?? {}], {});
  const request = requestOf("upgrade", wanted, version, laidOver(base, values));
  await api.call(updateAddon, { id, cluster_id: wanted.clusterId }, request);
}

/** A version that is not written any more stays what it is. */
function isAsked({ version }: { readonly version?: unknown }, changed: readonly string[]): boolean {
  return changed.includes("values") || (changed.includes("version") && version !== undefined);
}

/** The basic parameters of a template's version; undefined where the template does not offer it. */
async function basicOf(api: HuaweiCloud, wanted: Wanted, version: string | undefined): Promise<Value | undefined> {
  const { addonTemplateName: name, clusterId } = wanted;
  const answer = await api.call(listTemplates, { addon_template_name: name, cluster_id: clusterId });
  const template = rowsOf(answer, "items").find((item) => textOf(recordOf(item, "metadata"), "name") === name);
  const versions = template === undefined ? [] : rowsOf(recordOf(template, "spec"), "versions");
  const found = versions.find((one) => textOf(one, "version") === version);
  return found === undefined ? undefined : recordOf(recordOf(found, "input"), "basic");
}

function requestOf(
  verb: "install" | "upgrade",
  wanted: Wanted,
  version: string | undefined,
  values: Value | undefined,
): Fields {
  return {
    kind: "Addon",
    apiVersion: "v3",
    metadata: { annotations: { [`addon.${verb}/type`]: verb } },
    spec: present({
      clusterID: wanted.clusterId,
      addonTemplateName: wanted.addonTemplateName,
      version,
      values: laidOver({ basic: {} }, values),
    }),
  };
}
