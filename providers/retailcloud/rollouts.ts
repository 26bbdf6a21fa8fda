import { recordOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { RolloutOrder, RolloutPlace, RolloutPod, Rollouts } from "../../src/core/rollouts.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import type { Params } from "./action.ts";
import { actionNamed } from "./catalogue/catalogue.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, parentOf, shown, textOf } from "./decode.ts";
import { closeDeployOrder, deployApp, resumeDeploy } from "./deploy-actions.ts";
import { deployOrders, isNewer, type OrderCategory, orderDetail } from "./deploy-order.ts";
import { failureReport, podEvents, podLog } from "./failure-report.ts";
import { orderPods } from "./order-pods.ts";
import { resultIn } from "./order-result.ts";

/** Rollouts as RetailCloud has them: deploy orders of an environment. */
export const retailcloudRollouts: Rollouts = {
  environments: "Environment",
  declaredBy: "Rollout",
  firstLookMs: 2_000,
  intervalMs: 5_000,
  timeoutMs: 3_600_000,
  orders: async (api, environment) => {
    const of = async (category: OrderCategory): Promise<readonly RolloutOrder[]> =>
      (await deployOrders(cloud(api), environment, category)).map((order) => ({ ...order, category }));
    const [deploys, scalings] = await Promise.all([of("deploy"), of("scale")]);
    // Whether the filter by category works is not documented: an order that came for both counts as a rollout.
    const rollouts = new Set(deploys.map(({ id }) => id));
    const all = [...deploys, ...scalings.filter(({ id }) => !rollouts.has(id))];
    return all.sort((one, other) => (isNewer(one.id, other.id) ? -1 : 1));
  },
  order: async (api, { id, category }) => {
    const order = await orderDetail(cloud(api), id);
    return order === undefined ? undefined : { ...order, category };
  },
  pods: async (api, order) => (await orderPods(cloud(api), order)).map(toPod),
  events: (api, order, pod) => podEvents(cloud(api), order, pod),
  log: (api, order, pod) => podLog(cloud(api), order, pod),
  report: (api, order) => failureReport(cloud(api), order),
  resume: async (api, order) => void (await cloud(api).call(resumeDeploy, { DeployOrderId: order })),
  close: async (api, order) => void (await cloud(api).call(closeDeployOrder, { DeployOrderId: order })),
  running: async (api, place) => {
    const name = (row: Fields) => idOf(row, "AppInstanceId");
    const action = actionNamed("ListAppInstance", ["AppInstanceId"]);
    return (await cloud(api).pages<string>(action, paramsOf(place), { id: name })).map(name);
  },
  restart: async (api, place, instances) => {
    // What a list that is left out means is not documented: every instance is named.
    const params: Params = { ...paramsOf(place), AppInstanceIdList: instances };
    await cloud(api).call<string>(actionNamed("RestartAppInstance"), params);
  },
  lastPackage: async (api, place) => {
    const baseline = actionNamed("DescribeAppEnvDeployBaseline", ["PacketId", "PacketUrl"]);
    const found = (await cloud(api).find<string>(baseline, paramsOf(place))) ?? {};
    return shown({ packageUrl: textOf(found, "PacketUrl"), packageId: textOf(found, "PacketId") });
  },
  deploy: async (api, environment, spec) => {
    const answer = await cloud(api).call(deployApp, {
      EnvId: environment,
      Name: textOf(spec, "release"),
      TotalPartitions: wholeOf(spec, "partitions") ?? 2,
      DeployPacketUrl: textOf(spec, "packageUrl"),
      DeployPacketId: textOf(spec, "packageId"),
      ContainerImageList: textsOf(spec["containerImages"]),
      InitContainerImageList: textsOf(spec["initContainerImages"]),
      UpdateStrategyType: textOf(spec, "updateStrategyType"),
      PauseType: textOf(spec, "pause"),
      ArmsFlag: spec["arms"] === true ? true : undefined,
      Description: textOf(spec, "description"),
    });
    return idOf(recordOf(answer, "Result"), "DeployOrderId");
  },
};

function cloud(api: unknown): RetailCloud {
  return api as RetailCloud;
}

function paramsOf({ id, scope }: RolloutPlace) {
  return { AppId: parentOf(scope, "app"), EnvId: id };
}

function textsOf(value: Value | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function toPod(row: Fields): RolloutPod {
  const batch = wholeOf(row, "DeployPartitionNum");
  const ip = textOf(row, "PodIp");
  const updated = textOf(row, "UpdateTime");
  return {
    name: idOf(row, "AppInstanceId"),
    result: resultIn(row),
    ...(batch === undefined ? {} : { batch }),
    ...(ip === undefined ? {} : { ip }),
    ...(updated === undefined ? {} : { updated }),
  };
}
