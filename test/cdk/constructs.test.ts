import { readFileSync } from "node:fs";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { constructsFile } from "../../scripts/constructs-file.ts";
import * as cdk from "../../src/cdk/index.ts";
import { App, DeployConfig, Environment, Manifests, NodeLabelBinding } from "../../src/cdk/index.ts";
import { kinds } from "./inputs.ts";

const spec = {
  bizCode: "JST",
  language: "Java",
  operatingSystem: "Linux",
  serviceType: "GeneralApplication",
  userRoles: [{ roleName: "Owner", userId: "1", userType: "TAOBAO" }],
} as const;

describe("src/cdk/constructs.ts", () => {
  it("is not stale: npm run schemas writes what is there", () => {
    expect(readFileSync("src/cdk/constructs.ts", "utf8")).toBe(constructsFile());
  });

  it("has a class for every kind", () => {
    const manifests = new Manifests();
    const classes = new Map(Object.entries(cdk));
    const made = [...kinds.keys()].map((name) => Reflect.construct(classes.get(name) ?? Object, [manifests, "x", {}]));
    expect(made.map((one) => one.address)).toEqual([...kinds.keys()].map((name) => `${name}/x`));
    expect(manifests.documents().map(({ apiVersion }) => apiVersion)).toEqual(
      [...kinds.values()].map(({ apiVersion }) => apiVersion),
    );
  });
});

describe("a construct", () => {
  it("is a manifest named after its path; kinds do not get in each other's way", () => {
    const manifests = new Manifests();
    const app = new App(manifests, "shop", spec);
    const deployConfig = new DeployConfig(app, "online", { app, envType: "online" });
    new Environment(app, "online", { app, deployConfig, envType: "online", region: "cn", replicas: "${var.replicas}" });
    expect(manifests.documents()).toEqual([
      { apiVersion: "retailcloud/v1", kind: "App", metadata: { name: "shop" }, spec },
      {
        apiVersion: "retailcloud/v1",
        kind: "DeployConfig",
        metadata: { name: "shop/online" },
        spec: { app: "shop", envType: "online" },
      },
      {
        apiVersion: "retailcloud/v1",
        kind: "Environment",
        metadata: { name: "shop/online" },
        spec: {
          app: "shop",
          deployConfig: "shop/online",
          envType: "online",
          region: "cn",
          replicas: "${var.replicas}",
        },
      },
    ]);
    expect(app.address).toBe("App/shop");
  });

  it("takes further metadata, and a name of its own", () => {
    const manifests = new Manifests();
    const team = new Construct(manifests, "team");
    const first = new App(team, "a", spec, { labels: { team: "web" }, lifecycle: { preventDestroy: true } });
    new App(team, "b", spec, { name: "other.name", provider: "brand-a", dependsOn: [first, "App/else"] });
    expect(manifests.documents().map(({ metadata }) => metadata)).toEqual([
      { name: "team/a", labels: { team: "web" }, lifecycle: { preventDestroy: true } },
      { name: "other.name", provider: "brand-a", dependsOn: ["App/team/a", "App/else"] },
    ]);
  });

  it("refers to constructs in lists, and inside ids and lookups, too", () => {
    const manifests = new Manifests();
    const app = new App(manifests, "shop", spec);
    const deployConfig = { lookup: { app, name: "online" } };
    new Environment(manifests, "one", { app: { id: "1" }, deployConfig, envType: "test", region: "cn", replicas: 1 });
    new NodeLabelBinding(manifests, "two", { nodeLabel: { id: "7" }, instances: [{ id: 1, cluster: { id: "c" } }] });
    expect(
      manifests
        .documents()
        .slice(1)
        .map((one) => one.spec),
    ).toEqual([
      {
        app: { id: "1" },
        deployConfig: { lookup: { app: "shop", name: "online" } },
        envType: "test",
        region: "cn",
        replicas: 1,
      },
      { nodeLabel: { id: "7" }, instances: [{ id: 1, cluster: { id: "c" } }] },
    ]);
  });

  it("leaves out what is undefined, and refuses what YAML cannot hold and what refers to the wrong kind", () => {
    const manifests = new Manifests();
    const app = new App(manifests, "shop", { ...spec, description: undefined });
    expect(manifests.documents()[0]?.spec).toEqual(spec);
    // What JavaScript may do and TypeScript refuses.
    const make = (kind: typeof App | typeof DeployConfig, id: string, wrong: object) => () =>
      Reflect.construct(kind, [manifests, id, wrong]);
    expect(make(DeployConfig, "a", { app: new DeployConfig(manifests, "x", { app, envType: "test" }) })).toThrow(
      "refers to a construct of App; got DeployConfig/x",
    );
    expect(make(App, "b", { title: app })).toThrow("is no reference; got App/shop");
    expect(make(App, "c", { title: new Date(0) })).toThrow("must be what YAML can hold; got a Date");
    expect(make(App, "d", { title: () => "x" })).toThrow("must be what YAML can hold; got function");
    expect(make(App, "e", { title: Number.NaN })).toThrow("must be what YAML can hold; got number");
  });
});
