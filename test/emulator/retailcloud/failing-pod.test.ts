import { describe, expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { PLATFORM } from "../platform-seed.ts";

const PAGES = { PageNumber: "1", PageSize: "50" };
const DEPLOY = { EnvId: "13", Name: "v2", TotalPartitions: "2" };

const seeded = (more = {}) => cloud({ seed: PLATFORM, ...more });
const fail = (it: Cloud, match: object, more = {}) =>
  it.emulator.setFaults({ rules: [{ match, effect: "fail-pod", ...more }] });
const deploy = async ({ ask }: Cloud, more = {}) =>
  String((await ask("DeployApp", { ...DEPLOY, ...more })).result["DeployOrderId"]);
const detail = async ({ ask }: Cloud, DeployOrderId: string) =>
  (await ask("DescribeDeployOrderDetail", { DeployOrderId })).result;
const pods = async ({ ask }: Cloud, DeployOrderId: string, more = {}) =>
  (await ask("ListPods", { DeployOrderId, ...PAGES, ...more })).rows;
const events = async ({ ask }: Cloud, DeployOrderId: string, AppInstId: string) => {
  const { PodEvents } = (await ask("DescribePodEvents", { DeployOrderId, AppInstId })).result;
  return Array.isArray(PodEvents)
    ? PodEvents.map(({ Type, Reason, Message }) => [Type, Reason, Message].join(" "))
    : [];
};
const log = async ({ ask }: Cloud, DeployOrderId: string, AppInstId: string) => {
  const { DeployStepList } = (await ask("DescribePodLog", { DeployOrderId, AppInstId })).result;
  return Array.isArray(DeployStepList) ? DeployStepList[0] : undefined;
};

describe("fail-pod", () => {
  test("fails the rollout that it strikes in its last batch, with events and a log", async () => {
    const it = seeded();
    fail(it, { action: "DeployApp" }, { reason: "no database" });
    const id = await deploy(it, { DeployPacketUrl: "https://example.com/2.jar", DeployPacketId: "7" });
    const name = `app-instance-${id}-2`;
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 1n, CurrentPartitionNum: 2n, FailureRate: "0" });
    expect(await log(it, id, name)).toMatchObject({
      Status: "PROCESSING",
      StepLog: expect.not.stringContaining("error"),
    });
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 2n, ResultName: "失败", FailureRate: "0.5" });
    expect(await pods(it, id, { "ResultList.1": "2" })).toMatchObject([
      {
        AppInstanceId: name,
        DeployPartitionNum: 2n,
        Result: 2n,
        ResultName: "失败",
        Status: 3n,
        Region: "cn-zhangjiakou",
        DeploySteps: [{ StepCode: "StartAppInstance", StepName: "启动应用", Status: "FAIL" }],
      },
    ]);
    expect((await events(it, id, name)).at(-1)).toBe("Warning BackOff no database");
    expect(await events(it, id, `app-instance-${id}-1`)).toHaveLength(3);
    const told = await log(it, id, name);
    expect(told).toMatchObject({ Status: "FAIL", StepCode: "StartAppInstance" });
    expect(told?.StepLog.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "T")).toBe(
      `T downloading https://example.com/2.jar\nT downloading package 7\nT starting ${name}\nT error: no database\n`,
    );
    expect(await log(it, id, `app-instance-${id}-1`)).toMatchObject({ StepLog: expect.stringMatching(/ready\n$/) });
    const running = await it.ask("ListAppInstance", { AppId: "11", EnvId: "13", ...PAGES });
    expect(running.rows.map((row) => row["Health"])).toEqual(["RUNNING", "RUNNING", "ABNORMAL"]);
  });

  test("leaves the order open for as long as its rule says, with its failed pod, and nobody else in", async () => {
    const it = seeded();
    fail(it, { action: "DeployApp", nth: 1 }, { ms: 60_000 });
    const id = await deploy(it);
    it.emulator.advance(10_000);
    expect(await detail(it, id)).toMatchObject({ Status: 1n, Result: 0n, FailureRate: "0.5", FinishAppInstanceCt: 1n });
    expect((await pods(it, id)).map(({ Status, Result }) => [Status, Result])).toEqual([...[[3n, 1n]], ...[[3n, 2n]]]);
    expect(complaint(await it.call("DeployApp", DEPLOY))).toContain(`the unfinished deploy order ${id}`);
    expect(complaint(await it.call("ResumeDeploy", { DeployOrderId: id }))).toContain("is not paused");
    it.emulator.advance(59_000);
    expect(await detail(it, id)).toMatchObject({ Status: 1n });
    it.emulator.advance(1000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 2n });
    const next = await deploy(it);
    it.emulator.advance(10_000);
    expect(await detail(it, next)).toMatchObject({ Status: 3n, Result: 1n });
  });

  test("leaves an order that somebody can close", async () => {
    const it = seeded();
    fail(it, { action: "DeployApp", nth: 1 }, { ms: 3_600_000 });
    const id = await deploy(it);
    it.emulator.advance(20_000);
    await it.ask("CloseDeployOrder", { DeployOrderId: id });
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 4n });
    await deploy(it);
  });

  test("fails the batch that a resume begins, and says the usual reason", async () => {
    const it = seeded();
    await it.ask("UpdateEnvironment", { AppId: "11", AppEnvId: "13", Replicas: "3" });
    const id = await deploy(it, { PauseType: "each", TotalPartitions: "3" });
    it.emulator.advance(5000);
    fail(it, { action: "ResumeDeploy" });
    await it.ask("ResumeDeploy", { DeployOrderId: id });
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 2n, CurrentPartitionNum: 2n });
    expect(await pods(it, id)).toMatchObject([{ Result: 1n }, { Result: 2n }]);
    expect((await events(it, id, `app-instance-${id}-2`)).at(-1)).toMatch(/the process exited with code 1$/);
  });

  test("fails a scaling that starts pods, and not one that deletes them", async () => {
    const it = seeded();
    fail(it, {});
    const scale = async (Replicas: string) => {
      const { result } = await it.ask("ScaleApp", { EnvId: "13", Replicas });
      it.emulator.advance(5000);
      return (await detail(it, String(result["DeployOrderId"])))["Result"];
    };
    expect(await scale("1")).toBe(1n);
    expect(await scale("3")).toBe(2n);
  });

  test("leaves a resume alone that has no pods to start", async () => {
    const it = seeded();
    const id = await deploy(it, { PauseType: "each", TotalPartitions: "3" });
    for (const _ of [1, 2]) {
      it.emulator.advance(5000);
      if (_ === 2) fail(it, {});
      await it.ask("ResumeDeploy", { DeployOrderId: id });
    }
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 1n });
  });
});

describe("pods", () => {
  test("of an order are those of the batches that have begun, until it is closed", async () => {
    const it = seeded();
    const id = await deploy(it);
    expect(await pods(it, id)).toMatchObject([{ Status: 1n, StatusName: "部署中", Result: 0n }]);
    expect(await pods(it, id, { "StatusList.1": "3" })).toEqual([]);
    await it.ask("CloseDeployOrder", { DeployOrderId: id });
    expect(await pods(it, id)).toMatchObject([
      { Status: 3n, Result: 4n, ResultName: "人为置为失败", DeploySteps: [{ Status: "FAIL" }] },
    ]);
    expect(await pods(it, "99")).toEqual([]);
  });

  test("that have not begun have neither events nor a log", async () => {
    const it = seeded();
    const id = await deploy(it);
    expect(await events(it, id, `app-instance-${id}-2`)).toEqual([]);
    expect(await log(it, id, `app-instance-${id}-2`)).toMatchObject({ Status: "PROCESSING", StepLog: "" });
  });

  test("lose their events after an hour, but not their log", async () => {
    const it = seeded();
    const id = await deploy(it);
    it.emulator.advance(3_600_000);
    expect(await events(it, id, `app-instance-${id}-1`)).toHaveLength(3);
    it.emulator.advance(10_000);
    expect(await events(it, id, `app-instance-${id}-1`)).toEqual([]);
    expect(await log(it, id, `app-instance-${id}-1`)).toMatchObject({ StepLog: expect.stringContaining("ready") });
  });

  test("that are deleted say so", async () => {
    const it = seeded();
    const { result } = await it.ask("ScaleApp", { EnvId: "13", Replicas: "1" });
    const id = String(result["DeployOrderId"]);
    expect(await log(it, id, "pod-2")).toMatchObject({ StepLog: expect.stringMatching(/stopping\n$/) });
    it.emulator.advance(5000);
    expect(await events(it, id, "pod-2")).toEqual(["Normal Killing stopping the container"]);
    expect(await log(it, id, "pod-2")).toMatchObject({ StepLog: expect.stringMatching(/deleted\n$/) });
  });

  test.each(["DescribePodLog", "DescribePodEvents"])(
    "%s of an unknown order or instance is refused",
    async (action) => {
      const { call } = seeded();
      const told = async (DeployOrderId: string) =>
        complaint(await call(action, { DeployOrderId, AppInstId: "pod-9" }));
      expect(await told("40")).toBe("200 404: in deploy order 40, instance pod-9 does not exist");
      expect(await told("99")).toBe("200 404: deploy order 99 does not exist");
    },
  );
});
