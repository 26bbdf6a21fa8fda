import type { Address } from "../../src/core/address.ts";
import type { OperationAction } from "../../src/core/change.ts";
import { fault } from "../../src/core/errors.ts";
import type { ApplyEvent } from "../../src/core/event.ts";

function step(action: OperationAction, address: Address) {
  return { key: `${action} ${address}`, address, action };
}

const app = step("create", "App/店铺");
const pay = step("record", "App/pay");
const environment = step("create", "Environment/storefront/prod");
const slb = step("create", "SlbAP/storefront/web");

/** An apply in which everything happens that can happen. */
export const events: readonly ApplyEvent[] = [
  { type: "begin", at: 1_000, steps: [app, pay, environment, slb] },
  { type: "started", at: 1_000, ...app },
  { type: "started", at: 1_010, ...pay },
  { type: "done", at: 1_020, ...pay, ms: 10 },
  { type: "progress", at: 4_000, ...app, message: "looking for the new object" },
  { type: "done", at: 6_200, ...app, ms: 5_200, id: "9007199254740993" },
  { type: "started", at: 6_200, ...environment },
  { type: "progress", at: 12_000, ...environment, message: "waiting for pods", percent: 39.6 },
  {
    ...{ type: "failed", at: 76_200, ...environment, ms: 70_000 },
    fault: fault("E_NOT_READY", "not ready after 70 s", {
      address: "Environment/storefront/prod",
      cloud: { action: "DescribeEnvironment", status: 200, code: "3", message: "权限错误", requestId: "A-1" },
    }),
  },
  { type: "skipped", at: 76_200, ...slb, cause: "Environment/storefront/prod" },
  { type: "end", at: 76_300 },
];
