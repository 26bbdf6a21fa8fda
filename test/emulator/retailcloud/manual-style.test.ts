import { expect, test } from "vitest";
import { cloud } from "../cloud.ts";
import { SEED } from "../seed.ts";

const manual = () => cloud({ wire: "manual", seed: SEED });
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
