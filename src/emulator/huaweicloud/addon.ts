import type { Failure } from "../api.ts";
import { addonAnswer } from "./addon-answer.ts";
import { effectiveValues, type SentValues } from "./addon-values.ts";
import { checkVersion, compareVersions, newest } from "./addon-version.ts";
import { cceCatalogue as catalogue } from "./catalogue/cce.ts";
import { uuid } from "./ids.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { codedRefusal, plainRefusal, statusRefusal, wrappedRefusal } from "./refusal.ts";
import type { Addon } from "./tables.ts";
import { findTemplate, templateOf } from "./templates.ts";

type In<Name extends keyof typeof catalogue> = Input<(typeof catalogue)[Name]>;

/** How long an add-on is on its way, in milliseconds; the last is when pods that do not start make it abnormal. */
const TAKES = { install: 40_000, upgrade: 40_000, rollback: 30_000, remove: 20_000, despair: 600_000 };

const MOVING = new Set(["installing", "upgrading", "rollbacking", "deleting"]);
const ROLLS_BACK = new Set(["running", "available", "abnormal", "upgradeFailed", "rollbackFailed"]);

/** The operations on the add-ons of a cluster. */
export const addonOperations: Record<Exclude<keyof typeof catalogue, "ListAddonTemplates">, Operation> = {
  ListAddonInstances: operation(catalogue.ListAddonInstances, ({ query }, { view, shown, wire }) => {
    const { cluster_id, addon_template_name: name } = query;
    const isWanted = (addon: Addon) =>
      addon.clusterID === cluster_id && addon.addonTemplateName === (name || addon.addonTemplateName);
    const rows = shown(view.rows("AddonInstance").filter(isWanted), Boolean(name));
    const items = rows.map((addon) => addonAnswer(addon, wire));
    return { status: 200, body: { kind: "Addon", apiVersion: "v3", items } };
  }),
  ShowAddonInstance: operation(catalogue.ShowAddonInstance, ({ path, query }, context) =>
    answer(200, find(context, path.id, query.cluster_id), context),
  ),
  CreateAddonInstance: operation(catalogue.CreateAddonInstance, install),
  UpdateAddonInstance: operation(catalogue.UpdateAddonInstance, upgrade),
  RollbackAddonInstance: operation(catalogue.RollbackAddonInstance, rollBack),
  DeleteAddonInstance: operation(catalogue.DeleteAddonInstance, ({ path, query }, context) => {
    const addon = find(context, path.id, query.cluster_id);
    checkLock(context, addon.clusterID);
    const at = context.now + TAKES.remove;
    const { fails } = context;
    const ending = fails
      ? { at, becomes: told("deleteFailed", fails, "the release could not be removed") }
      : { at, gone: true };
    put(context, { ...addon, status: "deleting", Reason: "addon deleting", message: "", coming: [ending] });
    return { status: 200, text: "success", headers: { "content-type": "text/plain" } };
  }),
};

function install({ body: { metadata, spec } }: In<"CreateAddonInstance">, context: Context): Reply {
  checkVerb(metadata, "install");
  const { clusterID, addonTemplateName, values } = spec;
  const template = findTemplate(addonTemplateName);
  if (!template) throw plainRefusal(404, "404", `addontemplate not exist: ${addonTemplateName}`);
  const version = spec.version ?? newest(template);
  checkVersion(template, version);
  const effective = effectiveValues(template, version, values);
  const isTwin = (addon: Addon) => addon.clusterID === clusterID && addon.addonTemplateName === addonTemplateName;
  if (context.store.rows("AddonInstance").some(isTwin)) {
    throw codedRefusal(409, "CCE.03409001", `Addon instance has installed: ${addonTemplateName}`);
  }
  checkLock(context, clusterID);
  const addon: Addon = {
    ...{ uid: uuid(context.newId()), clusterID, addonTemplateName, version, values: effective },
    ...{ status: "installing", Reason: "", message: "", creationTimestamp: stamp(context.now) },
    coming: [ending(context, TAKES.install, "Install complete", "installFailed")],
  };
  return answer(context.wire === "sdk" ? 201 : 200, put(context, addon), context);
}

function upgrade({ path, body: { metadata, spec } }: In<"UpdateAddonInstance">, context: Context): Reply {
  checkVerb(metadata, "upgrade");
  const addon = find(context, path.id, spec.clusterID);
  const { version, addonTemplateName } = spec;
  if (version === undefined) throw statusRefusal("spec.version is missing");
  if (addonTemplateName !== addon.addonTemplateName) {
    throw statusRefusal(`spec.addonTemplateName is ${addonTemplateName}, but the add-on is ${addon.addonTemplateName}`);
  }
  checkNotOlder(addon, version);
  const values = effectiveValues(templateOf(addonTemplateName), version, spec.values satisfies SentValues);
  checkLock(context, addon.clusterID);
  const upgraded: Addon = {
    ...{ ...addon, version, values, status: "upgrading", Reason: "addon upgrading", message: "" },
    ...{ previousVersion: addon.version, previousValues: addon.values },
    coming: [ending(context, TAKES.upgrade, "Upgrade complete", "upgradeFailed")],
  };
  return answer(200, put(context, upgraded), context);
}

function rollBack({ path, body }: In<"RollbackAddonInstance">, context: Context): Reply {
  const { previousVersion, previousValues, ...addon } = find(context, path.id, body.clusterID);
  checkLock(context, addon.clusterID);
  if (previousVersion === undefined || !ROLLS_BACK.has(addon.status ?? "running")) {
    throw statusRefusal(`the add-on ${addon.addonTemplateName} cannot be rolled back`);
  }
  const rolled: Addon = {
    ...{ ...addon, version: previousVersion, values: previousValues },
    ...{ status: "rollbacking", Reason: "addon rollbacking", message: "" },
    coming: [ending(context, TAKES.rollback, "Rollback complete", "rollbackFailed")],
  };
  return answer(200, put(context, rolled), context);
}

/** The verb travels in an annotation; one page of the manual puts it straight into `metadata`. */
function checkVerb(metadata: Readonly<Record<string, unknown>>, verb: "install" | "upgrade"): void {
  const { annotations } = metadata as { readonly annotations?: unknown };
  const key = `addon.${verb}/type`;
  const told = typeof annotations === "object" && annotations !== null ? Reflect.get(annotations, key) : undefined;
  if ((told ?? metadata[key]) !== verb) {
    const what = verb === "upgrade" ? "Update" : "Install";
    throw wrappedRefusal(400, "SVCSTG.CCE-ADDONMGR.400", `${what} addon error: not support type`);
  }
}

function checkNotOlder({ addonTemplateName, version: present }: Addon, version: string): void {
  if (version === present) return;
  checkVersion(templateOf(addonTemplateName), version);
  if (compareVersions(version, present) < 0) {
    throw statusRefusal(`version ${version} is older than ${present}; roll back instead`);
  }
}

/** A cluster does one thing with its add-ons at a time. */
function checkLock({ store }: Context, clusterID: string): void {
  const isMoving = (addon: Addon) => addon.clusterID === clusterID && MOVING.has(addon.status ?? "running");
  const moving = store.rows("AddonInstance").find(isMoving);
  if (moving) {
    const by = `${moving.addonTemplateName} is ${moving.status}`;
    throw codedRefusal(429, "CCE.01429002", `Resource locked by other requests: ${by}`);
  }
}

function find({ store }: Context, uid: string, clusterID: string | undefined): Addon {
  const addon = store.find("AddonInstance", uid);
  if (!addon || addon.clusterID !== (clusterID ?? addon.clusterID)) {
    throw codedRefusal(404, "CCE.03404001", `Resource not found: add-on ${uid}`);
  }
  return addon;
}

type Step = NonNullable<Addon["coming"]>[number];

function ending({ now, fails }: Context, takes: number, done: string, failed: string): Step {
  const at = now + (fails?.what === "pods" ? TAKES.despair : takes);
  const updateTimestamp = stamp(at);
  if (!fails) return { at, becomes: { status: "running", Reason: done, message: "", updateTimestamp } };
  const [status, usual] = fails.what === "pods" ? ["abnormal", "pods are not ready"] : [failed, "the release failed"];
  return { at, becomes: { ...told(status, fails, usual), updateTimestamp } };
}

function told(status: string, { reason, code }: Failure, usual: string): NonNullable<Step["becomes"]> {
  return { status, Reason: reason ?? usual, message: code ?? "" };
}

function put({ store, now }: Context, addon: Addon): Addon {
  const row = { ...addon, updateTimestamp: stamp(now) };
  store.put("AddonInstance", row);
  return row;
}

function answer(status: number, addon: Addon, { wire }: Context): Reply {
  return { status, body: addonAnswer(addon, wire) };
}

/** A time as CCE writes it: UTC, to the second. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "");
}
