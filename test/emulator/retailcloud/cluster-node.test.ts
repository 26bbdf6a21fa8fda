import { describe, expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { CLUSTER, PLATFORM } from "../platform-seed.ts";

const ID = { ClusterInstanceId: CLUSTER };

const seeded = () => cloud({ seed: PLATFORM });
const nodes = async ({ ask }: Cloud, action = "ListClusterNode") =>
  (await ask(action, ID)).rows.map((row) => row["InstanceId"]);

describe("nodes", () => {
  test("are added and removed several at once, as a whole or not at all", async () => {
    const it = seeded();
    const add = (...ids: string[]) =>
      it.call("AddClusterNode", {
        ...ID,
        ...Object.fromEntries(ids.map((id, n) => [`EcsInstanceIdList.${n + 1}`, id])),
      });
    const remove = (...ids: string[]) =>
      it.call("RemoveClusterNode", {
        ...ID,
        ...Object.fromEntries(ids.map((id, n) => [`EcsInstanceIdList.${n + 1}`, id])),
      });
    await add("i-2", "i-3", "i-3");
    expect(await nodes(it)).toEqual(["i-1", "i-2", "i-3"]);
    expect(complaint(await add("i-4", "i-2"))).toBe("200 409: in cluster c-1 already: i-2");
    expect(complaint(await remove("i-1", "i-9"))).toBe("200 404: 节点不在集群中: i-9");
    expect(await nodes(it)).toEqual(["i-1", "i-2", "i-3"]);
    await remove("i-1", "i-3");
    expect(await nodes(it)).toEqual(["i-2"]);
  });

  test("take their label bindings along", async () => {
    const it = seeded();
    await it.ask("RemoveClusterNode", { ...ID, "EcsInstanceIdList.1": "i-1" });
    expect(it.emulator.state()["retailcloud"]).toMatchObject({ NodeLabelBinding: [], NodeLabel: { length: 2 } });
  });

  test("that can be added are four fixed ones and the seeded ones of the network, until a cluster has them", async () => {
    const elsewhere = { InstanceId: "i-3", VpcId: "vpc-9" };
    const EcsInstance = [...PLATFORM.retailcloud.EcsInstance, elsewhere];
    const it = cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, EcsInstance } } });
    const fixed = ["i-emulator-1", "i-emulator-2", "i-emulator-3", "i-emulator-4"];
    expect(await nodes(it, "ListAvailableClusterNode")).toEqual([...fixed, "i-2"]);
    await it.ask("AddClusterNode", { ...ID, "EcsInstanceIdList.1": "i-2", "EcsInstanceIdList.2": "i-emulator-1" });
    expect(await nodes(it, "ListAvailableClusterNode")).toEqual(fixed.slice(1));
  });

  test("show what is seeded of a machine, and make up the rest, in texts", async () => {
    const EcsInstance = [
      { InstanceId: "i-1", InstanceName: "big", EcsCpu: "8", EcsMemory: "16384", InstanceType: "ecs.c6.2xlarge" },
    ];
    const { ask } = cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, EcsInstance } } });
    const { rows } = await ask("ListClusterNode", { ...ID, PageNum: "1", PageSize: "5" });
    expect(rows).toMatchObject([
      { InstanceName: "big", EcsConfiguration: "8vcpu 16G", VpcId: "vpc-1", RegionId: "cn-zhangjiakou" },
    ]);
    expect(Object.values(rows[0] ?? {}).map((value) => typeof value)).not.toContain("bigint");
  });

  test("of a cluster that does not exist are none", async () => {
    const { ask } = seeded();
    for (const action of ["ListClusterNode", "ListAvailableClusterNode"]) {
      expect((await ask(action, { ClusterInstanceId: "c-9" })).rows).toEqual([]);
    }
  });

  test("are paged by PageNum", async () => {
    const { call } = seeded();
    const { body } = await call("ListAvailableClusterNode", { ...ID, PageNum: "2", PageSize: "2", PageNumber: "9" });
    expect(body).toMatchObject({
      PageNumber: 2n,
      PageSize: 2n,
      TotalCount: 5n,
      Data: [{ InstanceId: "i-emulator-3" }, {}],
    });
  });
});
