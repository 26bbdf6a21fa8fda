import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { eventual, findGateway, findRunning, listed, withStep } from "./gateway-rules.ts";
import { type Context, type Operation, operation, type Reply } from "./operation.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";

/** After how many milliseconds a load balancer shows, or shows no more. */
const LAG = 10_000;

/** The operations on the load balancers that a gateway of an NLB edition stands behind. */
export const gatewayElbOperations = {
  ListExtraElbs: operation(catalogue.ListExtraElbs, ({ path }, context) => {
    const gateway = listed(context, findGateway(context, path.instance_id));
    const elbs = (gateway?.elb_ids ?? []).map((elb_id) => ({ elb_id }));
    return { status: 200, body: { elbs: context.shown(elbs, false) } };
  }),
  BatchCreateExtraElbs: operation(catalogue.BatchCreateExtraElbs, ({ path, body }, context) => {
    const given = body.elb_details.map(({ id }) => id);
    return change(context, path.instance_id, (bound) => [...new Set([...bound, ...given])]);
  }),
  BatchDeleteExtraElbs: operation(catalogue.BatchDeleteExtraElbs, ({ path, body }, context) =>
    change(context, path.instance_id, (bound) => bound.filter((id) => !body.elb_ids.includes(id))),
  ),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function change(context: Context, id: string, to: (bound: readonly string[]) => string[]): Reply {
  const gateway: Gateway = findRunning(context, id);
  if (!gateway.spec_id.startsWith("NLB_")) {
    throw apigRefusal(400, "APIC.7242", "Load balancing is not supported by this edition");
  }
  const elb_ids = to(eventual(gateway).elb_ids ?? []);
  context.store.put("ApigInstance", withStep(gateway, { at: context.now + LAG, becomes: { elb_ids } }));
  return { status: 202, body: { instance_id: id } };
}
