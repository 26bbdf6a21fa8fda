import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { gatewayDetail, gatewayRow } from "./gateway-answer.ts";
import { newGateway, progressOf } from "./gateway-creation.ts";
import { checkNameFree, checkUnlocked, findGateway, findRunning, windowOf, withStep } from "./gateway-rules.ts";
import { checkGrowth } from "./gateway-spec.ts";
import { MOVING, statusOf } from "./gateway-status.ts";
import { addressOf } from "./ids.ts";
import { jobReply } from "./job.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { page } from "./page.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";

type In<Name extends keyof typeof catalogue> = Input<(typeof catalogue)[Name]>;

/** How long a gateway is on its way, in milliseconds; a creation has a course of its own. */
const TAKES = { update: 10_000, resize: 20 * 60_000, remove: 60_000 };

/** The operations on dedicated gateways as a whole. */
export const gatewayOperations = {
  CreateInstanceV2: operation(catalogue.CreateInstanceV2, ({ body }, context) => {
    const gateway = newGateway(body, context);
    context.store.put("ApigInstance", gateway);
    return jobReply(context, gateway, "PROVISIONING_0003I", "provisioning");
  }),
  ListInstancesV2: operation(catalogue.ListInstancesV2, listGateways),
  ShowDetailsOfInstanceV2: operation(catalogue.ShowDetailsOfInstanceV2, ({ path }, context) => ({
    status: 200,
    body: gatewayDetail(findGateway(context, path.instance_id), context.wire),
  })),
  ShowDetailsOfInstanceProgressV2: operation(catalogue.ShowDetailsOfInstanceProgressV2, ({ path }, context) => ({
    status: 200,
    body: progressOf(findGateway(context, path.instance_id)),
  })),
  UpdateInstanceV2: operation(catalogue.UpdateInstanceV2, updateGateway),
  DeleteInstancesV2: operation(catalogue.DeleteInstancesV2, deleteGateway),
  CreatePostPayResizeOrder: operation(catalogue.CreatePostPayResizeOrder, resizeGateway),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function listGateways({ query }: In<"ListInstancesV2">, context: Context): Reply {
  const { instance_id, instance_name, status } = query;
  const isWanted = (gateway: Gateway) =>
    gateway.instance_id === (instance_id || gateway.instance_id) &&
    gateway.instance_name.includes(instance_name ?? "") &&
    statusOf(gateway) === (status || statusOf(gateway));
  const rows = context.view.rows("ApigInstance").filter(isWanted);
  const shown = context.shown(rows, Boolean(instance_id || instance_name || status));
  return page("instances", shown.map(gatewayRow), query, context);
}

function updateGateway({ path, body }: In<"UpdateInstanceV2">, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id);
  const { maintain_begin = gateway.maintain_begin, maintain_end = gateway.maintain_end, ...changes } = body;
  const window = windowOf(maintain_begin, maintain_end);
  if (changes.instance_name !== undefined) checkNameFree(context, changes.instance_name, path.instance_id);
  const sent = Object.entries(changes).filter(([, value]) => value !== undefined);
  const changed: Gateway = {
    ...{ ...gateway, ...Object.fromEntries(sent), maintain_begin: window.begin, maintain_end: window.end },
    status: "Updating",
  };
  const status = context.fails ? "UpdateFailed" : "Running";
  const row = withStep(changed, { at: context.now + TAKES.update, becomes: { status } });
  context.store.put("ApigInstance", row);
  return { status: 200, body: gatewayDetail(row, context.wire) };
}

function deleteGateway({ path }: In<"DeleteInstancesV2">, context: Context): Reply {
  const gateway = findGateway(context, path.instance_id);
  checkUnlocked(gateway);
  const status = statusOf(gateway);
  if (MOVING.has(status)) throw apigRefusal(409, "APIC.7701", `Instance status conflict: the instance is ${status}`);
  const at = context.now + TAKES.remove;
  const ending = context.fails ? { at, becomes: { status: "DeleteFailed" } } : { at, gone: true };
  context.store.put("ApigInstance", withStep({ ...gateway, status: "Deleting" }, ending));
  return { status: 204 };
}

function resizeGateway({ path, body: { spec_id } }: In<"CreatePostPayResizeOrder">, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id);
  checkUnlocked(gateway);
  checkGrowth(gateway.spec_id, spec_id);
  const at = context.now + TAKES.resize;
  const ingress_ip = addressOf("192.0.2", `${path.instance_id} ${spec_id}`);
  const becomes = context.fails ? { status: "ResizeFailed" } : { status: "Running", spec_id, ingress_ip };
  context.store.put("ApigInstance", withStep({ ...gateway, status: "Resizing" }, { at, becomes }));
  return jobReply(context, gateway, "RESIZE_0086I", "resizing");
}
