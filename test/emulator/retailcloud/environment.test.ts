import { expect, test } from "vitest";
import { cloud, complaint } from "../cloud.ts";
import { APP, SEED } from "../seed.ts";

const NEW = { AppId: "11", AppSchemaId: "12", EnvName: "test", EnvType: "0", Region: "cn-hangzhou", Replicas: "1" };
const PAGES = { AppId: "11", PageNumber: "1", PageSize: "10" };

test("an environment reads back; only the detail shows its replicas", async () => {
  const { ask } = cloud({ seed: SEED });
  expect((await ask("CreateEnvironment", NEW)).result).toEqual({ AppEnvId: 1001n });
  const row = {
    AppId: 11n,
    AppSchemaId: 12n,
    EnvId: 1001n,
    EnvName: "test",
    EnvType: 0n,
    EnvTypeName: "测试",
    Region: "cn-hangzhou",
  };
  expect((await ask("ListAppEnvironment", PAGES)).rows.at(-1)).toEqual(row);
  const { result } = await ask("DescribeAppEnvironmentDetail", { AppId: "11", EnvId: "1001" });
  expect(result).toEqual({ ...row, Replicas: 1n });
  const production = await ask("DescribeAppEnvironmentDetail", { AppId: "11", EnvId: "13" });
  expect(production.result).toMatchObject({ EnvType: 1n, EnvTypeName: "正式" });
});

test("an environment needs its app, and a deploy config of that app", async () => {
  const { ask, call } = cloud({ seed: SEED });
  await ask("CreateApp", APP);
  const tell = async (more: object) => complaint(await call("CreateEnvironment", { ...NEW, ...more }));
  expect(await tell({ AppId: "99" })).toBe("200 404: app 99 does not exist");
  expect(await tell({ AppSchemaId: "99" })).toBe("200 404: in app 11, deploy config 99 does not exist");
  expect(await tell({ AppId: "1001" })).toBe("200 404: in app 1001, deploy config 12 does not exist");
});

test("two environments may have one name: a client's mistake shows as a twin", async () => {
  const { ask } = cloud({ seed: SEED });
  await ask("CreateEnvironment", { ...NEW, EnvName: "prod" });
  expect((await ask("ListAppEnvironment", { ...PAGES, EnvName: "prod" })).total).toBe(2);
});

test("the name filter finds parts of names, and the type filter reads 1 as test and 2 as production", async () => {
  const { ask } = cloud({ seed: SEED });
  await ask("CreateEnvironment", { ...NEW, EnvName: "preprod" });
  const names = async (filter: object) =>
    (await ask("ListAppEnvironment", { ...PAGES, ...filter })).rows.map((row) => row["EnvName"]);
  expect(await names({ EnvName: "prod" })).toEqual(["prod", "preprod"]);
  expect(await names({ EnvType: "2" })).toEqual(["prod"]);
  expect(await names({ EnvType: "1" })).toEqual(["preprod"]);
  expect(await names({ EnvType: "0" })).toEqual(["preprod"]);
});

test("an update changes config and replicas, and keeps what it does not name", async () => {
  const { ask } = cloud({ seed: SEED });
  const { result } = await ask("CreateDeployConfig", { AppId: "11", EnvType: "online", Name: "next" });
  await ask("UpdateEnvironment", { AppId: "11", AppEnvId: "13", AppSchemaId: String(result["SchemaId"]) });
  await ask("UpdateEnvironment", { AppId: "11", AppEnvId: "13", Replicas: "5" });
  const detail = await ask("DescribeAppEnvironmentDetail", { AppId: "11", EnvId: "13" });
  expect(detail.result).toMatchObject({ AppSchemaId: 1001n, Replicas: 5n, EnvName: "prod" });
});

test("a cluster named on creation is allocated, and leaves with the environment", async () => {
  const { ask, emulator } = cloud({ seed: SEED });
  await ask("CreateEnvironment", { ...NEW, ClusterId: "c-9" });
  const { result } = await ask("DescribeAppResourceAlloc", { AppEnvId: "1001" });
  expect(result).toEqual({ Id: 1002n, AppEnvId: 1001n, AppId: 11n, ClusterId: "c-9" });
  await ask("DeleteAppEnvironment", { AppId: "11", EnvId: "1001", Force: "false" });
  expect(emulator.state()["retailcloud"]?.["AppResourceAlloc"]).toHaveLength(1);
});

test.each([
  ["Service", "DeleteService", { ServiceId: "14" }],
  ["SlbAP", "DeleteSlbAP", { SlbAPId: "15" }],
  ["AppResourceAlloc", "DeleteAppResourceAlloc", { AppEnvId: "13" }],
])("an environment that still has a %s is deleted by force, or after %s %j", async (kind, remove, params) => {
  const others = { Service: [], SlbAP: [], AppResourceAlloc: [] };
  const kept = Object.fromEntries(Object.entries(SEED.retailcloud).filter(([name]) => name === kind));
  const { call, emulator } = cloud({ seed: { retailcloud: { ...SEED.retailcloud, ...others, ...kept } } });
  const refused = await call("DeleteAppEnvironment", { AppId: "11", EnvId: "13", Force: "false" });
  expect(complaint(refused)).toMatch(/^200 409: environment 13 still has /);
  expect(emulator.state()["retailcloud"]?.["Environment"]).toHaveLength(1);
  const seeded = emulator.state();
  const forced = await call("DeleteAppEnvironment", { AppId: "11", EnvId: "13", Force: "true" });
  expect(forced.body).toMatchObject({ Code: 0n, Result: { Success: true } });
  expect(emulator.state()["retailcloud"]).toMatchObject({ Environment: [], [kind]: [], App: { length: 1 } });
  emulator.reset(seeded);
  await call(remove, params);
  await call("DeleteAppEnvironment", { AppId: "11", EnvId: "13", Force: "false" });
  expect(emulator.state()["retailcloud"]?.["Environment"]).toEqual([]);
});

test("children can be deleted one by one, and then the environment without force", async () => {
  const { ask, emulator } = cloud({ seed: SEED });
  await ask("DeleteService", { ServiceId: "14" });
  await ask("DeleteSlbAP", { SlbAPId: "15" });
  await ask("DeleteAppResourceAlloc", { AppEnvId: "13" });
  await ask("DeleteAppEnvironment", { AppId: "11", EnvId: "13", Force: "false" });
  await ask("DeleteDeployConfig", { SchemaId: "12" });
  await ask("DeleteAppDetail", { AppId: "11", Force: "false" });
  expect(Object.values(emulator.state()["retailcloud"] ?? {}).flat()).toEqual([]);
});

test("allocations: all of an environment go at once, twins are possible, and none is a success without a result", async () => {
  const { ask, call } = cloud({ seed: SEED });
  await ask("CreateAppResourceAlloc", { AppId: "11", AppEnvId: "13", ClusterId: "c-2" });
  const pages = { PageNumber: "1", PageSize: "10" };
  const clusters = async (filter: object) =>
    (await ask("ListAppResourceAllocs", { ...pages, ...filter })).rows.map((row) => row["ClusterId"]);
  expect(await clusters({})).toEqual(["c-1", "c-2"]);
  expect(await clusters({ ClusterId: "c-2" })).toEqual(["c-2"]);
  expect(await clusters({ AppId: "99" })).toEqual([]);
  expect(await clusters({ AppEnvId: "13" })).toHaveLength(2);
  await ask("DeleteAppResourceAlloc", { AppEnvId: "13" });
  expect(await clusters({})).toEqual([]);
  const { body } = await call("DescribeAppResourceAlloc", { AppEnvId: "13" });
  expect(body).toEqual({ Code: 0n, Success: true, ErrMsg: "", RequestId: expect.any(String) });
});
