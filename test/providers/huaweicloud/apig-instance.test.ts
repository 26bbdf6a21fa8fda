import { describe, expect, it } from "vitest";
import { edgeProject, gateway } from "./edge-project.ts";

const everything = {
  instanceName: "edge-all",
  specId: "PROFESSIONAL",
  description: "描述",
  maintainBegin: "22:00:00",
  maintainEnd: "02:00:00",
  bandwidthSize: 5,
  bandwidthChargingMode: "traffic",
  ingressBandwidthSize: 10,
  ingressBandwidthChargingMode: "traffic",
  loadbalancerProvider: "elb",
  ipv6Enable: true,
  enterpriseProjectId: "e1",
  tags: { team: "web", empty: "" },
  vpcepServiceName: "edge",
  customIngressPorts: [
    { protocol: "HTTPS", ingressPort: 8443 },
    { protocol: "HTTP", ingressPort: 8080 },
  ],
};

describe.each(["sdk", "manual"] as const)("ApigInstance over the %s wire", (wire) => {
  it("is created with every field, and then as declared", async () => {
    const project = edgeProject({ wire });
    project.declare(gateway("all", everything));
    expect((await project.plan()).calls).toEqual({ CreateInstanceV2: 1, AddCustomIngressPort: 2 });
    await project.settle(gateway("all", everything));
    expect(project.rows("ApigInstance")).toMatchObject([
      {
        ...{ instance_name: "edge-all", spec_id: "PROFESSIONAL", vpc_id: "vpc-1", subnet_id: "net-1" },
        ...{ available_zone_ids: ["z-b", "z-a"], maintain_begin: "22:00:00", maintain_end: "02:00:00" },
        ...{ bandwidth_size: 5, bandwidth_charging_mode: "traffic", ingress_bandwidth_size: 10, ipv6_enable: true },
        ...{ enterprise_project_id: "e1", vpcep_service_name: "edge", description: "描述" },
        tags: [
          { key: "empty", value: "" },
          { key: "team", value: "web" },
        ],
        custom_ingress_ports: [
          { protocol: "HTTPS", ingress_port: 8443 },
          { protocol: "HTTP", ingress_port: 8080 },
        ],
      },
    ]);
  });

  it("of an NLB edition is created with its first load balancer, and gets the others when it runs", async () => {
    const project = edgeProject({ wire });
    const whole = gateway("nlb", { specId: "NLB_BASIC", elbIds: ["e1", "e2", "e3"] });
    project.declare(whole);
    expect((await project.plan()).calls).toEqual({ CreateInstanceV2: 1, BatchCreateExtraElbs: 2 });
    await project.settle(whole);
    expect(project.rows("ApigInstance")).toMatchObject([{ elb_ids: ["e1", "e2", "e3"] }]);
  });

  it("is changed in many fields at once, each step when the gateway runs again", async () => {
    const project = edgeProject({ wire });
    const { instanceName: _, ...start } = everything;
    await project.settle(gateway("edge", { ...start, specId: "BASIC" }));
    await project.settle(
      gateway("edge", {
        ...start,
        instanceName: "renamed",
        specId: "PLATINUM",
        description: "",
        maintainBegin: "06:00:00",
        maintainEnd: "10:00:00",
        bandwidthSize: 10,
        ingressBandwidthSize: 6,
        enterpriseProjectId: "0",
        tags: {},
        vpcepServiceName: "other",
        customIngressPorts: [],
      }),
    );
    expect(project.emulator.calls().filter(({ status }) => status === 409)).toEqual([]);
    expect(project.rows("ApigInstance")).toMatchObject([
      { instance_name: "renamed", spec_id: "PLATINUM", description: "", tags: [], custom_ingress_ports: [] },
    ]);
  });

  it("is adopted as it is, and forgotten when it is not declared any more", async () => {
    const own = { instance_id: "g1", instance_name: "edge", spec_id: "BASIC", vpc_id: "vpc-1", subnet_id: "net-1" };
    const row = { ...own, security_group_id: "sg-1", available_zone_ids: ["z-a", "z-b"], description: "by hand" };
    const project = edgeProject({ wire, seed: { huaweicloud: { ApigInstance: [row] } } });
    await project.settle(gateway("edge"));
    expect(project.emulator.calls().filter(({ action }) => !/^(List|Show)/.test(action))).toEqual([]);
    await project.settle(gateway("edge", { description: "by cairn", tags: { a: "b" } }));
    expect(project.rows("ApigInstance")).toMatchObject([{ instance_id: "g1", description: "by cairn" }]);
    await project.settle();
    expect(project.rows("ApigInstance")).toHaveLength(1);
  });
});

describe("ApigInstance", () => {
  it.each([
    ["vpcId", { vpcId: "vpc-2" }],
    ["subnetId", { subnetId: "net-2" }],
    ["availableZoneIds", { availableZoneIds: ["z-c"] }],
    ["loadbalancerProvider", { loadbalancerProvider: "lvs" }],
    ["ipv6Enable", { ipv6Enable: false }],
    ["loadbalancerProvider", { loadbalancerProvider: undefined }],
    ["availableZoneIds", { availableZoneIds: undefined }],
  ])("is replaced where %s changes to %j, and only where that is allowed", async (field, spec) => {
    const project = edgeProject();
    const start = gateway("edge", { loadbalancerProvider: "elb", ipv6Enable: true });
    await project.settle(start);
    const [before] = project.rows("ApigInstance");
    project.declare(gateway("edge", { loadbalancerProvider: "elb", ipv6Enable: true, ...spec }));
    const planned = await project.plan();
    expect(planned.fields["ApigInstance/edge"]?.[0]).toMatch(field);
    expect(planned.actions).toEqual({ edge: "delete+create" });
    expect((await project.cairn("apply --yes")).code).toBe(4);
    expect((await project.cairn("apply --yes --allow destroy=ApigInstance/edge")).code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    const after = project.rows("ApigInstance");
    expect(after).toHaveLength(1);
    expect(after[0]?.["instance_id"]).not.toBe(before?.["instance_id"]);
  });

  it.each([
    ["maintainBegin", { maintainBegin: "02:00:00" }, {}],
    ["vpcepServiceName", { vpcepServiceName: "a" }, {}],
  ])("cannot lose %s", async (field, from, to) => {
    const project = edgeProject();
    await project.settle(gateway("edge", from));
    project.declare(gateway("edge", to));
    const { code, stderr } = await project.cairn("plan");
    expect(code).toBe(1);
    expect(stderr).toContain(`${field} was taken away, but the API has no way`);
  });

  it("keeps the order of zones and ports to itself", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge", everything));
    const turned = {
      availableZoneIds: ["z-a", "z-b"],
      customIngressPorts: [...everything.customIngressPorts].reverse(),
      tags: { empty: "", team: "web" },
    };
    project.declare(gateway("edge", { ...everything, ...turned }));
    expect((await project.plan()).actions).toEqual({ edge: "no-op" });
  });

  it("repairs what somebody else has changed, public addresses included", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge", everything), gateway("door", { loadbalancerProvider: "lvs", eipId: "eip-1" }));
    const named = (name: string) => project.rows("ApigInstance").find((row) => row["instance_name"] === name);
    const [one, other] = [named("edge-all"), named("door")];
    const bare = {
      ...one,
      bandwidth_size: 0,
      ingress_address: undefined,
      ingress_bandwidth_size: undefined,
      tags: [],
      description: "",
      custom_ingress_ports: [],
    };
    const { eip_id: _, ...shut } = other ?? {};
    project.emulator.reset({ huaweicloud: { ApigInstance: [bare, shut] } });
    const planned = await project.plan();
    expect(planned.fields).toMatchObject({
      "ApigInstance/door": ["eipId"],
      "ApigInstance/edge": expect.arrayContaining(["description", "bandwidthSize", "ingressBandwidthSize"]),
    });
    await project.settle(gateway("edge", everything), gateway("door", { loadbalancerProvider: "lvs", eipId: "eip-1" }));
    expect(project.rows("ApigInstance")).toMatchObject([
      { bandwidth_size: 5, description: "描述" },
      { eip_id: "eip-1" },
    ]);
  });

  it("is found by its id under its old name, so that a rename deletes nothing", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    await project.settle(gateway("edge", { instanceName: "front-door" }));
    const actions = project.emulator.calls().map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("Delete") || action.startsWith("Create"))).toEqual([
      "CreateInstanceV2",
    ]);
    const [row] = project.rows("ApigInstance");
    expect(row).toMatchObject({ instance_name: "front-door" });
    expect(project.ledger().entries).toMatchObject({ "ApigInstance/edge": { id: row?.["instance_id"] } });
  });

  it("cannot take a name that another gateway has; the cloud says so", async () => {
    const project = edgeProject();
    const other = { instance_id: "g1", instance_name: "taken", spec_id: "BASIC", vpc_id: "v", subnet_id: "s" };
    await project.settle(gateway("edge"));
    const [mine] = project.rows("ApigInstance");
    project.emulator.reset({ huaweicloud: { ApigInstance: [mine, { ...other, security_group_id: "sg" }] } });
    project.declare(gateway("edge", { instanceName: "taken" }));
    expect((await project.cairn("apply --yes")).code).not.toBe(0);
    expect(project.rows("ApigInstance").map((row) => row["instance_name"])).toEqual(["edge", "taken"]);
  });
});
