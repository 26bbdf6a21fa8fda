import { describe, expect, it } from "vitest";
import type { RetailCloud } from "../../../providers/retailcloud/client.ts";
import { idOf } from "../../../providers/retailcloud/decode.ts";
import { deployApp, resumeDeploy } from "../../../providers/retailcloud/deploy-actions.ts";
import {
  type DeployOrder,
  deployOrders,
  isNewer,
  openOrders,
  orderDetail,
  orderPhrase,
  progressOf,
} from "../../../providers/retailcloud/deploy-order.ts";
import { failureReport } from "../../../providers/retailcloud/failure-report.ts";
import { recordOf } from "../../../src/core/answer-fields.ts";
import { createEmulator, type Emulator } from "../../../src/emulator/index.ts";
import { PLATFORM } from "../../emulator/platform-seed.ts";
import { fakeCloud, json, retail } from "./retail-world.ts";

const environment = "13";
const order = (DeployOrderId: string, more: object = {}) => ({ DeployOrderId, EnvId: environment, ...more });

/** An environment with rollouts, a scaling, and somebody else's rollout of another environment. */
const seed = {
  ...PLATFORM,
  history: {
    deployOrders: [
      order("99", { Name: "v1" }),
      order("101", { Name: "v3", UserId: "wang", StartTime: "2026-11-01T08:00:00.000Z", Status: 3, Result: 4 }),
      order("100", { Name: "v2", Status: 3, Result: 2, Description: "the second" }),
      order("9007199254740993", { Name: "more pods", DeployCategory: "scale", Status: 2 }),
      { DeployOrderId: "102", EnvId: "77", Name: "elsewhere" },
    ],
  },
};

async function seeded(more: object = {}): Promise<{ emulator: Emulator; api: RetailCloud }> {
  const emulator = createEmulator({ seed, ...more });
  return { emulator, api: await retail(emulator.fetch) };
}

describe.each(["sdk", "manual"] as const)("in the style %s", (wire) => {
  it("the rollouts of an environment come newest first, whatever the pages and the order of rows", async () => {
    const { api } = await seeded({ wire, pageLimit: 1 });
    const orders = await deployOrders(api, environment);
    expect(orders.map(({ id, name, status, result }) => [id, name, status, result])).toEqual([
      ["101", "v3", "finished", "closed"],
      ["100", "v2", "finished", "failed"],
      ["99", "v1", "finished", "succeeded"],
    ]);
    expect(await deployOrders(api, "78")).toEqual([]);
  });

  it("scalings are asked for by their category, and open orders without any", async () => {
    const { api } = await seeded({ wire });
    const scalings = await deployOrders(api, environment, "scale");
    expect(scalings.map(({ name, status }) => [name, status])).toEqual([["more pods", "paused"]]);
    expect((await openOrders(api, environment)).map(({ id }) => id)).toEqual(["9007199254740993"]);
  });

  it("one order shows its progress, and what does not exist is nothing", async () => {
    const { api } = await seeded({ wire });
    const one = await orderDetail(api, "100");
    expect(one).toMatchObject({ batch: 1, batches: 1, finishedPods: 0, totalPods: 0, description: "the second" });
    expect(await orderDetail(api, "55")).toBeUndefined();
  });

  it("a failed order is reported with its pods, their events and the end of their log", async () => {
    const { emulator, api } = await seeded({ wire });
    emulator.setFaults({ rules: [{ match: {}, effect: "fail-pod", reason: "DB_PASSWORD=hunter2 is wrong" }] });
    await api.call(resumeDeploy, { DeployOrderId: "9007199254740993" });
    emulator.advance(5000);
    const answer = await api.call(deployApp, { EnvId: environment, Name: "v4", TotalPartitions: 1 });
    const id = idOf(recordOf(answer, "Result"), "DeployOrderId");
    emulator.advance(5000);
    const report = (await failureReport(api, id)).join("\n");
    expect(report).toMatch(/^pod app-instance-\d+-2 failed\n {2}events:\n {4}Normal Scheduled assigned/);
    expect(report).toContain("    Warning BackOff DB_PASSWORD=(secret) is wrong (3 times)");
    expect(report).toMatch(/ {2}log:\n.*starting app-instance-\d+-2\n.*error: DB_PASSWORD=\(secret\) is wrong$/);
  });
});

describe("a report", () => {
  it("says what could not be asked for, and never throws", async () => {
    const { emulator, api } = await seeded();
    emulator.setFaults({ rules: [{ match: { action: "ListPods" }, effect: "refused" }] });
    expect(await failureReport(api, "100")).toEqual(["its pods could not be listed"]);
  });

  it("tells of three pods and counts the others", async () => {
    const pods = [1, 2, 3, 4, 5].map((n) => ({ AppInstanceId: `p${n}`, DeployPartitionNum: 1, Result: 2 }));
    const { fetch } = fakeCloud(json({ Code: 0, TotalCount: 5, Data: pods }), json({ Code: 9, ErrMsg: "no" }));
    const report = await failureReport(await retail(fetch), "1");
    expect(report.filter((line) => line.startsWith("pod"))).toEqual([
      "pod p1 failed",
      "pod p2 failed",
      "pod p3 failed",
    ]);
    expect(report).toContain("    (could not be asked for)");
    expect(report.at(-1)).toBe("and 2 more pods that failed");
  });

  it("says so where there are neither events nor a log", async () => {
    const list = json({ Code: 0, TotalCount: 1, Data: [{ AppInstanceId: "p1", Result: 2 }] });
    const { fetch } = fakeCloud(list, json({ Code: 0, Result: {} }));
    expect(await failureReport(await retail(fetch), "1")).toEqual(["pod p1 failed", "  events: none", "  log: none"]);
  });
});

describe("words of an order", () => {
  const plain: DeployOrder = { id: "7", name: "v1", environment: "1", status: "deploying", result: "deploying" };

  it("name who made it and when, as far as shown", () => {
    expect(orderPhrase(plain)).toBe("order 7 (v1)");
    expect(orderPhrase({ ...plain, user: "wang", started: "2026-11-01" })).toBe(
      "order 7 (v1 by wang since 2026-11-01)",
    );
  });

  it("tell its progress as far as shown", () => {
    expect(progressOf(plain)).toBe("");
    expect(progressOf({ ...plain, batch: 1, batches: 2, finishedPods: 3, totalPods: 6 })).toBe(
      "batch 1 of 2, 3 of 6 pods",
    );
  });

  it("compare ids as numbers, also above 2^53", () => {
    expect(isNewer("10", "9")).toBe(true);
    expect(isNewer("9007199254740993", "9007199254740992")).toBe(true);
    expect(isNewer("9", "9")).toBe(false);
  });

  it("an order in a state that nobody knows counts as under way", async () => {
    const row = { DeployOrderId: 1, EnvId: 2, Status: 8, Result: 9 };
    const { fetch } = fakeCloud(json({ Code: 0, TotalCount: 1, Data: [row] }));
    expect(await deployOrders(await retail(fetch), "2")).toMatchObject([
      { name: "order 1", status: "deploying", result: "deploying" },
    ]);
  });
});
