import { describe, expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { PLATFORM } from "../platform-seed.ts";

const PAGES = { PageNumber: "1", PageSize: "50" };
const ENV = { AppId: "11", EnvId: "13" };
const DEPLOY = { EnvId: "13", Name: "v2", TotalPartitions: "2" };

const seeded = (more = {}) => cloud({ seed: PLATFORM, ...more });
const deploy = async ({ ask }: Cloud, more = {}) =>
  String((await ask("DeployApp", { ...DEPLOY, ...more })).result["DeployOrderId"]);
const detail = async ({ ask }: Cloud, DeployOrderId: string) =>
  (await ask("DescribeDeployOrderDetail", { DeployOrderId })).result;
const running = async ({ ask }: Cloud) =>
  (await ask("ListAppInstance", { ...ENV, ...PAGES })).rows.map((row) => `${row["AppInstanceId"]} ${row["Health"]}`);

describe("a scaling", () => {
  test("starts what is missing, and notes the number with the environment", async () => {
    const it = seeded();
    const { result } = await it.ask("ScaleApp", { EnvId: "13", Replicas: "4", TotalPartitions: "2" });
    const id = String(result["DeployOrderId"]);
    it.emulator.advance(5000);
    expect(await running(it)).toHaveLength(3);
    it.emulator.advance(5000);
    expect(await running(it)).toEqual([
      "pod-1 RUNNING",
      "pod-2 RUNNING",
      `app-instance-${id}-1 RUNNING`,
      `app-instance-${id}-2 RUNNING`,
    ]);
    expect((await it.ask("DescribeAppEnvironmentDetail", ENV)).result).toMatchObject({ Replicas: 4n });
    const scaled = (await it.ask("ListDeployOrders", { ...PAGES, DeployCategory: "scale" })).rows;
    expect(scaled).toMatchObject([{ Name: "应用实例数扩缩容至4个", Result: 1n }]);
  });

  test("deletes the youngest of what is too many", async () => {
    const it = seeded();
    const { result } = await it.ask("ScaleApp", { EnvId: "13", Replicas: "1" });
    it.emulator.advance(5000);
    expect(await running(it)).toEqual(["pod-1 RUNNING"]);
    const { rows } = await it.ask("ListPods", { DeployOrderId: String(result["DeployOrderId"]), ...PAGES });
    expect(rows).toMatchObject([
      { AppInstanceId: "pod-2", DeploySteps: [{ StepCode: "DeleteAppInstance", StepName: "删除应用" }] },
    ]);
  });
});

describe("instances", () => {
  test("are all stopped when the environment is taken offline, and unfinished orders closed", async () => {
    const it = seeded();
    const id = await deploy(it, { PauseType: "first" });
    it.emulator.advance(5000);
    await it.ask("OfflineAppEnvironment", ENV);
    expect(await running(it)).toEqual([]);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 4n });
    expect(it.emulator.state()["retailcloud"]?.["PersistentVolumeClaim"]).toHaveLength(1);
    await deploy(it, { TotalPartitions: "1" });
    it.emulator.advance(5000);
    expect(await running(it)).toHaveLength(2);
    await it.ask("OfflineAppEnvironment", { ...ENV, DeletePvc: "true" });
    expect(it.emulator.state()["retailcloud"]).toMatchObject({
      PersistentVolumeClaim: [],
      PersistentVolume: [{ Status: "Released" }, {}],
    });
  });

  test("are restarted by name, or all", async () => {
    const it = seeded();
    const restarts = async () =>
      (await it.ask("ListAppInstance", { ...ENV, ...PAGES })).rows.map((row) => row["RestartCount"]);
    await it.ask("RestartAppInstance", { ...ENV, "AppInstanceIdList.1": "pod-2" });
    expect(await restarts()).toEqual([0n, 1n]);
    await it.ask("RestartAppInstance", ENV);
    expect(await restarts()).toEqual([1n, 2n]);
    const strange = await it.call("RestartAppInstance", { ...ENV, "AppInstanceIdList.1": "pod-9" });
    expect(complaint(strange)).toBe("200 404: in environment 13, instance pod-9 does not exist");
    it.emulator.setFaults({ rules: [{ effect: "fail-pod" }] });
    await it.ask("RestartAppInstance", { ...ENV, "AppInstanceIdList.1": "pod-1" });
    expect(await running(it)).toEqual(["pod-1 ABNORMAL", "pod-2 RUNNING"]);
  });

  test("of an environment of another app are not listed", async () => {
    const { ask } = seeded();
    expect((await ask("ListAppInstance", { ...ENV, AppId: "99", ...PAGES })).rows).toEqual([]);
  });
});

describe("an environment", () => {
  const bare = { Service: [], SlbAP: [], AppResourceAlloc: [], PersistentVolumeClaim: [] };
  const alone = () => cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, ...bare } } });
  const remove = (it: Cloud, Force: string) => it.call("DeleteAppEnvironment", { ...ENV, Force });

  test("is not deleted while instances run or an order is unfinished, but after it was taken offline", async () => {
    const it = alone();
    expect(complaint(await remove(it, "false"))).toMatch(/^200 409: environment 13 still has 2 running instances;/);
    await deploy(it, { PauseType: "first" });
    expect(complaint(await remove(it, "false"))).toContain("2 running instances, 1 unfinished deploy orders;");
    await it.ask("OfflineAppEnvironment", ENV);
    expect((await remove(it, "false")).body).toMatchObject({ Result: { Success: true } });
  });

  test("is not deleted while it has claims", async () => {
    const { PersistentVolumeClaim } = PLATFORM.retailcloud;
    const retailcloud = { ...PLATFORM.retailcloud, ...bare, PersistentVolumeClaim };
    const it = cloud({ seed: { retailcloud } });
    expect(complaint(await remove(it, "false"))).toContain("environment 13 still has 1 claims;");
  });

  test("leaves its orders behind as history when it is forced away, and its volumes released", async () => {
    const it = seeded();
    const id = await deploy(it);
    await remove(it, "true");
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 4n, EnvType: "online" });
    expect((await it.ask("ListDeployOrders", { ...PAGES, AppId: "11" })).rows).toMatchObject([
      { DeployOrderId: BigInt(id) },
    ]);
    expect(it.emulator.state()["retailcloud"]).toMatchObject({
      PersistentVolumeClaim: [],
      PersistentVolume: [{ Status: "Released" }, {}],
    });
  });
});
