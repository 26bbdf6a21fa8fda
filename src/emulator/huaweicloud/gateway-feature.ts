import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { SUPPORTED_FEATURES } from "./gateway-answer.ts";
import { findByOlder, findGateway, listed } from "./gateway-rules.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { page } from "./page.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";

/** How long a feature stays as it is once it was changed, in milliseconds. */
const PAUSE = 60_000;

/** The operations on what can be switched on and off in a gateway. */
export const gatewayFeatureOperations = {
  CreateFeatureV2: operation(catalogue.CreateFeatureV2, setFeature),
  ListFeaturesV2: operation(catalogue.ListFeaturesV2, ({ path, query }, context) => {
    const features = listed(context, findByOlder(context, path.instance_id))?.features ?? [];
    const shown = context.shown(features, false).map((feature) => featureAnswer(feature, path.instance_id));
    return page("features", shown, query, context);
  }),
  ListInstanceFeatures: operation(catalogue.ListInstanceFeatures, ({ path, query }, context) => {
    findGateway(context, path.instance_id);
    return page("features", context.shown(SUPPORTED_FEATURES, false), query, context);
  }),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function setFeature({ path, body }: Input<(typeof catalogue)["CreateFeatureV2"]>, context: Context): Reply {
  const { name } = body;
  const gateway = findByOlder(context, path.instance_id);
  if (!SUPPORTED_FEATURES.includes(name)) throw apigRefusal(400, "APIG.2000", `unrecognized feature ${name}`);
  const others = (gateway.features ?? []).filter((feature) => feature.name !== name);
  const present = (gateway.features ?? []).find((feature) => feature.name === name);
  if (present && context.now - present.update_time < PAUSE) {
    throw apigRefusal(409, "APIG.3711", "A configuration parameter can be modified only once per minute");
  }
  const feature = { ...body, id: present?.id ?? context.newId(), update_time: context.now };
  context.store.put("ApigInstance", { ...gateway, features: [...others, feature] });
  return { status: context.wire === "sdk" ? 201 : 200, body: featureAnswer(feature, path.instance_id) };
}

function featureAnswer(feature: NonNullable<Gateway["features"]>[number], instance_id: string): object {
  const update_time = new Date(feature.update_time).toISOString().replace("Z", "000Z");
  return { ...feature, instance_id, update_time };
}
