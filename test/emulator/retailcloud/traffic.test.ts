import { describe, expect, test } from "vitest";
import { cloud, complaint } from "../cloud.ts";
import { SEED } from "../seed.ts";

const PAGES = { AppId: "11", PageNumber: "1", PageSize: "10" };
const mapping = (index: number, name: string, more: object = {}) => {
  const fields = { Name: name, Protocol: "TCP", Port: "80", TargetPort: "8080", ...more };
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [`PortMappings.${index}.${key}`, value]));
};
const service = (more: object) => ({ EnvId: "13", Name: "n", ServiceType: "NodePort", K8sServiceId: "k", ...more });

describe("services", () => {
  test("a service reads back with what the cloud adds", async () => {
    const { ask } = cloud({ seed: SEED });
    const params = service({ ServiceType: "ClusterIP", Headless: "true", ...mapping(1, "http") });
    const { result } = await ask("CreateService", params);
    const read = {
      AppId: 11n,
      EnvId: 13n,
      ServiceId: result["ServiceId"],
      Name: "n",
      K8sServiceId: "k",
      ServiceType: "ClusterIP",
      Headless: true,
      ClusterIP: "None",
      PortMappings: [{ Name: "http", Protocol: "TCP", Port: 80n, TargetPort: "8080" }],
    };
    expect((await ask("DescribeServiceDetail", { ServiceId: "1001" })).result).toEqual(read);
    expect((await ask("ListServices", { ...PAGES, Name: "n", ServiceType: "ClusterIP" })).rows).toEqual([read]);
    expect((await ask("DescribeServiceDetail", { ServiceId: "14" })).result).toMatchObject({
      ClusterIP: expect.stringMatching(/^172\.21\.\d+\.\d+$/),
    });
  });

  test("a node port that is not named is assigned, a named one is kept", async () => {
    const { ask, emulator } = cloud({ seed: SEED });
    await ask(
      "CreateService",
      service({ ...mapping(1, "a"), ...mapping(2, "b", { NodePort: "30000" }), ...mapping(3, "c") }),
    );
    const ports = () => emulator.state()["retailcloud"]?.["Service"]?.at(-1);
    expect(ports()).toMatchObject({ PortMappings: [{ NodePort: 30001 }, { NodePort: 30000 }, { NodePort: 30002 }] });
    await ask("ModifyService", { ServiceId: "1001", ...mapping(1, "c"), ...mapping(2, "d") });
    expect(ports()).toMatchObject({
      PortMappings: [
        { Name: "c", NodePort: 30002 },
        { Name: "d", NodePort: 30003 },
      ],
    });
  });

  test("a modification keeps what it does not name", async () => {
    const { ask, emulator } = cloud({ seed: SEED });
    await ask("ModifyService", { ServiceId: "14", Name: "" });
    await ask("ModifyService", { ServiceId: "14", ...mapping(1, "https", { Port: "443" }) });
    expect(emulator.state()["retailcloud"]?.["Service"]).toMatchObject([
      { Name: "web", PortMappings: [{ Name: "https", Port: 443 }] },
    ]);
  });

  test.each([
    [service({ Headless: "true", ...mapping(1, "a") }), /^200 400: Headless is for ClusterIP services only/],
    [
      service({ ServiceType: "ClusterIP", ...mapping(1, "a", { NodePort: "30001" }) }),
      /^200 400: NodePort in PortMappings/,
    ],
    [service({ EnvId: "99", ...mapping(1, "a") }), /^200 404: environment 99 does not exist/],
    [
      service({ "PortMappings.1.Name": "a" }),
      /^400 MissingParameter: .*PortMappings\.1\.Protocol, PortMappings\.1\.Port/,
    ],
  ])("a service %j is refused", async (params, told) => {
    const { call } = cloud({ seed: SEED });
    expect(complaint(await call("CreateService", params))).toMatch(told);
  });

  test("node ports run out with a reason", async () => {
    const [first] = SEED.retailcloud.Service;
    const all = Array.from({ length: 2768 }, (_, index) => ({
      Name: `p${index}`,
      Protocol: "TCP",
      Port: 80,
      TargetPort: "80",
      NodePort: 30_000 + index,
    }));
    const Service = [{ ...first, ServiceType: "NodePort", PortMappings: all }];
    const { call } = cloud({ seed: { retailcloud: { ...SEED.retailcloud, Service } } });
    const told = complaint(await call("CreateService", service(mapping(1, "a"))));
    expect(told).toBe("200 409: all node ports from 30000 to 32767 are taken");
  });
});

describe("access points", () => {
  const point = (more: object) => ({
    EnvId: "13",
    Name: "n",
    SlbId: "lb-2",
    ListenerPort: "81",
    RealServerPort: "8080",
    Protocol: "TCP",
    ...more,
  });

  test("each protocol shows its own options, and defaults where none was given", async () => {
    const { ask } = cloud({ seed: SEED });
    const options = { EstablishedTimeout: "10", StickySession: "1", CookieTimeout: "5", SslCertId: "cert" };
    const read = async (more: object) => {
      const { result } = await ask("CreateSlbAP", point(more));
      const detail = await ask("DescribeSlbAPDetail", { SlbAPId: String(result["SlbAPId"]) });
      const { EstablishedTimeout, StickySession, CookieTimeout } = detail.result;
      return [EstablishedTimeout, StickySession, CookieTimeout];
    };
    expect(await read(options)).toEqual([10n, undefined, undefined]);
    expect(await read({})).toEqual([900n, undefined, undefined]);
    expect(await read({ ...options, Protocol: "UDP" })).toEqual([undefined, undefined, undefined]);
    expect(await read({ ...options, Protocol: "HTTPS" })).toEqual([undefined, 1n, 5n]);
    expect(await read({ Protocol: "HTTP" })).toEqual([undefined, 0n, undefined]);
  });

  test("an access point reads back in full from list and detail", async () => {
    const { ask } = cloud({ seed: SEED });
    await ask("CreateSlbAP", point({ Protocol: "HTTPS", SslCertId: "cert" }));
    const read = {
      AppId: 11n,
      EnvId: 13n,
      SlbAPId: 1001n,
      SlbId: "lb-2",
      SlbIp: "192.168.3.233",
      Name: "n",
      NetworkMode: "intranet",
      Protocol: "HTTPS",
      ListenerPort: 81n,
      RealServerPort: 8080n,
      SslCertId: "cert",
      StickySession: 0n,
    };
    expect((await ask("DescribeSlbAPDetail", { SlbAPId: "1001" })).result).toEqual(read);
    expect((await ask("ListSlbAPs", { ...PAGES, SlbId: "lb-2" })).rows).toEqual([read]);
  });

  test("a modification keeps what it does not name, and an empty certificate clears it", async () => {
    const { ask, emulator } = cloud({ seed: SEED });
    await ask("ModifySlbAP", { SlbAPId: "15", SslCertId: "c", RealServerPort: "9", Name: "" });
    expect(emulator.state()["retailcloud"]?.["SlbAP"]).toMatchObject([
      { Name: "shop", SslCertId: "c", RealServerPort: 9 },
    ]);
    await ask("ModifySlbAP", { SlbAPId: "15", SslCertId: "" });
    expect(emulator.state()["retailcloud"]?.["SlbAP"]?.[0]).not.toHaveProperty("SslCertId");
  });

  test("an access point needs its environment", async () => {
    const { call } = cloud({ seed: SEED });
    expect(complaint(await call("CreateSlbAP", point({ EnvId: "99" })))).toBe("200 404: environment 99 does not exist");
  });

  test("a list is narrowed by environment, part of the name, network, protocols and either id", async () => {
    const [first] = SEED.retailcloud.SlbAP;
    const inner = { ...first, SlbAPId: 50, Name: "shopping", SlbId: "lb-9", Protocol: "TCP", NetworkMode: "internet" };
    const { ask } = cloud({ seed: { retailcloud: { ...SEED.retailcloud, SlbAP: [first, inner] } } });
    const ids = async (filter: object) =>
      (await ask("ListSlbAPs", { ...PAGES, ...filter })).rows.map((row) => row["SlbAPId"]);
    expect(await ids({ EnvId: "13" })).toEqual([15n, 50n]);
    expect(await ids({ EnvId: "14" })).toEqual([]);
    expect(await ids({ Name: "shop" })).toEqual([15n, 50n]);
    expect(await ids({ NetworkMode: "internet" })).toEqual([50n]);
    expect(await ids({ "ProtocolList.1": "TCP", "ProtocolList.2": "UDP" })).toEqual([50n]);
    expect(await ids({ SlbId: "15" })).toEqual([15n]);
    expect(await ids({ SlbId: "lb-9" })).toEqual([50n]);
  });
});
