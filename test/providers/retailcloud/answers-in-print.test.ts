import { describe, expect, it } from "vitest";
import { canonicalLive } from "../../../src/core/canonical.ts";
import { kindNamed } from "./kind-trial.ts";
import { type Canned, fakeCloud, json, rejection, retail } from "./retail-world.ts";

/** What a kind makes of an answer to its list. */
async function listed(kind: string, ...answers: readonly Canned[]) {
  const { fetch, sent } = fakeCloud(...answers);
  const scope = { app: "1", environment: "3", "environment.app": "1" };
  const found = await kindNamed(kind).list(await retail(fetch), scope);
  return { sent, found: found.map((live) => canonicalLive(kindNamed(kind), live)) };
}

const page = (...rows: readonly unknown[]): Canned => json({ Code: 0, TotalCount: rows.length, Data: rows });

describe("App", () => {
  const row = {
    AppId: 1,
    Title: "t",
    BizName: "JST",
    Description: "",
    BizTitle: null,
    DeployType: "ContainerDeployment",
  };

  it("counts what the answer leaves out, or leaves empty, as not set", async () => {
    const { found } = await listed("App", page(row));
    expect(found).toEqual([{ id: "1", spec: { title: "t", bizCode: "JST", stateType: "stateless" } }]);
  });

  it("reads the vendor's second word for the users of DingTalk", async () => {
    const roles = [{ RoleName: "Owner", UserId: 12, UserType: "DINGDING_TALK", RealName: "某人" }];
    const { fetch } = fakeCloud(json({ Code: 0, Result: { ...row, UserRoles: roles } }));
    const live = await kindNamed("App").read?.(await retail(fetch), { id: "1", scope: {}, spec: {} });
    expect(live?.spec["userRoles"]).toEqual([{ roleName: "Owner", userId: "12", userType: "DING_TALK" }]);
  });

  it("keeps a 64-bit id as it is", async () => {
    const { found } = await listed("App", { text: '{"Code":0,"TotalCount":1,"Data":[{"AppId":9223372036854775807}]}' });
    expect(found[0]?.id).toBe("9223372036854775807");
  });

  it("refuses a row without an id", async () => {
    expect(await rejection(listed("App", page({ Title: "t" })))).toMatchObject({ code: "E_BAD_ANSWER" });
  });
});

describe("Environment", () => {
  it.each([
    [{ EnvType: 1, EnvTypeName: "正式" }, "online"],
    [{ EnvType: 2, EnvTypeName: "正式环境" }, "online"],
    [{ EnvType: 0, EnvTypeName: "测试" }, "test"],
    [{ EnvType: 1, EnvTypeName: "测试环境" }, "test"],
    [{ EnvType: "0" }, "test"],
    [{ EnvType: 1 }, "online"],
    [{ EnvType: 2, EnvTypeName: "online" }, "online"],
    [{}, undefined],
  ])("reads the type %j as %s", async (type, word) => {
    const row = { EnvId: 3, EnvName: "prod", AppSchemaId: "9007199254740993", ...type };
    const { found } = await listed("Environment", page(row));
    expect(found[0]?.spec["envType"]).toBe(word);
    expect(found[0]?.spec).toMatchObject({ app: "1", deployConfig: "9007199254740993" });
  });
});

describe("DeployConfig", () => {
  const row = (Id: number, conf: object = {}) => ({ Id, Name: `c${Id}`, EnvType: "test", ContainerYamlConf: conf });
  const counted = (TotalCount: number, ...Data: readonly unknown[]): Canned => json({ Code: 0, TotalCount, Data });

  it("asks for each type where its list holds fewer rows than it counts", async () => {
    const { found, sent } = await listed("DeployConfig", counted(2, row(1)), counted(1, row(1)), counted(1, row(2)));
    expect(found.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(sent.map(({ query }) => query["EnvType"])).toEqual([undefined, "test", "online"]);
  });

  it("is incomplete where that does not help", async () => {
    expect(await rejection(listed("DeployConfig", counted(3, row(1))))).toMatchObject({ code: "E_INCOMPLETE" });
  });

  it("asks once where the count is reached or missing", async () => {
    expect((await listed("DeployConfig", counted(1, row(1)))).sent).toHaveLength(1);
    expect((await listed("DeployConfig", json({ Code: 0, Data: [row(1)] }))).sent).toHaveLength(1);
  });

  const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

  it.each([
    ["the list", { ConfigMapList: [text] }],
    ["the deprecated single one", { ConfigMap: text }],
    ["both of them", { ConfigMap: text, ConfigMapList: [text, text] }],
  ])("reads the ConfigMap of %s once", async (_, conf) => {
    const { found } = await listed("DeployConfig", counted(1, row(1, conf)));
    expect(found[0]?.spec["configMaps"]).toEqual([object]);
  });

  it("shows an object that nobody can read as text, and the others as they are", async () => {
    const { found } = await listed("DeployConfig", counted(1, row(1, { Deployment: "a: [", ConfigMapList: [text] })));
    expect(found[0]?.spec).toMatchObject({ deployment: "a: [", configMaps: [object] });
  });

  it("finds one by its id, and proves its absence", async () => {
    const { fetch, sent } = fakeCloud(counted(1, row(1)), counted(0));
    const read = async (id: string) =>
      kindNamed("DeployConfig").read?.(await retail(fetch), { id, scope: { app: "1" }, spec: {} });
    expect(await read("1")).toMatchObject({ id: "1", spec: { name: "c1" } });
    expect(await read("2")).toBeUndefined();
    expect(sent.map(({ query }) => query)).toEqual([
      { AppId: "1", Id: "1" },
      { AppId: "1", Id: "2" },
    ]);
  });
});

describe("Service", () => {
  it("reads ports of any style", async () => {
    const mappings = [
      { Name: "a", Protocol: "TCP", Port: "80", TargetPort: 8080, NodePort: 30000 },
      { Name: "b", Protocol: "UDP", Port: 53, TargetPort: "dns" },
    ];
    const row = {
      ServiceId: 4,
      EnvId: 3,
      Name: "s",
      K8sServiceId: "s",
      ServiceType: "NodePort",
      PortMappings: mappings,
    };
    const { found } = await listed("Service", page(row));
    expect(found[0]?.spec).toMatchObject({
      environment: "3",
      headless: false,
      portMappings: [
        { name: "a", protocol: "TCP", port: 80, targetPort: "8080", nodePort: 30000 },
        { name: "b", protocol: "UDP", port: 53, targetPort: "dns" },
      ],
    });
  });
});

describe("SlbAP", () => {
  const row = { SlbAPId: 5, EnvId: 3, Name: "n", SlbId: "lb-1", ListenerPort: 80, RealServerPort: 8080 };
  const rest = { EstablishedTimeout: 900, StickySession: 1, CookieTimeout: 60, SslCertId: "c" };

  it.each([
    ["TCP", { establishedTimeout: 900 }],
    ["UDP", {}],
    ["HTTP", { stickySession: true, cookieTimeout: 60 }],
    ["HTTPS", { stickySession: true, cookieTimeout: 60, sslCertId: "c" }],
  ])("of %s shows what belongs to its protocol and nothing else", async (Protocol, own) => {
    const { found } = await listed("SlbAP", page({ ...row, ...rest, Protocol }));
    expect(found[0]?.spec).toEqual({
      environment: "3",
      name: "n",
      slbId: "lb-1",
      protocol: Protocol,
      listenerPort: 80,
      realServerPort: 8080,
      ...own,
    });
  });
});

describe("AppResourceAlloc", () => {
  it("reads the manual's wrapper and leaves out what another app owns", async () => {
    const rows = [
      { Id: 8, AppEnvId: 3, AppId: 1, ClusterId: "c" },
      { Id: 9, AppEnvId: 4, appId: 2, ClusterId: "c" },
      { Id: 7, AppEnvId: 5, ClusterId: "d" },
    ];
    const body = { Code: 0, TotalCount: 3, PageSize: 2, Data: rows };
    const { found, sent } = await listed("AppResourceAlloc", json({ ListAppResourceAllocsResponse: body }));
    expect(found).toEqual([
      { id: "3", spec: { environment: "3", cluster: "c" } },
      { id: "5", spec: { environment: "5", cluster: "d" } },
    ]);
    expect(sent[0]?.query).toEqual({ AppId: "1", PageNumber: "1", PageSize: "100" });
  });
});
