import { describe, expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { PLATFORM } from "../platform-seed.ts";

const PAGES = { PageNumber: "1", PageSize: "50" };
const DEPLOY = { EnvId: "13", Name: "v2", TotalPartitions: "1" };
const REFUSED = { match: {}, effect: "refused" };

const holding = (...deployOrders: object[]) => cloud({ seed: { ...PLATFORM, history: { deployOrders } } });
const order = (DeployOrderId: number, more: object = {}) => ({ DeployOrderId, EnvId: 13, ...more });
const ids = async ({ ask }: Cloud, more = {}) =>
  (await ask("ListDeployOrders", { ...PAGES, ...more })).rows.map((row) => row["DeployOrderId"]);

describe("admission", () => {
  test.each(["102000", "102001"])("is refused with %s as a result, and no order is made", async (code) => {
    const it = cloud({ seed: PLATFORM });
    const before = it.emulator.state();
    it.emulator.setFaults({ rules: [{ ...REFUSED, code }] });
    for (const [action, params] of [
      ["DeployApp", DEPLOY] as const,
      ["ScaleApp", { EnvId: "13", Replicas: "3" }] as const,
    ]) {
      const { status, body } = await it.call(action, params);
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { Code: 0n, Success: true, Result: { Admitted: false, BusinessCode: code } },
      });
    }
    expect(it.emulator.state()).toEqual(before);
    expect(complaint(await it.call("ListApp"))).toBe("200 3: 权限错误");
  });

  test("is no matter of other codes, which refuse as elsewhere", async () => {
    const it = cloud({ seed: PLATFORM });
    for (const code of ["102002", undefined]) {
      it.emulator.setFaults({ rules: [code === undefined ? REFUSED : { ...REFUSED, code }] });
      const told = await it.call("DeployApp", DEPLOY);
      expect(told.body).toMatchObject({ Code: 3n, Success: false });
      expect(told.body).not.toHaveProperty("Result");
    }
  });
});

describe("a list of deploy orders", () => {
  const hundred = Array.from({ length: 30 }, (_, index) => order(100 + index));

  test("comes shuffled, always alike, also over pages", async () => {
    const it = holding(...hundred);
    const all = await ids(it);
    expect(all).not.toEqual([...all].sort());
    expect([...all].sort()).toEqual(hundred.map(({ DeployOrderId }) => BigInt(DeployOrderId)));
    const paged = [];
    for (const PageNumber of ["1", "2", "3"]) paged.push(...(await ids(it, { PageNumber, PageSize: "10" })));
    expect(paged).toEqual(all);
  });

  test("is narrowed by every filter", async () => {
    const time = (minute: string) => `2026-05-01T12:${minute}:00.000Z`;
    const it = holding(
      order(1, { DeployCategory: "scale", StartTime: time("00"), EndTime: time("01") }),
      order(2, { Status: 2, DeployPauseType: "first", StartTime: time("02") }),
      order(3, { Result: 4, EnvType: "test", StartTime: time("04"), EndTime: time("05") }),
      { DeployOrderId: 4, EnvId: 99, AppId: 98 },
    );
    const sorted = async (more: object) => (await ids(it, more)).map(Number).sort();
    expect(await sorted({})).toEqual([1, 2, 3, 4]);
    expect(await sorted({ EnvId: "13" })).toEqual([1, 2, 3]);
    expect(await sorted({ AppId: "11" })).toEqual([1, 2, 3]);
    expect(await sorted({ AppId: "98" })).toEqual([4]);
    expect(await sorted({ EnvType: "online" })).toEqual([1, 2]);
    expect(await sorted({ EnvType: "test" })).toEqual([3]);
    expect(await sorted({ DeployCategory: "scale" })).toEqual([1]);
    expect(await sorted({ PauseType: "first" })).toEqual([2]);
    expect(await sorted({ Status: "2" })).toEqual([2]);
    expect(await sorted({ "StatusList.1": "1", "StatusList.2": "2" })).toEqual([2]);
    expect(await sorted({ "ResultList.1": "4", "ResultList.2": "0" })).toEqual([2, 3]);
    expect(await sorted({ DeployType: "partition_parallel", PartitionType: "group_even" })).toEqual([1, 2, 3, 4]);
    expect(await sorted({ DeployType: "other" })).toEqual([]);
    const at = "2026-05-01 12:02:00";
    expect(await sorted({ StartTimeLessThan: at })).toEqual([1]);
    expect(await sorted({ StartTimeLessThanOrEqualTo: at })).toEqual([1, 2]);
    expect(await sorted({ StartTimeGreaterThan: at })).toEqual([3]);
    expect(await sorted({ StartTimeGreaterThanOrEqualTo: at })).toEqual([2, 3]);
    const end = "2026-05-01 12:05:00";
    expect(await sorted({ EndTimeLessThan: end })).toEqual([1]);
    expect(await sorted({ EndTimeLessThanOrEqualTo: end })).toEqual([1, 3]);
    expect(await sorted({ EndTimeGreaterThan: end })).toEqual([]);
    expect(await sorted({ EndTimeGreaterThanOrEqualTo: end })).toEqual([3]);
    expect(complaint(await it.call("ListDeployOrders", { ...PAGES, EndTimeLessThan: "c" }))).toContain(
      "EndTimeLessThan must match",
    );
  });
});

describe("somebody else's order", () => {
  test("can be seeded with its ids alone, and is then a rollout that has succeeded", async () => {
    const { ask } = holding(order(9001));
    const { result } = await ask("DescribeDeployOrderDetail", { DeployOrderId: "9001" });
    expect(result).toEqual({
      AppInstanceType: "k8s_pod",
      CurrentPartitionNum: 1n,
      DeployOrderId: 9001n,
      DeployPauseType: "none",
      DeployPauseTypeName: "不暂停",
      DeployType: "partition_parallel",
      DeployTypeName: "分批发布-批内并行",
      EnvId: 13n,
      EnvType: "online",
      FailureRate: "0",
      FinishAppInstanceCt: 0n,
      Name: "order 9001",
      PartitionType: "group_even",
      PartitionTypeName: "分组均分",
      Result: 1n,
      ResultName: "成功",
      Status: 3n,
      StatusName: "已完成",
      TotalAppInstanceCt: 0n,
      TotalPartitions: 1n,
    });
    expect((await ask("DeployApp", DEPLOY)).result).toEqual({ Admitted: true, DeployOrderId: 9002n });
  });

  test("that deploys waits for whoever closes it, one that is paused for a resume", async () => {
    const it = holding(order(1, { Status: 1 }));
    it.emulator.advance(86_400_000);
    expect(complaint(await it.call("DeployApp", DEPLOY))).toContain("has the unfinished deploy order 1");
    await it.ask("CloseDeployOrder", { DeployOrderId: "1" });
    const other = holding(order(1, { Status: 2 }));
    await other.ask("ResumeDeploy", { DeployOrderId: "1" });
    other.emulator.advance(5000);
    expect((await other.ask("DescribeDeployOrderDetail", { DeployOrderId: "1" })).result).toMatchObject({
      Status: 3n,
      Result: 1n,
    });
  });

  test("can be made with another key of the account, whose id it bears", async () => {
    const it = cloud({ keys: ["mine", "theirs"].map((id) => ({ id, secret: "s" })), seed: PLATFORM });
    await it.call("DeployApp", DEPLOY, { id: "theirs", secret: "s" });
    const mine = { id: "mine", secret: "s" };
    const { body } = await it.call("DescribeDeployOrderDetail", { DeployOrderId: "1001" }, mine);
    expect(body["Result"]).toMatchObject({ UserId: "theirs", UserNick: "theirs" });
  });
});

test("a stale list shows orders as they stood, and a state shows them as they stand", async () => {
  const it = cloud({ seed: PLATFORM });
  await it.ask("DeployApp", DEPLOY);
  it.emulator.advance(5000);
  expect(it.emulator.state()["history"]?.["deployOrders"]).toMatchObject([{}, { Status: 3, Result: 1 }]);
  it.emulator.setFaults({ rules: [{ effect: "stale-list", ms: 3000 }] });
  const { rows } = await it.ask("ListDeployOrders", { ...PAGES, Status: "1" });
  expect(rows).toMatchObject([{ DeployOrderId: 1001n, Result: 0n }]);
  it.emulator.setFaults({ rules: [{ effect: "stale-list", ms: 9000 }] });
  expect(await ids(it)).toEqual([40n]);
});
