import { expect, test } from "vitest";
import { cloud } from "../cloud.ts";
import { CLUSTER, PLATFORM, RDS } from "../platform-seed.ts";
import { SEED } from "../seed.ts";

const manual = () => cloud({ wire: "manual", seed: SEED });
const platform = () => cloud({ wire: "manual", seed: PLATFORM });
const PAGES = { PageNumber: "1", PageSize: "10" };

test("the allocation actions wrap their bodies, CreateAppResourceAlloc without a Response behind its name", async () => {
  const { call } = manual();
  const created = await call("CreateAppResourceAlloc", { AppEnvId: "13", AppId: "11", ClusterId: "c-2" });
  expect(created.body).toMatchObject({ CreateAppResourceAlloc: { Code: 0n, Success: true, Result: { AppId: 11n } } });
  const listed = await call("ListAppResourceAllocs", PAGES);
  expect(listed.body).toMatchObject({ ListAppResourceAllocsResponse: { PageSize: 2n, TotalCount: 2n } });
  const described = await call("DescribeAppResourceAlloc", { AppEnvId: "13" });
  expect(described.body).toMatchObject({ DescribeAppResourceAllocResponse: { Result: { appId: 11n, AppEnvId: 13n } } });
  const deleted = await call("DeleteAppResourceAlloc", { AppEnvId: "13" });
  expect(deleted.body).toEqual({
    DeleteAppResourceAllocResponse: { Code: 0n, Success: true, RequestId: expect.any(String) },
  });
  const again = await call("DeleteAppResourceAlloc", { AppEnvId: "13" });
  expect(again.body).toMatchObject({ DeleteAppResourceAllocResponse: { Code: 404n, Success: false } });
});

test("a Result that the samples print in brackets is a list of one", async () => {
  const { call } = manual();
  const params = { EnvId: "13", Name: "n", SlbId: "lb", ListenerPort: "1", RealServerPort: "2", Protocol: "TCP" };
  expect((await call("CreateSlbAP", params)).body["Result"]).toEqual([{ SlbAPId: 1001n }]);
  const { Result } = (await call("DescribeServiceDetail", { ServiceId: "14" })).body;
  expect(Result).toMatchObject([{ AppId: 11n, ServiceId: 14n }]);
  expect(JSON.stringify(Object.keys(Array.isArray(Result) ? Result[0] : {}))).not.toContain("ClusterIP");
});

test("names and values are those of the samples", async () => {
  const { call, ask } = manual();
  expect((await ask("ListSlbAPs", { AppId: "11", ...PAGES })).rows).toMatchObject([{ appId: 11n, SlbAPId: 15n }]);
  expect((await ask("ListAppEnvironment", { AppId: "11", ...PAGES })).rows).toMatchObject([
    { EnvType: 1n, EnvTypeName: "正式环境" },
  ]);
  expect((await ask("ListUsers", PAGES)).rows.map((row) => row["UserType"])).toEqual(["TAOBAO", "DINGDING_TALK"]);
  expect(Object.keys((await ask("DescribeAppDetail", { AppId: "11" })).result)).not.toContain("UserRoles");
  expect((await call("DescribeAppDetail", { AppId: "1" })).body["ErrorMessage"]).toBe("app 1 does not exist");
});

test("a call that went well carries no error field", async () => {
  const { call } = manual();
  expect(Object.keys((await call("ListApp")).body).sort()).toEqual(["Code", "Data", "RequestId", "TotalCount"]);
});

test("node labels are wrapped, two of the actions twice, and a refusal has a name there", async () => {
  const { call } = platform();
  const label = { ClusterId: CLUSTER, LabelKey: "label.jst.com/type", LabelValue: "new" };
  const RequestId = expect.any(String);
  expect((await call("CreateNodeLabel", label)).body).toEqual({
    CreateNodeLabelResponse: {
      code: 0n,
      data: { RequestId, Success: true, Code: 0n, Result: [{ ...label, Id: 1001n }], name: "", message: "" },
    },
  });
  expect((await call("DeleteNodeLabel", { ...label, LabelValue: "web", Force: "false" })).body).toEqual({
    DeleteNodeLabelResponse: {
      code: 409n,
      data: { RequestId, Success: false, Code: 409n, ErrMsg: expect.stringContaining("is bound to i-1") },
      name: "409Error",
      message: "",
    },
  });
  const bound = await call("BindNodeLabel", { ...label, InstanceId: "i-1" });
  expect(bound.body).toEqual({ BindNodeLabelResponse: { RequestId, Success: true, Code: 0n } });
  const unbound = await call("UnbindNodeLabel", { ...label, InstanceId: "i-1" });
  expect(unbound.body).toMatchObject({ UnbindNodeLabelResponse: { Success: true } });
  const listed = await call("ListNodeLabels", { ClusterId: CLUSTER, ...PAGES });
  expect(listed.body).toMatchObject({ ListNodeLabelsResponse: { TotalCount: 3n } });
  expect((await call("ListNodeLabelBindings", PAGES)).body).toMatchObject({ TotalCount: 1n });
});

test("five actions on databases begin every key with a lower-case letter, and two do not", async () => {
  const { call } = platform();
  const requestId = expect.any(String);
  expect((await call("DescribeDatabases", { InstanceId: RDS })).body).toMatchObject({
    code: 0n,
    requestId,
    result: { databases: [{ dBName: "shop", dBInstanceId: RDS, dBStatus: "Running", accounts: [{ account: "app" }] }] },
  });
  expect((await call("DescribeRdsAccounts", { DbInstanceId: RDS })).body).toMatchObject({
    result: { accounts: [{ accountName: "app", privExceeded: "0", databasePrivileges: [{ dBName: "shop" }] }] },
  });
  expect((await call("GetRdsBackUp", { DbInstanceId: RDS })).body).toMatchObject({
    result: {
      items: [
        {
          backupId: "b-1",
          backupDBNames: "shop",
          hostInstanceId: "host-of-rm-1",
          backupStartTime: "2026-05-01 12:00:00",
        },
      ],
      totalRecordCount: "1",
    },
  });
  const grant = { DbInstanceId: RDS, AccountName: "app", DbName: "x", AccountPrivilege: "ReadOnly" };
  expect((await call("GrantDbToAccount", grant)).body).toEqual({ code: 404n, requestId, errMsg: expect.any(String) });
  const deleted = await call("DeleteRdsAccount", { DbInstanceId: RDS, AccountName: "app" });
  expect(deleted.body).toEqual({ code: 0n, requestId, result: { requestId } });
  const database = { DbInstanceId: RDS, DbName: "new", CharacterSetName: "utf8" };
  expect((await call("CreateDb", database)).body).toEqual({ Code: 0n, RequestId: requestId });
  const gone = await call("DeleteDatabase", { DBInstanceId: RDS, DBName: "shop" });
  expect(gone.body).toEqual({ Code: 0n, RequestId: requestId });
});

test("a backup without times has none", async () => {
  const RdsBackup = [{ BackupId: "b-2", DBInstanceId: RDS, BackupType: "FullBackup" }];
  const { call } = cloud({ wire: "manual", seed: { retailcloud: { RdsBackup } } });
  const { result } = (await call("GetRdsBackUp", { DbInstanceId: RDS })).body;
  expect(result).toMatchObject({ totalBackupSize: 0n, items: [{ backupId: "b-2" }] });
  expect(JSON.stringify(result, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
    "Time",
  );
});

test("clusters show numbers where the tables have texts, and fewer fields", async () => {
  const { ask } = platform();
  const [row] = (await ask("ListCluster")).rows;
  expect(row).toMatchObject({ EnvType: 1n, WorkLoadCpu: 0.5, NetPlug: "Terway", KeyPair: "" });
  expect(row).not.toHaveProperty("CreateStatus");
  const { result } = await ask("QueryClusterDetail", { ClusterInstanceId: CLUSTER });
  expect(result).toMatchObject({ WorkLoad: { CpuTotal: 4n, CpuLevel: 0.5 }, NetInfo: { NetPlugType: "Terway" } });
  expect(result["BasicInfo"]).not.toHaveProperty("MainUserId");
  const [node] = (await ask("ListClusterNode", { ClusterInstanceId: CLUSTER })).rows;
  expect(node).not.toHaveProperty("OSName");
});

test("volumes leave their claim out, and the default folder; claims are created in a list of one", async () => {
  const { ask, call } = platform();
  const { body } = await call("ListPersistentVolume", { ClusterInstanceId: CLUSTER, ...PAGES });
  expect(body).toMatchObject({ PageSize: 2n, Data: [{ Name: "media", MountDir: "/media" }, { Name: "spare" }] });
  const { rows } = await ask("ListPersistentVolume", { ClusterInstanceId: CLUSTER, ...PAGES });
  expect(rows[0]).not.toHaveProperty("PvcName");
  expect(rows[1]).not.toHaveProperty("MountDir");
  const claim = { Name: "c", Capacity: "1", AccessModes: "ReadWriteOnce", StorageClass: "c", AppId: "11", EnvId: "13" };
  expect((await call("CreatePersistentVolumeClaim", claim)).body["Result"]).toEqual([
    { PersistentVolumeClaimId: 1001n },
  ]);
});

test("orders have times to the minute; pods are counted as none; logs name the type of the environment", async () => {
  const { ask, call } = platform();
  const { result } = await ask("DescribeDeployOrderDetail", { DeployOrderId: "40" });
  expect(result).toMatchObject({ StartTime: "2026-05-01T12:00Z", EndTime: "2026-05-01T12:00Z", FailureRate: 0n });
  const [row] = (await ask("ListDeployOrders", PAGES)).rows;
  expect(row).toMatchObject({ StartTime: "2026-05-01T12:00Z", Result: 1n });
  expect(row).not.toHaveProperty("SchemaId");
  const pods = await call("ListPods", { DeployOrderId: "40", ...PAGES });
  expect(pods.body).toMatchObject({
    TotalCount: 0n,
    Data: [{ AppInstanceId: "pod-1", UpdateTime: "2026-05-01T12:00:05" }, { AppInstanceId: "pod-2" }],
  });
  const log = await ask("DescribePodLog", { DeployOrderId: "40", AppInstId: "pod-1" });
  expect(log.result).toMatchObject({ EnvTypeName: "正式" });
  const instances = await call("ListAppInstance", { AppId: "11", EnvId: "13", ...PAGES });
  expect(instances.body).toMatchObject({ TotalCount: 2n, PageNumber: 1n });
  expect(instances.body).not.toHaveProperty("PageSize");
});
