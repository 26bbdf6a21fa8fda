import { describe, expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { CLUSTER, PLATFORM } from "../platform-seed.ts";

const NEW = {
  BusinessCode: "SUPPLY",
  ClusterEnvType: "TEST",
  ClusterTitle: "side",
  ClusterType: "Standard",
  RegionId: "cn-hangzhou",
  VpcId: "vpc-2",
  "Vswitchids.1": "vsw-1",
  "Vswitchids.2": "vsw-2",
  PodCIDR: "172.24.0.0/16",
  ServiceCIDR: "172.25.0.0/20",
  KeyPair: "pair",
};
const ID = { ClusterInstanceId: CLUSTER };

const seeded = (more = {}) => cloud({ seed: PLATFORM, ...more });
const create = async ({ ask }: Cloud, more = {}) =>
  String((await ask("CreateCluster", { ...NEW, ...more })).result["ClusterInstanceId"]);
const statusOf = async ({ ask }: Cloud, id: string) =>
  (await ask("ListCluster")).rows.find((row) => row["InstanceId"] === id)?.["Status"];

describe("a cluster", () => {
  test("is creating, then running, and reads back from list and detail", async () => {
    const it = seeded();
    const id = await create(it, { CreateWithLogIntegration: "true", NetPlug: "flannel", ClusterId: "7" });
    expect(await statusOf(it, id)).toBe("creating");
    it.emulator.advance(20_000);
    expect((await it.ask("ListCluster", { EnvType: "TEST" })).rows).toEqual([
      {
        BusinessCode: "SUPPLY",
        ClusterTitle: "side",
        CreateStatus: "1",
        EcsIds: [],
        EnvType: "0",
        Id: 1001n,
        InstanceId: id,
        KeyPair: "pair",
        NetPlug: "terway",
        PodCIDR: "172.24.0.0/16",
        RegionId: "cn-hangzhou",
        RegionName: "cn-hangzhou",
        ServiceCIDR: "172.25.0.0/20",
        Status: "running",
        VpcId: "vpc-2",
        VswitchIds: ["vsw-1", "vsw-2"],
        WorkLoadCpu: "0",
        WorkLoadMem: "0",
      },
    ]);
    const { result } = await it.ask("QueryClusterDetail", { ClusterInstanceId: id });
    expect(result["BasicInfo"]).toMatchObject({
      ClusterId: 1001n,
      ClusterName: "side",
      EnvType: "0",
      HasInstallLogController: true,
      Vswitchs: ["vsw-1", "vsw-2"],
      MainUserId: "cairn",
    });
  });

  test("that is not running yet takes nothing in, and nothing is allocated to it", async () => {
    const it = seeded();
    const id = await create(it);
    const told = async (action: string, params: object) => complaint(await it.call(action, { ...params }));
    const label = { ClusterId: id, LabelKey: "label.jst.com/a", LabelValue: "b" };
    for (const [action, params] of [
      ["AddClusterNode", { ClusterInstanceId: id, "EcsInstanceIdList.1": "i-1" }],
      ["CreateNodeLabel", label],
      ["BindNodeLabel", { ...label, InstanceId: "i-1" }],
      ["CreateAppResourceAlloc", { AppId: "11", AppEnvId: "13", ClusterId: id }],
      [
        "CreateEnvironment",
        { AppId: "11", AppSchemaId: "12", EnvName: "n", EnvType: "0", Region: "r", Replicas: "1", ClusterId: id },
      ],
    ] as const) {
      expect(await told(action, params)).toBe(`200 409: cluster ${id} is creating, not running`);
    }
    it.emulator.advance(20_000);
    expect(await told("CreateNodeLabel", label)).toMatch(/^200 0/);
  });

  test("whose creation fails says so", async () => {
    const it = seeded();
    it.emulator.setFaults({ rules: [{ match: { action: "CreateCluster" }, effect: "fail" }] });
    const id = await create(it);
    it.emulator.advance(20_000);
    expect(await statusOf(it, id)).toBe("failed");
    expect((await it.ask("ListCluster", { BusinessCode: "SUPPLY" })).rows).toMatchObject([{ CreateStatus: "2" }]);
  });

  test("is deleting for a while, without its contents, and then gone", async () => {
    const it = seeded();
    await it.ask("DeleteAppResourceAlloc", { AppEnvId: "13" });
    expect((await it.ask("DeleteCluster", ID)).result).toEqual({ Nonsense: 1n });
    expect(await statusOf(it, CLUSTER)).toBe("deleting");
    expect(it.emulator.state()["retailcloud"]).toMatchObject({
      ClusterNode: [],
      NodeLabel: [],
      NodeLabelBinding: [],
      PersistentVolume: [],
    });
    expect(complaint(await it.call("DeleteCluster", ID))).toBe("200 409: cluster c-1 is deleting already");
    it.emulator.advance(10_000);
    expect(await statusOf(it, CLUSTER)).toBeUndefined();
    expect(it.emulator.state()["retailcloud"]?.["Cluster"]).toEqual([]);
    expect(complaint(await it.call("QueryClusterDetail", ID))).toBe("200 404: cluster c-1 does not exist");
  });

  test("takes none of another cluster's contents along", async () => {
    const it = seeded();
    const id = await create(it);
    it.emulator.advance(20_000);
    await it.ask("DeleteCluster", { ClusterInstanceId: id });
    expect(it.emulator.state()["retailcloud"]).toMatchObject({
      ClusterNode: { length: 1 },
      NodeLabel: { length: 2 },
      NodeLabelBinding: { length: 1 },
      PersistentVolume: { length: 2 },
    });
  });

  test("that environments are allocated to is not deleted", async () => {
    const { call } = seeded();
    expect(complaint(await call("DeleteCluster", ID))).toBe("200 409: cluster c-1 is allocated to environments 13");
  });

  test("shows how busy it is", async () => {
    const it = seeded();
    expect((await it.ask("ListCluster")).rows).toMatchObject([{ WorkLoadCpu: "0.5", WorkLoadMem: "0.5" }]);
    const { result } = await it.ask("QueryClusterDetail", ID);
    expect(result).toMatchObject({
      InstanceInfo: {
        AllocatePodCount: 2n,
        AppCount: 1n,
        AllocatedPodInfoList: [{ appId: 11n, appName: "storefront", envId: 13n, envName: "prod", podCount: 2n }],
        AvailablePodInfoList: [
          { cupRequest: "1", memRequest: "1", availablePodCount: 2n },
          { availablePodCount: 1n },
          { availablePodCount: 0n },
          { availablePodCount: 0n },
        ],
      },
      NodeWorkLoadList: [],
      WorkLoad: { AllNodeCount: 1n, CpuRequest: "2", CpuTotal: "4", MemUsePercent: "0.5" },
    });
  });

  test.each([
    [{ Password: "Emulated-1!" }, "200 400: give either KeyPair or Password"],
    [{ KeyPair: "" }, "200 400: give either KeyPair or Password"],
    [{ PodCIDR: "" }, "200 400: a cluster of type Standard needs PodCIDR"],
    [
      { ClusterType: "Windows", PodCIDR: "", ServiceCIDR: "" },
      "200 400: a cluster of type Windows needs PodCIDR and ServiceCIDR",
    ],
    [{ KeyPair: "", Password: "Short1!" }, "400 InvalidParameter: Password must match"],
    [{ KeyPair: "", Password: "nocapitals1!" }, "400 InvalidParameter: Password must match"],
    [{ KeyPair: "", Password: "NoDigits!" }, "400 InvalidParameter: Password must match"],
    [{ KeyPair: "", Password: "NoSpecial1" }, "400 InvalidParameter: Password must match"],
    [{ SnatEntry: "2" }, "400 InvalidParameter: SnatEntry must be one of 0, 1"],
    [{ ClusterEnvType: "online" }, "400 InvalidParameter: ClusterEnvType must be one of TEST, PRO"],
  ])("with %j is refused: %s", async (more, told) => {
    const { call, emulator } = seeded();
    const answer = complaint(await call("CreateCluster", { ...NEW, ...more }));
    expect(answer).toContain(told);
    expect(answer).not.toMatch(/Short1|capitals1|NoDigits|NoSpecial1/);
    expect(emulator.state()["retailcloud"]?.["Cluster"]).toHaveLength(1);
  });

  test("shows its password masked, as the table has it, or in clear, as a sample has it", async () => {
    const passwords = async (it: Cloud) => (await it.ask("ListCluster")).rows.map((row) => row["Password"]);
    expect(await passwords(seeded())).toEqual(["*****"]);
    expect(await passwords(seeded({ wire: "manual" }))).toEqual(["Emulated-1!"]);
  });
});
