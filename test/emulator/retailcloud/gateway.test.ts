import { expect, test } from "vitest";
import { cloud, complaint } from "../cloud.ts";
import { APP, SEED } from "../seed.ts";

test("an unknown action, version or method is refused with the vendor's code", async () => {
  const { call } = cloud();
  expect(complaint(await call("CreateMoon"))).toBe("404 InvalidAction.NotFound: the action CreateMoon does not exist");
  expect(complaint(await call("ListApp", {}, { version: "2014-05-26" }))).toMatch(
    /^400 InvalidVersion: .*use 2018-03-13$/,
  );
  expect(complaint(await call("ListApp", {}, { method: "PUT" }))).toMatch(/^405 UnsupportedHTTPMethod: /);
  expect((await call("ListApp", {}, { method: "GET" })).status).toBe(200);
});

test("a refusal of the gateway carries Code, Message, RequestId and HostId", async () => {
  const { body } = await cloud().call("CreateMoon");
  expect(body).toEqual({
    Code: "InvalidAction.NotFound",
    Message: expect.any(String),
    RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
    HostId: "emulator.test",
  });
});

test("request ids are the same sequence after every reset, and never twice in it", async () => {
  const { call, emulator } = cloud();
  const ids = async () => [await call("ListApp"), await call("ListApp")].map(({ body }) => body["RequestId"]);
  const first = await ids();
  emulator.reset();
  expect(await ids()).toEqual(first);
  expect(new Set(first).size).toBe(2);
});

test("every missing parameter is named, those in lists by their index", async () => {
  const { call } = cloud();
  expect(complaint(await call("CreateApp", { Title: "", "UserRoles.2.UserId": "1" }))).toBe(
    "400 MissingParameter: missing for this action: BizCode, Language, OperatingSystem, ServiceType, Title, " +
      "UserRoles.2.RoleName, UserRoles.2.UserType",
  );
});

test.each([
  ["CreateApp", { ...APP, Language: "Rust" }, "Language must be one of Java, PHP, C#, Python"],
  ["CreateApp", { ...APP, StateType: "3" }, "StateType must be one of 1, 2"],
  ["CreateApp", { ...APP, StateType: "one" }, "StateType must be of type Integer"],
  ["CreateApp", { ...APP, StateType: "2147483648" }, "StateType must be of type Integer"],
  ["DescribeAppDetail", { AppId: "11a" }, "AppId must be of type Long"],
  ["DescribeAppDetail", { AppId: "9223372036854775808" }, "AppId must be of type Long"],
  ["DeleteAppDetail", { AppId: "11", Force: "maybe" }, "Force must be of type Boolean"],
  ["ModifySlbAP", { SlbAPId: "15", EstablishedTimeout: "9" }, "EstablishedTimeout must be at least 10"],
  [
    "ModifySlbAP",
    { SlbAPId: "15", EstablishedTimeout: "901", CookieTimeout: "86401" },
    "EstablishedTimeout must be at most 900; CookieTimeout must be at most 86400",
  ],
  [
    "ListSlbAPs",
    { AppId: "11", PageNumber: "1", PageSize: "1", "ProtocolList.2": "SCTP" },
    "ProtocolList.2 must be one of TCP, UDP, HTTP, HTTPS",
  ],
  ["UpdateDeployConfig", { AppId: "11", Id: "12", Deployment: "not base64" }, "Deployment must match "],
  ["ListAppResourceAllocs", { PageNumber: "0", PageSize: "1" }, "PageNumber must be at least 1"],
])("%s %j is refused: %s", async (action, params, told) => {
  const { call, emulator } = cloud({ seed: SEED });
  const before = emulator.state();
  expect(complaint(await call(action, params))).toContain(`400 InvalidParameter: ${told}`);
  expect(emulator.state()).toEqual(before);
});

test("a parameter is taken from the query or from a form, and unknown ones are ignored", async () => {
  const { call } = cloud({ seed: SEED });
  for (const form of [true, false]) {
    const { body } = await call("DescribeAppDetail", { AppId: "11", Colour: "red" }, { form });
    expect(body["Result"]).toMatchObject({ AppId: 11n });
  }
});

test("gaps in a list are closed, and its order is that of the numbers", async () => {
  const { call, emulator } = cloud();
  const role = (index: number) => ({
    [`UserRoles.${index}.RoleName`]: "Dev",
    [`UserRoles.${index}.UserId`]: String(index),
    [`UserRoles.${index}.UserType`]: "TAOBAO",
  });
  await call("CreateApp", { ...APP, ...role(10), ...role(2), "UserRoles.x.RoleName": "Dev" });
  expect(emulator.state()["retailcloud"]?.["App"]).toMatchObject([
    { UserRoles: [{ UserId: "12345" }, { UserId: "2" }, { UserId: "10" }] },
  ]);
});

test("ids above 2^53 keep every digit on the way in and out", async () => {
  const { ask, emulator } = cloud({
    seed: { retailcloud: { App: [{ ...SEED.retailcloud.App[0], AppId: "9007199254740993" }] } },
  });
  expect((await ask("ListApp")).rows).toMatchObject([{ AppId: 9007199254740993n }]);
  const { result } = await ask("CreateDeployConfig", { AppId: "9007199254740993", EnvType: "test", Name: "t" });
  expect(result).toMatchObject({ AppId: 9007199254740993n, SchemaId: 9007199254740994n });
  expect(emulator.state()["retailcloud"]?.["DeployConfig"]).toMatchObject([
    { SchemaId: "9007199254740994", AppId: "9007199254740993" },
  ]);
});

test("a URL over 12 KiB is refused, and the same parameters in a form are not", async () => {
  const { call } = cloud();
  const Description = "x".repeat(12 * 1024);
  expect(await call("CreateApp", { ...APP, Description })).toMatchObject({ status: 414 });
  expect(await call("CreateApp", { ...APP, Description }, { form: true })).toMatchObject({ status: 200 });
});

test("what no cloud serves is answered 404", async () => {
  const { emulator } = cloud();
  for (const url of ["/nowhere", "*", "//", "http://h/x"]) {
    expect(await emulator.handle({ method: "GET", url, headers: {}, body: "" })).toMatchObject({ status: 404 });
  }
  expect(emulator.calls()).toEqual([]);
});
