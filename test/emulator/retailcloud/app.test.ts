import { expect, test } from "vitest";
import { cloud, complaint } from "../cloud.ts";
import { APP, base64, SEED } from "../seed.ts";

test("an app reads back what was created, under the names of the reads", async () => {
  const { ask } = cloud();
  const more = { StateType: "2", BizTitle: "b", Description: "d", Namespace: "ns", "MiddleWareIdList.1": "7" };
  await ask("CreateApp", { ...APP, ...more });
  const common = {
    AppId: 1001n,
    AppStateType: "stateful",
    BizName: "JST",
    BizTitle: "b",
    DeployType: "ContainerDeployment",
    Description: "d",
    Language: "Java",
    OperatingSystem: "Linux",
    ServiceType: "StoreApplication",
    Title: "shop",
  };
  const middleWare = [{ AppId: 7n, Code: 7n, Name: "middleware-7" }];
  expect((await ask("ListApp")).rows).toEqual([{ ...common, MiddleWareList: middleWare }]);
  expect((await ask("DescribeAppDetail", { AppId: "1001" })).result).toEqual({
    ...common,
    MiddleWareInfoList: middleWare,
    UserRoles: [{ RoleName: "Owner", UserId: "12345", UserType: "TAOBAO", RealName: expect.any(String) }],
  });
});

test("an app is stateless unless it says otherwise, and a user that nobody knows has no real name", async () => {
  const { ask } = cloud();
  await ask("CreateApp", { ...APP, "UserRoles.1.UserId": "stranger" });
  const { result } = await ask("DescribeAppDetail", { AppId: "1001" });
  expect(result).toMatchObject({ AppStateType: "stateless" });
  expect(result["UserRoles"]).toEqual([{ RoleName: "Owner", UserId: "stranger", UserType: "TAOBAO" }]);
});

test("a title is taken once", async () => {
  const { call, emulator } = cloud({ seed: SEED });
  const twin = await call("CreateApp", { ...APP, Title: "storefront" });
  expect(complaint(twin)).toBe("200 409: the title storefront is taken by app 11");
  expect(emulator.state()["retailcloud"]?.["App"]).toHaveLength(1);
});

test("an update keeps what it does not name, replaces the roles, and clears a text that it sends empty", async () => {
  const { ask, emulator } = cloud();
  await ask("CreateApp", { ...APP, BizTitle: "b", Description: "d" });
  const role = { "UserRoles.1.RoleName": "Test", "UserRoles.1.UserId": "2", "UserRoles.1.UserType": "DING_TALK" };
  await ask("UpdateApp", { AppId: "1001", ...role, Description: "", Language: "PHP" });
  expect(emulator.state()["retailcloud"]?.["App"]).toEqual([
    {
      AppId: "1001",
      Title: "shop",
      BizCode: "JST",
      Language: "PHP",
      OperatingSystem: "Linux",
      ServiceType: "StoreApplication",
      StateType: 1,
      BizTitle: "b",
      UserRoles: [{ RoleName: "Test", UserId: "2", UserType: "DING_TALK" }],
    },
  ]);
});

test("an app with children is deleted by force alone, and takes them along", async () => {
  const { call, ask, emulator } = cloud({ seed: SEED });
  const refused = await call("DeleteAppDetail", { AppId: "11", Force: "false" });
  expect(refused).toMatchObject({ status: 200, body: { Code: 409n, Result: { Success: false } } });
  expect(complaint(refused)).toMatch(/app 11 still has 1 environments and 1 deploy configs/);
  await ask("DeleteAppDetail", { AppId: "11", Force: "true" });
  expect(Object.values(emulator.state()["retailcloud"] ?? {}).flat()).toEqual([]);
});

test("an app without children is deleted without force", async () => {
  const { ask, emulator } = cloud();
  await ask("CreateApp", APP);
  await ask("DeleteAppDetail", { AppId: "1001" });
  expect(emulator.state()["retailcloud"]?.["App"]).toEqual([]);
});

test.each([
  ["DescribeAppDetail", { AppId: "99" }, "app 99"],
  ["DeleteAppDetail", { AppId: "99" }, "app 99"],
  ["UpdateApp", { ...APP, AppId: "99" }, "app 99"],
  ["CreateDeployConfig", { AppId: "99", EnvType: "test", Name: "n", Deployment: base64("kind: Deployment") }, "app 99"],
  ["UpdateDeployConfig", { AppId: "11", Id: "99" }, "in app 11, deploy config 99"],
  ["UpdateDeployConfig", { AppId: "99", Id: "12" }, "in app 99, deploy config 12"],
  ["DeleteDeployConfig", { SchemaId: "99" }, "deploy config 99"],
  ["DescribeAppEnvironmentDetail", { AppId: "11", EnvId: "99" }, "in app 11, environment 99"],
  ["DescribeAppEnvironmentDetail", { AppId: "99", EnvId: "13" }, "in app 99, environment 13"],
  ["DeleteAppEnvironment", { AppId: "11", EnvId: "99", Force: "true" }, "in app 11, environment 99"],
  ["UpdateEnvironment", { AppId: "11", AppEnvId: "13", AppSchemaId: "99" }, "in app 11, deploy config 99"],
  ["ModifyService", { ServiceId: "99" }, "service 99"],
  ["DeleteService", { ServiceId: "99" }, "service 99"],
  ["DescribeServiceDetail", { ServiceId: "99" }, "service 99"],
  ["ModifySlbAP", { SlbAPId: "99" }, "access point 99"],
  ["DeleteSlbAP", { SlbAPId: "99" }, "access point 99"],
  ["DescribeSlbAPDetail", { SlbAPId: "99" }, "access point 99"],
  ["DeleteAppResourceAlloc", { AppEnvId: "99" }, "allocation of environment 99"],
  ["CreateAppResourceAlloc", { AppEnvId: "99", AppId: "11", ClusterId: "c" }, "in app 11, environment 99"],
])("%s %j says that it does not exist, and changes nothing", async (action, params, what) => {
  const { call, emulator } = cloud({ seed: SEED });
  const before = emulator.state();
  expect(complaint(await call(action, params))).toBe(`200 404: ${what} does not exist`);
  expect(emulator.state()).toEqual(before);
});

test("a list within something that does not exist is empty", async () => {
  const { ask } = cloud({ seed: SEED });
  for (const action of ["ListAppEnvironment", "ListDeployConfig", "ListServices", "ListSlbAPs"]) {
    expect(await ask(action, { AppId: "99", PageNumber: "1", PageSize: "5" })).toMatchObject({ total: 0, rows: [] });
  }
});
