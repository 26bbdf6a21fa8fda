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

describe("a rollout", () => {
  test("goes through its batches and replaces the instances", async () => {
    const it = seeded();
    const id = await deploy(it, { Description: "second", PauseType: "none" });
    expect(await detail(it, id)).toMatchObject({
      Status: 1n,
      StatusName: "部署中",
      Result: 0n,
      CurrentPartitionNum: 1n,
      TotalPartitions: 2n,
      TotalAppInstanceCt: 2n,
      FinishAppInstanceCt: 0n,
      DeployPauseTypeName: "不暂停",
      EnvType: "online",
      SchemaId: 12n,
      UserId: "cairn",
    });
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 1n, CurrentPartitionNum: 2n, FinishAppInstanceCt: 1n });
    expect(await running(it)).toEqual(["pod-2 RUNNING", `app-instance-${id}-1 RUNNING`]);
    it.emulator.advance(5000);
    const done = await detail(it, id);
    expect(done).toMatchObject({ Status: 3n, Result: 1n, ResultName: "成功", ElapsedTime: 10n, Description: "second" });
    expect(done["EndTime"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(await running(it)).toEqual([`app-instance-${id}-1 RUNNING`, `app-instance-${id}-2 RUNNING`]);
  });

  test.each([
    ["first", "第一批暂停", 1],
    ["each", "每批暂停", 2],
  ])("that pauses %s waits for a resume", async (PauseType, name, times) => {
    const it = seeded();
    const id = await deploy(it, { PauseType, TotalPartitions: "3" });
    for (let n = 0; n < times; n += 1) {
      it.emulator.advance(3_600_000);
      const paused = { Status: 2n, Result: 0n, CurrentPartitionNum: BigInt(n + 1), DeployPauseTypeName: name };
      expect(await detail(it, id)).toMatchObject(paused);
      await it.ask("ResumeDeploy", { DeployOrderId: id });
    }
    it.emulator.advance(10_000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 1n });
    expect(complaint(await it.call("ResumeDeploy", { DeployOrderId: id }))).toBe(
      `200 409: deploy order ${id} is not paused`,
    );
  });

  test("that is to pause no more runs through once it is resumed", async () => {
    const it = seeded();
    const id = await deploy(it, { PauseType: "each" });
    it.emulator.advance(5000);
    await it.ask("SetDeployPauseType", { DeployOrderId: id, DeployPauseType: "none" });
    expect(await detail(it, id)).toMatchObject({ Status: 2n, DeployPauseType: "none" });
    await it.ask("ResumeDeploy", { DeployOrderId: id });
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 1n });
  });

  test("keeps others out of its environment until it is finished or closed", async () => {
    const it = seeded();
    const id = await deploy(it, { PauseType: "first" });
    const refused = `200 409: environment 13 has the unfinished deploy order ${id}`;
    const attempts = async () => [
      complaint(await it.call("DeployApp", DEPLOY)),
      complaint(await it.call("ScaleApp", { EnvId: "13", Replicas: "3" })),
    ];
    expect(await attempts()).toEqual([refused, refused]);
    it.emulator.advance(5000);
    expect(await attempts()).toEqual([refused, refused]);
    await it.ask("CloseDeployOrder", { DeployOrderId: id });
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 4n, ResultName: "人为置为失败" });
    expect(await running(it)).toEqual(["pod-2 RUNNING", `app-instance-${id}-1 RUNNING`]);
    expect(complaint(await it.call("CloseDeployOrder", { DeployOrderId: id }))).toMatch(/finished already$/);
    expect((await attempts())[0]).toMatch(/^200 0/);
  });

  test("of no replicas, or of more batches than pods, ends too", async () => {
    const it = seeded();
    await it.ask("UpdateEnvironment", { AppId: "11", AppEnvId: "13", Replicas: "0" });
    const id = await deploy(it, { TotalPartitions: "2000000000" });
    it.emulator.advance(5000);
    expect(await detail(it, id)).toMatchObject({ Status: 3n, Result: 1n, TotalAppInstanceCt: 0n, FailureRate: "0" });
    expect(await running(it)).toEqual([]);
  });

  test("of more instances than are played is refused", async () => {
    const { call, emulator } = seeded();
    const told = complaint(await call("ScaleApp", { EnvId: "13", Replicas: "2147483647" }));
    expect(told).toMatch(/^200 400: \d+ instances are more than the 1000 that are played/);
    expect(emulator.state()["history"]?.["deployOrders"]).toHaveLength(1);
  });
});

describe("the baseline", () => {
  const baseline = async ({ ask }: Cloud) => (await ask("DescribeAppEnvDeployBaseline", ENV)).result;

  test("is the newest rollout that succeeded, not a scaling, a failure or a paused one", async () => {
    const it = seeded();
    const id = await deploy(it, {
      DeployPacketUrl: "HTTPS://example.com/2.jar",
      Description: "d",
      TotalPartitions: "1",
    });
    it.emulator.advance(5000);
    const expected = {
      ...{ AppId: 11n, EnvId: 13n, SchemaId: 12n },
      PacketUrl: "HTTPS://example.com/2.jar",
      PacketComment: "d",
    };
    expect(await baseline(it)).toMatchObject(expected);
    await it.ask("ScaleApp", { EnvId: "13", Replicas: "3" });
    it.emulator.advance(5000);
    it.emulator.setFaults({ rules: [{ effect: "fail-pod" }] });
    await deploy(it, { DeployPacketId: "7", TotalPartitions: "1" });
    it.emulator.advance(5000);
    expect(await baseline(it)).toMatchObject(expected);
    it.emulator.setFaults({ rules: [] });
    await deploy(it, { DeployPacketId: "7", TotalPartitions: "1" });
    it.emulator.advance(5000);
    expect(await baseline(it)).toMatchObject({ PacketId: 7n });
    expect(id).toBe("1001");
  });

  test("is nothing before the first rollout", async () => {
    const { call } = cloud({ seed: { ...PLATFORM, history: {} } });
    const { body } = await call("DescribeAppEnvDeployBaseline", ENV);
    expect(body).toEqual({ Code: 0n, Success: true, ErrMsg: "", RequestId: expect.any(String) });
  });
});

test.each([
  ["DeployApp", { ...DEPLOY, EnvId: "99" }, "environment 99"],
  ["ScaleApp", { EnvId: "99", Replicas: "1" }, "environment 99"],
  ["DescribeDeployOrderDetail", { DeployOrderId: "99" }, "deploy order 99"],
  ["ResumeDeploy", { DeployOrderId: "99" }, "deploy order 99"],
  ["CloseDeployOrder", { DeployOrderId: "99" }, "deploy order 99"],
  ["SetDeployPauseType", { DeployOrderId: "99", DeployPauseType: "none" }, "deploy order 99"],
  ["DescribeAppEnvDeployBaseline", { AppId: "11", EnvId: "99" }, "in app 11, environment 99"],
  ["OfflineAppEnvironment", { AppId: "99", EnvId: "13" }, "in app 99, environment 13"],
  ["RestartAppInstance", { AppId: "99", EnvId: "13" }, "in app 99, environment 13"],
])("%s %j says that it does not exist", async (action, params, what) => {
  const { call } = seeded();
  expect(complaint(await call(action, params))).toBe(`200 404: ${what} does not exist`);
});

test.each([
  [{ TotalPartitions: "0" }, "TotalPartitions must be at least 1"],
  [{ PauseType: "second" }, "PauseType must be one of first, each, none"],
  [{ DeployPacketUrl: "ftp://example.com" }, "DeployPacketUrl must match"],
])("a rollout with %j is refused: %s", async (more, told) => {
  const { call } = seeded();
  expect(complaint(await call("DeployApp", { ...DEPLOY, ...more }))).toContain(`400 InvalidParameter: ${told}`);
});
