import { z } from "zod";
import { recordOf } from "../../src/core/answer-fields.ts";
import type { Aftermath, Resolved } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { carried, disruption, immutable } from "../../src/core/traits.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { idOf, keyOf, parentOf } from "./decode.ts";
import { closeDeployOrder, deployApp, resumeDeploy } from "./deploy-actions.ts";
import {
  closeCommand,
  type DeployOrder,
  deployOrders,
  describeDeployOrder,
  listDeployOrders,
  openOrders,
  orderDetail,
} from "./deploy-order.ts";
import { describePodEvents, describePodLog, failureReport } from "./failure-report.ts";
import { described, exampled, externalId, optionalList, optionalText, text } from "./fields.ts";
import { listPods } from "./order-pods.ts";
import { defineResource } from "./resource.ts";
import { liveRollout, newestOrder, rolloutCondition, rolloutObstacle } from "./rollout-state.ts";

const images = () => carried(optionalList(text()));

const spec = z.strictObject({
  environment: immutable(reference("Environment")),
  release: described(
    disruption(text(), "restart"),
    "what it is to run, the name of the deploy order; another name deploys",
  ),
  packageUrl: described(
    exampled(
      carried(
        z
          .string()
          .regex(/^https?:\/\//i, "must begin with http:// or https://")
          .optional(),
      ),
      "https://packages.example.com/web.jar",
    ),
    "where the package is downloaded from",
  ),
  packageId: described(
    carried(externalId().optional()),
    "a package of the platform's own store; instead of packageUrl",
  ),
  containerImages: described(images(), "the images of its containers"),
  initContainerImages: described(images(), "the images of its init containers"),
  updateStrategyType: described(carried(optionalText()), "how the cluster updates it, in the API's own words"),
  partitions: described(carried(z.int().min(1).default(2)), "in how many batches; the first shows whether it is good"),
  pause: described(
    carried(z.enum(["first", "each", "none"]).default("none")),
    "after which batches it waits until somebody resumes it",
  ),
  arms: described(carried(z.boolean().default(false)), "whether ARMS monitors it"),
  description: described(carried(optionalText()), "what stands with the deploy order"),
  onFailure: described(
    carried(z.enum(["close", "leave"]).default("leave")),
    "what becomes of an order that has failed and is still open: it keeps others out until it is closed",
  ),
});

type Wanted = z.output<typeof spec>;

/**
 * The release that an environment runs. Its object is the environment's history of deploy orders, its id the environment's; the
 * newest order of category `deploy` is what is seen. A difference is made by the release (and the content of the deploy
 * config) alone: what else is declared goes along with a deployment, and the API does not show it.
 */
export const rollout = defineResource({
  kind: "Rollout",
  description: "the release that an environment runs; a new one is deployed in batches",
  spec,
  scope: ["environment"],
  identity: ({ environment }) => keyOf(environment),
  constraints: ({ packageUrl, packageId }) =>
    packageUrl === undefined || packageId === undefined
      ? []
      : [{ field: "packageId", message: "excludes packageUrl; keep one of the two" }],
  // Its pods need a cluster, and the claims that they mount.
  after: [
    { kind: "AppResourceAlloc", when: (mine, theirs) => keyOf(mine["environment"]) === keyOf(theirs["environment"]) },
    {
      kind: "PersistentVolumeClaim",
      when: (mine, theirs) => keyOf(mine["environment"]) === keyOf(theirs["environment"]),
    },
  ],
  triggeredBy: ["environment.deployConfig"],
  history: { mark: ({ facts = {} }) => String(facts["order"]), obstacle: rolloutObstacle },
  readiness: { check: rolloutCondition, firstLookMs: 2000, intervalMs: 5000, timeoutMs: 3_600_000 },
  calls: {
    list: listDeployOrders,
    read: describeDeployOrder,
    create: deployApp,
    update: [deployApp],
    resume: resumeDeploy,
    also: [closeDeployOrder, listPods, describePodEvents, describePodLog],
  },
  list: async (api, scope) => {
    // Only one that is under way has more to tell than its row does.
    const live = await seen(api, parentOf(scope, "environment"), ({ status }) => status === "deploying");
    return live === undefined ? [] : [live];
  },
  // Lists may leave out how far it is.
  read: (api, { id }) => seen(api, id, () => true),
  create: async (api, { spec: wanted }) => {
    await deploy(api, wanted);
    return { id: wanted.environment };
  },
  update: (api, { spec: wanted }) => deploy(api, wanted),
  resume: async (api, { id }) => {
    const order = await newestOrder(api, id);
    if (order === undefined || order.status !== "paused") return;
    await callUnless(
      () => api.call(resumeDeploy, { DeployOrderId: order.id }),
      async () => (await orderDetail(api, order.id))?.status !== "paused",
    );
  },
  aftermath: async (api, { id, spec: wanted }) => {
    const newest = await newestOrder(api, id);
    // Somebody else's order is nobody's to be closed here.
    if (newest === undefined || newest.name !== wanted["release"]) return { told: [] };
    const order = (await orderDetail(api, newest.id)) ?? newest;
    const told = await failureReport(api, order.id);
    const closed = await closing(api, order, wanted["onFailure"] === "close");
    return { ...closed, told: [...told, ...closed.told] };
  },
});

/** An environment's rollouts; of the newest one all that the cloud shows, where its row does not do. */
async function seen(api: RetailCloud, environment: string, isInteresting: (newest: DeployOrder) => boolean) {
  const [[newest, ...older], open] = await Promise.all([deployOrders(api, environment), openOrders(api, environment)]);
  if (newest === undefined) return undefined;
  const shown = isInteresting(newest) ? ((await orderDetail(api, newest.id)) ?? newest) : newest;
  return liveRollout(environment, [shown, ...older], open);
}

async function deploy(api: RetailCloud, wanted: Resolved<Wanted>): Promise<void> {
  const answer = await api.call(deployApp, {
    EnvId: wanted.environment,
    Name: wanted.release,
    TotalPartitions: wanted.partitions,
    DeployPacketUrl: wanted.packageUrl,
    DeployPacketId: wanted.packageId,
    ContainerImageList: wanted.containerImages,
    InitContainerImageList: wanted.initContainerImages,
    UpdateStrategyType: wanted.updateStrategyType,
    PauseType: wanted.pause,
    ArmsFlag: wanted.arms,
    Description: wanted.description,
  });
  // An answer without an order's id tells of no deployment, whatever its code says.
  idOf(recordOf(answer, "Result"), "DeployOrderId");
}

/** Closes an order that has failed and is still open, where that is wanted; says what stands open. */
async function closing(api: RetailCloud, order: DeployOrder, isWanted: boolean): Promise<Aftermath> {
  if (order.status === "finished") return { told: [] };
  // It takes long, and may still come to a good end.
  if (order.result !== "failed") {
    return { told: [`order ${order.id} is still under way: nothing of it is known to have failed`] };
  }
  const byHand = `close it with ${closeCommand(order.environment)}`;
  if (!isWanted) return { told: [], help: `order ${order.id} is left open, and keeps others out: ${byHand}` };
  try {
    await api.call(closeDeployOrder, { DeployOrderId: order.id });
    return { told: [`order ${order.id} was closed, as onFailure says`] };
  } catch {
    return { told: [], help: `order ${order.id} could not be closed, as onFailure says: ${byHand}` };
  }
}
