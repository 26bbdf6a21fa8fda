import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import { fieldsOf } from "../../../src/core/fields.ts";
import type { Traits } from "../../../src/core/traits.ts";
import type { Fields } from "../../../src/core/values.ts";
import { samples } from "./kind-samples.ts";
import { kindNamed, resolved, trial } from "./kind-trial.ts";
import { fakeCloud, json, retail } from "./retail-world.ts";

function sample(kind: string, name: string): Fields {
  const ids = new Proxy({}, { get: () => "1" });
  return resolved(kindNamed(kind), samples[kind]?.[name]?.spec(ids) ?? {});
}

function faults(kind: string, spec: Fields, target: Fields = {}): readonly string[] {
  return (kindNamed(kind).constraints?.(spec, () => target) ?? []).map(({ field, message }) => `${field} ${message}`);
}

function issues(kind: string, input: Fields): string[] {
  const result: z.ZodSafeParseResult<unknown> = kindNamed(kind).spec.safeParse(input);
  return result.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

describe("rules between fields", () => {
  it("a deploy config has a deployment or a statefulSet, as its app's state demands", () => {
    const [plain, full] = [sample("DeployConfig", "plain"), sample("DeployConfig", "full")];
    expect(faults("DeployConfig", plain, { stateType: "stateless" })).toEqual([]);
    expect(faults("DeployConfig", plain)).toEqual([]);
    expect(faults("DeployConfig", plain, { stateType: "stateful" })).toEqual([
      "deployment is for stateless apps; write a statefulSet",
    ]);
    expect(faults("DeployConfig", full, { stateType: "stateless" })).toEqual([
      "statefulSet is for stateful apps; write a deployment",
    ]);
    expect(faults("DeployConfig", { ...plain, ...full })).toEqual([
      "statefulSet excludes deployment; keep one of the two",
    ]);
  });

  it("a service is headless, or has node ports, only where its type has such a thing", () => {
    const service = sample("Service", "nodePort");
    expect(faults("Service", service)).toEqual([]);
    expect(faults("Service", { ...service, headless: true })).toEqual([
      "headless is for serviceType ClusterIP; take it out",
    ]);
    expect(faults("Service", { ...service, serviceType: "ClusterIP" })).toEqual([
      'portMappings nodePort of "http" is for serviceType NodePort; take it out',
    ]);
    const http = { name: "http", protocol: "TCP", port: 1, targetPort: "1" };
    expect(faults("Service", { ...service, portMappings: [http, http] })).toEqual([
      'portMappings two mappings are named "http"; rename one',
    ]);
  });

  it("an access point has what belongs to its protocol", () => {
    expect(faults("SlbAP", sample("SlbAP", "https"))).toEqual([]);
    expect(faults("SlbAP", sample("SlbAP", "tcp"))).toEqual([]);
    expect(faults("SlbAP", { ...sample("SlbAP", "https"), protocol: "UDP", establishedTimeout: 10 })).toEqual([
      "establishedTimeout is for TCP, not for UDP; take it out",
      "stickySession is for HTTP and HTTPS, not for UDP; take it out",
      "cookieTimeout is for HTTP and HTTPS, not for UDP; take it out",
      "sslCertId is for HTTPS, not for UDP; take it out",
    ]);
  });

  it.each([
    ["SlbAP", "tcp", { establishedTimeout: 9 }],
    ["SlbAP", "tcp", { establishedTimeout: 901 }],
    ["SlbAP", "https", { cookieTimeout: 86_401 }],
    ["SlbAP", "tcp", { listenerPort: 0 }],
    ["SlbAP", "tcp", { slbId: "" }],
    ["Service", "nodePort", { portMappings: [] }],
    ["Service", "nodePort", { portMappings: [{ name: "a", protocol: "TCP", port: 1, targetPort: true }] }],
    ["Environment", "plain", { replicas: -1 }],
    ["Environment", "plain", { replicas: { min: 3, max: 2 } }],
    ["App", "plain", { userRoles: [] }],
    ["App", "plain", { bizCode: "OTHER" }],
  ] as const)("%s (%s) refuses %j", (kind, name, wrong) => {
    const input = samples[kind]?.[name]?.spec(new Proxy({}, { get: () => "1" })) ?? {};
    const found = issues(kind, { ...input, ...wrong });
    expect(found).not.toEqual([]);
    expect(found.every((issue) => issue.startsWith(Object.keys(wrong)[0] ?? ""))).toBe(true);
  });
});

describe("what a kind says of its fields", () => {
  const having = (kind: string, trait: keyof Traits): string[] =>
    fieldsOf(kindNamed(kind)).flatMap(({ name, traits }) => (traits[trait] === undefined ? [] : [name]));

  it.each([
    ["App", "immutable", ["title", "bizCode", "stateType", "namespace", "groupName"]],
    ["App", "writeOnly", ["namespace", "groupName", "middleWareIds"]],
    ["App", "describedOnly", ["userRoles"]],
    ["App", "unordered", ["userRoles", "middleWareIds"]],
    ["App", "cannotUnset", ["middleWareIds"]],
    ["DeployConfig", "immutable", ["app", "name", "envType"]],
    ["DeployConfig", "yaml", ["deployment", "statefulSet", "configMaps", "cronJob", "secrets"]],
    ["DeployConfig", "subset", ["deployment", "statefulSet", "configMaps", "cronJob", "secrets"]],
    ["DeployConfig", "unordered", ["configMaps", "secrets"]],
    ["DeployConfig", "cannotUnset", ["deployment", "statefulSet", "cronJob"]],
    ["DeployConfig", "unsetReplaces", ["configMaps", "secrets"]],
    ["Environment", "immutable", ["app", "cluster", "envName", "envType", "region"]],
    ["Environment", "writeOnly", ["cluster"]],
    ["Environment", "describedOnly", ["replicas"]],
    ["Environment", "range", ["replicas"]],
    ["Service", "immutable", ["environment", "serviceType", "k8sServiceId", "headless"]],
    ["Service", "subset", ["portMappings"]],
    ["SlbAP", "immutable", ["environment", "slbId", "protocol", "listenerPort"]],
    ["SlbAP", "cannotUnset", ["establishedTimeout", "cookieTimeout", "sslCertId"]],
  ] as const)("of %s, %s are %j", (kind, trait, fields) => {
    expect(having(kind, trait)).toEqual(fields);
  });

  it("survives its description", () => {
    const described = retailcloudKinds.flatMap((kind) => fieldsOf(kind).filter(({ schema }) => schema.description));
    expect(described.length).toBeGreaterThan(20);
    expect(fieldsOf(kindNamed("App")).find(({ name }) => name === "title")?.schema.description).toContain("unique");
  });

  it("takes an empty list, or an empty text, for nothing", () => {
    const shape = { ...kindNamed("DeployConfig").spec.shape, ...kindNamed("App").spec.shape };
    const parsed = ["configMaps", "secrets", "middleWareIds"].map((name) => shape[name]?.parse([]));
    expect([...parsed, shape["codePath"]?.parse(""), shape["description"]?.parse("")]).toEqual(
      Array(5).fill(undefined),
    );
  });

  it("hides the values of secrets from the plan, wherever they stand", () => {
    const secrets = fieldsOf(kindNamed("DeployConfig")).find(({ name }) => name === "secrets");
    expect(secrets?.traits).toMatchObject({ unordered: ["metadata.name"], yaml: true });
  });
});

describe("identity and conflict", () => {
  const listener = (protocol: string, listenerPort = 53) => ({ slbId: "lb", listenerPort, protocol });

  it("of access points: a port of one load balancer belongs to TCP, HTTP and HTTPS together, and to UDP apart", () => {
    const { identity, unique } = kindNamed("SlbAP");
    expect(identity(listener("TCP"))).toBe(identity(listener("HTTPS")));
    expect(identity(listener("TCP"))).not.toBe(identity(listener("UDP")));
    expect(unique?.[0]?.key(listener("HTTP"), "SlbAP/a")).toBe(identity(listener("HTTP")));
  });

  it("of services: the same name in two environments is two services, declared or live", () => {
    const { identity } = kindNamed("Service");
    const declared = { environment: { to: "Environment/a" }, k8sServiceId: "web" };
    expect(identity(declared)).not.toBe(identity({ ...declared, environment: { to: "Environment/b" } }));
    expect(identity({ ...declared, environment: "3" })).toBe("3/web");
  });

  it("of environments: one that names a cluster claims its allocation", () => {
    const [allocation] = kindNamed("Environment").unique ?? [];
    expect(allocation?.key({}, "Environment/a")).toBeUndefined();
    expect(allocation?.key({ cluster: { to: "Cluster/c" } }, "Environment/a")).toBe("Environment/a");
  });

  it("of allocations: their environment is both, and one cluster is enough for it", () => {
    const { identity, unique } = kindNamed("AppResourceAlloc");
    const declared = { environment: { to: "Environment/a" }, cluster: { id: "c", parents: {} } };
    expect(identity({ environment: "3", cluster: "c" })).toBe("3");
    expect(unique?.[0]?.key(declared, "AppResourceAlloc/x")).toBe("Environment/a");
    expect(unique?.[0]?.key({ environment: { id: "3", parents: {} } }, "AppResourceAlloc/x")).toBeUndefined();
    expect(unique?.[0]?.domain).toBe(kindNamed("Environment").unique?.[0]?.domain);
  });

  it("orders services and access points behind the allocation of their environment", () => {
    for (const kind of ["Service", "SlbAP"]) {
      const [edge] = kindNamed(kind).after ?? [];
      const mine = { environment: { to: "Environment/a" } };
      expect(edge?.kind).toBe("AppResourceAlloc");
      expect(edge?.when(mine, { ...mine, cluster: { id: "c", parents: {} } })).toBe(true);
      expect(edge?.when(mine, { environment: { to: "Environment/b" } })).toBe(false);
    }
  });
});

describe("an update", () => {
  const sentBy = async (kind: string, name: string, before: Fields, ...changed: readonly string[]) => {
    const { fetch, sent } = fakeCloud(json({ Code: 0, Result: { Success: true } }));
    const one = trial(await retail(fetch), kindNamed(kind), { app: "1", "environment.app": "1" });
    const input = samples[kind]?.[name]?.spec(new Proxy({}, { get: () => "1" })) ?? {};
    await one.update("9", before, input, ...changed);
    const last = sent.at(-1);
    return { ...last?.query, ...last?.body };
  };

  it("sends what changed and nothing that was ignored", async () => {
    expect(await sentBy("SlbAP", "https", {}, "name")).toEqual({ SlbAPId: "9", Name: "https" });
    expect(await sentBy("Environment", "plain", {}, "deployConfig")).toEqual({
      AppEnvId: "9",
      AppId: "1",
      AppSchemaId: "1",
    });
    expect(Object.keys(await sentBy("DeployConfig", "plain", { codePath: "/x" }, "deployment"))).toEqual([
      ...["AppId", "Id", "CodePath", "Deployment"],
    ]);
  });

  it("of an app repeats the roles that it has, where they are not what changed", async () => {
    const before = { userRoles: [{ roleName: "Owner", userId: "live", userType: "TAOBAO" }] };
    expect(await sentBy("App", "plain", before, "language")).toMatchObject({ "UserRoles.1.UserId": "live" });
    expect(await sentBy("App", "plain", before, "userRoles")).toMatchObject({ "UserRoles.2.UserId": "7" });
    expect(await sentBy("App", "plain", {}, "language")).toMatchObject({ "UserRoles.2.UserId": "7" });
  });

  it("of a deploy config keeps the code path that it has, where that is not what changed", async () => {
    expect(await sentBy("DeployConfig", "plain", { codePath: "/live" }, "deployment")).toMatchObject({
      CodePath: "/live",
    });
    expect(await sentBy("DeployConfig", "plain", { codePath: "/live" }, "codePath")).toMatchObject({ CodePath: "" });
  });

  it("of a service sends every mapping, each with the node port that it has", async () => {
    const before = {
      portMappings: [
        { name: "dns", nodePort: 30053 },
        { name: "http", nodePort: 1 },
      ],
    };
    expect(await sentBy("Service", "nodePort", before, "portMappings")).toMatchObject({
      "PortMappings.1.NodePort": "30080",
      "PortMappings.2.NodePort": "30053",
    });
  });

  it.each([
    [{}, "2"],
    [{ replicas: 1 }, "2"],
    [{ replicas: 9 }, "4"],
  ])("of a range of replicas takes the end that is nearest to %j", async (before, replicas) => {
    expect(await sentBy("Environment", "full", before, "replicas")).toMatchObject({ Replicas: replicas });
  });
});
