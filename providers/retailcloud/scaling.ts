import { recordOf } from "../../src/core/answer-fields.ts";
import { failure } from "../../src/core/errors.ts";
import type { RetailCloud } from "./client.ts";
import { idOf } from "./decode.ts";
import { scaleApp } from "./deploy-actions.ts";
import { closeCommand, orderDetail, orderPhrase } from "./deploy-order.ts";
import { failureReport } from "./failure-report.ts";

/** Milliseconds between two looks, and looks at most: a quarter of an hour. */
const lookMs = 3000;
const mostLooks = 300;

/** Asks for so many instances in an environment that runs, and answers the order; what is not admitted throws `E_REFUSED`. */
export async function scale(api: RetailCloud, environment: string, replicas: number): Promise<string> {
  const answer = await api.call(scaleApp, { EnvId: environment, Replicas: replicas });
  return idOf(recordOf(answer, "Result"), "DeployOrderId");
}

/** Waits until a scaling has ended: it keeps rollouts out of its environment. `E_NOT_READY` where it failed or does not end. */
export async function scalingEnds(api: RetailCloud, id: string): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const order = await orderDetail(api, id);
    if (order === undefined || order.result === "succeeded") return;
    if (order.status === "finished" || order.result === "failed") {
      const details = await failureReport(api, id);
      const message = `scaling: ${orderPhrase(order)} has failed`;
      if (order.status === "finished") throw failure("E_NOT_READY", message, { details });
      const help = `it keeps others out until it is closed: ${closeCommand(order.environment)}`;
      throw failure("E_NOT_READY", `${message}, and is still open`, { details, help });
    }
    await api.pause(lookMs);
  }
  throw failure("E_NOT_READY", `scaling: order ${id} does not end`, { help: "look at it in the cloud" });
}
