import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { findByOlder, findGateway, listed } from "./gateway-rules.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { apigRefusal } from "./refusal.ts";

const MOST = 20;

/** The operations on a gateway's tags. */
export const gatewayTagOperations = {
  ListInstanceTags: operation(catalogue.ListInstanceTags, ({ path }, context) => {
    const gateway = findByOlder(context, path.instance_id);
    const tags = context.shown(listed(context, gateway)?.tags ?? [], false);
    const resource = { resource_id: gateway.instance_id, resource_name: gateway.instance_name, resouce_detail: null };
    return { status: 200, body: { ...resource, tags } };
  }),
  BatchCreateOrDeleteInstanceTags: operation(catalogue.BatchCreateOrDeleteInstanceTags, changeTags),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function changeTags(
  { path, body }: Input<(typeof catalogue)["BatchCreateOrDeleteInstanceTags"]>,
  context: Context,
): Reply {
  const gateway = findGateway(context, path.instance_id);
  const named = new Set(body.tags.map(({ key }) => key));
  const kept = (gateway.tags ?? []).filter(({ key }) => !named.has(key));
  const added = body.tags.map(({ key, value = "" }) => ({ key, value }));
  const tags = body.action === "create" ? [...kept, ...added] : kept;
  if (tags.length > MOST) throw apigRefusal(403, "APIC.7402", `A gateway has ${MOST} tags at most`);
  context.store.put("ApigInstance", { ...gateway, tags });
  return { status: 204 };
}
