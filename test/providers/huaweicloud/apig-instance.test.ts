import { describe, expect, it } from "vitest";
import { edgeProject, gateway, passing, someday } from "./edge-project.ts";

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

/** Field by field: what it becomes, what else it stands on, and the calls that take it there. */
const changes: readonly (readonly [field: string, from: object, to: object, calls: readonly string[]])[] = [
  ["instanceName", {}, { instanceName: "renamed" }, ["UpdateInstanceV2"]],
  ["description", {}, { description: "new" }, ["UpdateInstanceV2"]],
  ["description", { description: "old" }, {}, ["UpdateInstanceV2"]],
  ["securityGroupId", {}, { securityGroupId: "sg-2" }, ["UpdateInstanceV2"]],
  ["maintainBegin", {}, { maintainBegin: "10:00:00" }, ["UpdateInstanceV2"]],
  [
    "maintainEnd",
    { maintainBegin: "02:00:00", maintainEnd: "06:00:00" },
    { maintainBegin: "02:00:00" },
    ["UpdateInstanceV2"],
  ],
  ["vpcepServiceName", { vpcepServiceName: "a" }, { vpcepServiceName: "b" }, ["UpdateInstanceV2"]],
  ["bandwidthSize", {}, { bandwidthSize: 5 }, ["AddEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, { bandwidthSize: 8 }, ["UpdateEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, { bandwidthSize: 0 }, ["RemoveEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, {}, ["RemoveEngressEipV2"]],
  [
    "bandwidthChargingMode",
    { bandwidthSize: 5 },
    { bandwidthSize: 5, bandwidthChargingMode: "traffic" },
    ["UpdateEngressEipV2"],
  ],
  [
    "bandwidthChargingMode",
    { bandwidthSize: 5, bandwidthChargingMode: "traffic" },
    { bandwidthSize: 5 },
    ["UpdateEngressEipV2"],
  ],
  ["ingressBandwidthSize", {}, { ingressBandwidthSize: 5 }, ["AddIngressEipV2"]],
  ["ingressBandwidthSize", { ingressBandwidthSize: 5 }, { ingressBandwidthSize: 20 }, ["UpdateIngressEipV2"]],
  ["ingressBandwidthSize", { ingressBandwidthSize: 5 }, {}, ["RemoveIngressEipV2"]],
  [
    "ingressBandwidthChargingMode",
    { ingressBandwidthSize: 5 },
    { ingressBandwidthSize: 5, ingressBandwidthChargingMode: "traffic" },
    ["UpdateIngressEipV2"],
  ],
  ["eipId", { loadbalancerProvider: "lvs" }, { loadbalancerProvider: "lvs", eipId: "eip-1" }, ["AddEipV2"]],
  [
    "eipId",
    { loadbalancerProvider: "lvs", eipId: "eip-1" },
    { loadbalancerProvider: "lvs", eipId: "eip-2" },
    ["AddEipV2"],
  ],
  ["eipId", { loadbalancerProvider: "lvs", eipId: "eip-1" }, { loadbalancerProvider: "lvs" }, ["RemoveEipV2"]],
  ["tags", {}, { tags: { a: "1" } }, ["BatchCreateOrDeleteInstanceTags"]],
  [
    "tags",
    { tags: { a: "1", b: "2" } },
    { tags: { a: "3", c: "4" } },
    ["BatchCreateOrDeleteInstanceTags", "BatchCreateOrDeleteInstanceTags"],
  ],
  ["tags", { tags: { a: "1" } }, {}, ["BatchCreateOrDeleteInstanceTags"]],
  ["enterpriseProjectId", {}, { enterpriseProjectId: "e2" }, ["MigrateResource"]],
  ["enterpriseProjectId", { enterpriseProjectId: "e1" }, {}, ["MigrateResource"]],
  [
    "customIngressPorts",
    { customIngressPorts: [{ protocol: "HTTP", ingressPort: 8080 }] },
    { customIngressPorts: [{ protocol: "HTTPS", ingressPort: 8080 }] },
    ["DeleteCustomIngressPort", "AddCustomIngressPort"],
  ],
  [
    "customIngressPorts",
    { customIngressPorts: [{ protocol: "HTTP", ingressPort: 8080 }] },
    {},
    ["DeleteCustomIngressPort"],
  ],
  [
    "elbIds",
    { specId: "NLB_BASIC", elbIds: ["e1", "e2"] },
    { specId: "NLB_BASIC", elbIds: ["e3", "e2"] },
    ["BatchCreateExtraElbs", "BatchDeleteExtraElbs"],
  ],
  ["specId", {}, { specId: "ENTERPRISE" }, ["CreatePostPayResizeOrder"]],
];

/** The emulator names one operation in its own way. */
const ours: Readonly<Record<string, string>> = { EpsMigrateResource: "MigrateResource" };

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

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
          { key: "team", value: "web" },
          { key: "empty", value: "" },
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
  it.each(changes)(
    "%s is changed from %j to %j by its own calls alone, as predicted",
    async (field, from, to, calls) => {
      const project = edgeProject();
      await project.settle(gateway("edge", from));
      const [before] = project.rows("ApigInstance");
      project.declare(gateway("edge", to));
      const planned = await project.plan();
      expect(planned.actions).toEqual({ edge: "update" });
      expect(new Set(planned.fields["ApigInstance/edge"]?.map((path) => path.split(/[.[]/)[0]))).toEqual(
        new Set([field]),
      );
      expect(planned.calls).toEqual(counted(calls));
      project.emulator.clearCalls();
      await project.settle(gateway("edge", to));
      const sent = project.emulator.calls().map(({ action }) => ours[action] ?? action);
      expect(sent.filter((action) => !/^(List|Show)/.test(action))).toEqual(calls);
      expect(project.rows("ApigInstance")).toMatchObject([{ instance_id: before?.["instance_id"] }]);
    },
  );

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

  it("changes a way in or out that is open already, although it does not show yet", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    const size = { ingress_bandwidth_size: 5, bandwidth_size: 0 };
    const opening = someday({ ingress_address: "203.0.113.1" });
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, ...size, ...opening }] } });
    project.declare(gateway("edge", { ingressBandwidthSize: 10 }));
    const fetch = passing(project, (url, method) => url.endsWith("/ingress-eip") && method === "PUT");
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(fetch.struck()).toBe(true);
    expect(project.rows("ApigInstance")).toMatchObject([{ ingress_bandwidth_size: 10 }]);
  });

  it("is not deleted unasked; destroy deletes it, and waits until it is gone", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"), gateway("other"));
    project.declare(gateway("other"));
    expect((await project.cairn("apply --yes")).code).toBe(4);
    expect((await project.cairn("apply --yes --allow destroy=ApigInstance/edge")).code).toBe(0);
    expect(project.rows("ApigInstance")).toMatchObject([{ instance_name: "other" }]);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect(project.rows("ApigInstance")).toEqual([]);
  });

  it.each([
    ["billed by the month or year", { charging_mode: 1 }, "the API cannot end that; unsubscribe it in the console"],
    [
      "locked by an order",
      { cbc_operation_locks: [{ lock_scene: "TO_PERIOD_LOCK" }] },
      "an order has locked it (TO_PERIOD_LOCK)",
    ],
  ])("that is %s is refused to be deleted at plan time", async (_, more, reason) => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, ...more }] } });
    const { code, stderr } = await project.cairn("destroy --yes");
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(project.emulator.calls().filter(({ action }) => action.startsWith("Delete"))).toEqual([]);
  });

  it("grows, and is refused to shrink at plan time", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge", { specId: "ENTERPRISE" }));
    project.declare(gateway("edge", { specId: "BASIC" }));
    const shrunk = await project.cairn("apply --yes");
    expect(shrunk.code).toBe(1);
    expect(shrunk.stderr).toContain("an edition can only grow: ENTERPRISE cannot become BASIC");
    await project.settle(gateway("edge", { specId: "PLATINUM_X3" }));
    project.declare(gateway("edge", { specId: "PLATINUM_X2" }));
    expect((await project.cairn("plan")).stderr).toContain("PLATINUM_X3 cannot become PLATINUM_X2");
    const [row] = project.rows("ApigInstance");
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, charging_mode: 1 }] } });
    project.declare(gateway("edge", { specId: "PLATINUM_X4" }));
    expect((await project.cairn("plan")).stderr).toContain("the API cannot change its order to PLATINUM_X4");
  });

  it("of an edition that the cloud does not know goes wrong with the cloud's words", async () => {
    const project = edgeProject();
    project.declare(gateway("edge", { specId: "TITANIUM" }));
    const { code, stderr } = await project.cairn("apply --yes");
    expect(code).toBe(3);
    expect(stderr).toMatch(/APIC\.7301.*Instance spec not found|Instance spec not found.*APIC\.7301/s);
    await project.settle(gateway("edge"));
    project.declare(gateway("edge", { specId: "TITANIUM" }));
    expect((await project.cairn("apply --yes")).stderr).toContain("APIC.7301");
  });

  it.each([
    ["APIC.9218", "CreateFail", "Failed to create the instance: insufficient quota (APIC.9218)"],
    ["APIC.9206", "InstallFailed", "Failed to create the instance (APIC.9206)"],
  ])("that cannot be created for %s ends the apply with the cloud's reason", async (reasonCode, status, reason) => {
    const project = edgeProject();
    project.emulator.setFaults({
      rules: [{ match: { action: "CreateInstanceV2", nth: 1 }, effect: "fail", code: reasonCode }],
    });
    project.declare(gateway("edge"));
    const failed = await project.cairn("apply --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/did not become ready: \w+: Failed to create the instance/);
    expect(failed.stderr).toContain(reason);
    const planned = await project.cairn("plan");
    expect(planned.code).toBe(0);
    expect(`${planned.stdout}${planned.stderr}`).toContain(`the cloud calls it failed: ${status}: ${reason}`);
    const replaced = await project.cairn("apply --yes --replace ApigInstance/edge --allow destroy=ApigInstance/edge");
    expect(replaced.stderr).not.toContain("error[");
    expect(project.rows("ApigInstance")).toMatchObject([{ status: "Running" }]);
  });

  it("shows how far its creation is", async () => {
    const project = edgeProject();
    project.declare(gateway("edge"));
    const { stderr } = await project.cairn("apply --yes", { terminal: true });
    expect(stderr).toMatch(/ApigInstance\/edge.*(30|50|80|90) ?%/);
  });

  it("that fails to change ends the apply with its state", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    project.emulator.setFaults({ rules: [{ match: { action: "CreatePostPayResizeOrder" }, effect: "fail" }] });
    project.declare(gateway("edge", { specId: "ENTERPRISE" }));
    const failed = await project.cairn("apply --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("did not become ready: ResizeFailed");
    project.declare(gateway("edge", { specId: "ENTERPRISE", description: "new" }));
    const again = await project.cairn("apply --yes");
    expect(again.code).not.toBe(0);
    expect(again.stderr).toContain("it cannot be changed: ResizeFailed");
  });

  it("that is still being made is waited for before it is deleted", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    const busy = { ...row, status: "Installing", ...someday({ status: "Running" }) };
    project.emulator.reset({ huaweicloud: { ApigInstance: [busy] } });
    const fetch = passing(project, (url) => /\/instances\/\w+$/.test(url));
    const { code, stderr } = await project.cairn("destroy --yes", { fetch });
    expect(stderr).not.toContain("error[");
    expect(code).toBe(0);
    expect(project.emulator.calls().filter(({ status }) => status === 409)).toEqual([]);
  });

  it("is made with a token that ends in the middle of the wait", async () => {
    const user = { name: "cairn", password: "cairn-password", domain: "cairn" };
    const project = edgeProject({ settings: { user } });
    project.declare(gateway("edge"));
    const fetch = passing(project, (url) => url.endsWith("/progress"));
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(project.emulator.calls().filter(({ service }) => service === "iam")).toHaveLength(2);
  });

  it.each(["drop-response", "http503", "http500", "reset", "throttle"])(
    "is created and changed once however often %s strikes",
    async (effect) => {
      const project = edgeProject();
      const rules = ["CreateInstanceV2", "UpdateInstanceV2", "AddEngressEipV2"].map((action) => ({
        match: { action, nth: 1 },
        effect,
      }));
      project.emulator.setFaults({ rules });
      await project.settle(gateway("edge"));
      await project.settle(gateway("edge", { description: "new", bandwidthSize: 5 }));
      expect(project.rows("ApigInstance")).toMatchObject([{ description: "new", bandwidth_size: 5 }]);
    },
  );
});
