import { describe, expect, test } from "vitest";
import { STATUS_NUMBERS } from "../../../src/emulator/huaweicloud/gateway-status.ts";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { creation, gateway, SEED } from "./seed.ts";

const MINUTE = 60_000;
const create = (it: Cloud, name: string, more: object = {}) => it.call(`POST ${GATEWAYS}`, creation(name, more));
const show = (it: Cloud, id: string) => it.ask(`GET ${GATEWAYS}/${id}`);
const wrong = (name: string) => `400 APIC.7211: Parameter value does not match the rules, parameter name[${name}]`;
const holds = (...ApigInstance: object[]) => ({ seed: { huaweicloud: { ApigInstance } } });

describe("a creation", () => {
  test("goes its way by percentages, and then runs", async () => {
    const it = cloud();
    const told = await create(it, "edge");
    const id = String(told.body["instance_id"]);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(told.body["message"]).toMatch(
      new RegExp(
        `^JOB_ASSIGNED_FOR_PROVISIONING_0003I:The job JOB-[0-9a-f]{32} has been assigned to the instance ${id} `,
      ),
    );
    expect(told.body["message"]).not.toContain(told.body["job_id"]);
    const seen = [];
    for (let step = 0; step < 5; step += 1) {
      const { progress, status: done } = await it.ask(`GET ${GATEWAYS}/${id}/progress`);
      const { status, instance_status } = await show(it, id);
      seen.push([status, instance_status, progress, done]);
      it.emulator.advance(5 * MINUTE);
    }
    expect(seen).toEqual([
      ["Creating", 1, 30, "creating"],
      ["Initing", 4, 50, "creating"],
      ["Registering", 5, 80, "creating"],
      ["Installing", 10, 90, "creating"],
      ["Running", 6, 100, "success"],
    ]);
  });

  test("is shown in full, zones as one text in another order", async () => {
    const it = cloud();
    const wanted = {
      description: "d",
      maintain_begin: "22:00:00",
      maintain_end: "02:00:00",
      vpcep_service_name: "shop",
    };
    const more = { ...wanted, bandwidth_size: 5, ipv6_enable: true, tags: [{ key: "a", value: "b" }] };
    const { instance_id } = (await create(it, "edge", more)).body;
    const gateway = await show(it, String(instance_id));
    const { vpcep_service_name: _, ...plain } = wanted;
    expect(gateway).toMatchObject({
      ...plain,
      ...{ id: instance_id, instance_name: "edge", spec: "BASIC", available_zone_ids: "[z-a, z-b]" },
      ...{ bandwidth_size: 5, bandwidth_charging_mode: "bandwidth", enterprise_project_id: "0", type: "apig" },
      ...{ loadbalancer_provider: "elb", eip_address: null, publicips: [], charging_mode: 0 },
      endpoint_services: [{ service_name: expect.stringMatching(/^cn-north-4\.shop\.[0-9a-f-]{36}$/) }],
    });
    expect(gateway["eip_ipv6_address"]).toMatch(/^2001:db8::/);
    expect(gateway["nat_eip_address"]).toMatch(/^198\.51\.100\.\d+$/);
    for (const hidden of ["tags", "spec_id", "eip_id", "ipv6_enable", "vpcep_service_name"]) {
      expect(gateway).not.toHaveProperty(hidden);
    }
    expect(at(await it.ask(`GET ${GATEWAYS}/${instance_id}/instance-tags`), "tags")).toEqual(more.tags);
  });

  test("shows its public addresses: the one that it was given, or one of the service once it runs", async () => {
    const it = cloud();
    const lvs = String((await create(it, "lvs", { eip_id: "eip-1" })).body["instance_id"]);
    expect(await show(it, lvs)).toMatchObject({
      loadbalancer_provider: "lvs",
      eip_address: expect.stringMatching(/^203/),
    });
    const mode = { ingress_bandwidth_size: 5, ingress_bandwidth_charging_mode: "traffic" };
    const elb = String((await create(it, "elb", mode)).body["instance_id"]);
    expect(await show(it, elb)).toMatchObject({ publicips: [], ingress_bandwidth_charging_mode: null });
    it.emulator.advance(20 * MINUTE);
    expect(await show(it, elb)).toMatchObject({
      publicips: [{ ip_address: expect.stringMatching(/^203\.0\.113\./), bandwidth_size: 5 }],
      ingress_bandwidth_charging_mode: "traffic",
    });
  });

  test("may choose its id, and leave out its zones", async () => {
    const it = cloud();
    const { instance_id } = (await create(it, "edge", { instance_id: "mine", available_zone_ids: [] })).body;
    expect(instance_id).toBe("mine");
    expect(await show(it, "mine")).toMatchObject({ available_zone_ids: "[cn-north-4a]" });
    expect(complaint(await create(it, "other", { instance_id: "mine" }))).toMatch(/^400 APIC\.7505/);
  });

  test.each([
    [{}, "22:00:00", "02:00:00"],
    [{ maintain_begin: "06:00:00" }, "06:00:00", "10:00:00"],
    [{ maintain_end: "02:00:00" }, "22:00:00", "02:00:00"],
    [{ maintain_begin: "18:00:00", maintain_end: "22:00:00" }, "18:00:00", "22:00:00"],
  ])("with the window %j is maintained from %s to %s", async (window, maintain_begin, maintain_end) => {
    const it = cloud();
    const { instance_id } = (await create(it, "edge", window)).body;
    expect(await show(it, String(instance_id))).toMatchObject({ maintain_begin, maintain_end });
  });

  const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}` }));
  test.each([
    [{ instance_name: "ab" }, wrong("instanceName")],
    [{ instance_name: "9abc" }, wrong("instanceName")],
    [{ instance_name: "a".repeat(65) }, wrong("instanceName")],
    [{ spec_id: "TINY" }, "404 APIC.7301: Instance spec not found"],
    [{ maintain_begin: "22:00" }, wrong("maintainBegin")],
    [{ maintain_begin: "03:00:00" }, /^400 APIC\.7235/],
    [{ maintain_end: "07:00:00" }, /^400 APIC\.7235/],
    [{ maintain_begin: "22:00:00", maintain_end: "06:00:00" }, /^400 APIC\.7230/],
    [{ description: "<b>" }, wrong("description")],
    [{ description: "x".repeat(256) }, wrong("description")],
    [{ bandwidth_size: 2001 }, wrong("bandwidthSize")],
    [{ bandwidth_charging_mode: "free" }, wrong("bandwidthChargingMode")],
    [{ ingress_bandwidth_size: 4 }, wrong("ingressBandwidthSize")],
    [{ ingress_bandwidth_size: 5, eip_id: "e" }, wrong("ingressBandwidthSize")],
    [{ ingress_bandwidth_charging_mode: "traffic" }, wrong("ingressBandwidthChargingMode")],
    [{ eip_id: "e", loadbalancer_provider: "elb" }, wrong("eipId")],
    [{ spec_id: "NLB_BASIC" }, wrong("elbId")],
    [{ spec_id: "NLB_BASIC", elb_id: "e", bandwidth_size: 5 }, wrong("bandwidthSize")],
    [{ vpcep_service_name: "a".repeat(17) }, wrong("vpcepServiceName")],
    [{ tags: [{ key: "_sys_a" }] }, wrong("tags[0].key")],
    [{ tags: tags(21) }, /^403 APIC\.7402/],
    [{ available_zone_ids: "a" }, wrong("availableZoneIds")],
    [{ ipv6_enable: "yes" }, wrong("ipv6Enable")],
  ])("with %j is refused", async (more, problem) => {
    const it = cloud();
    expect(complaint(await create(it, "edge", more))).toMatch(problem);
    expect(it.emulator.state()["huaweicloud"]?.["ApigInstance"]).toEqual([]);
  });

  test("needs a name that no other gateway has, not even one that is going", async () => {
    const it = cloud(holds(gateway("g", { instance_name: "edge" })));
    expect(complaint(await create(it, "edge"))).toBe("400 APIC.7500: The instance name already exists");
    await it.ask(`DELETE ${GATEWAYS}/g`);
    expect(complaint(await create(it, "edge"))).toMatch(/^400 APIC\.7500/);
    it.emulator.advance(MINUTE);
    expect((await create(it, "edge")).status).toBe(202);
  });

  test("of an NLB edition starts behind its first load balancer", async () => {
    const it = cloud();
    const { instance_id } = (await create(it, "edge", { spec_id: "NLB_BASIC", elb_id: "e1" })).body;
    expect(await it.ask(`GET ${GATEWAYS}/${instance_id}/extra-elbs`)).toEqual({ elbs: [{ elb_id: "e1" }] });
  });
});

describe("an update", () => {
  const put = (it: Cloud, id: string, body: object) => it.call(`PUT ${GATEWAYS}/${id}`, body);

  test("keeps what it leaves out, clears the description by an empty text, and takes 10 seconds", async () => {
    const it = cloud(holds(gateway("g", { description: "old", maintain_begin: "02:00:00", maintain_end: "06:00:00" })));
    const told = await put(it, "g", { instance_name: "renamed", security_group_id: "other" });
    expect(told.body).toMatchObject({ status: "Updating", instance_status: 12, instance_name: "renamed" });
    expect(complaint(await put(it, "g", { description: "" }))).toMatch(/^409 APIC\.7701: .*is Updating$/);
    it.emulator.advance(10_000);
    expect(await show(it, "g")).toMatchObject({
      ...{ status: "Running", instance_name: "renamed", security_group_id: "other", description: "old" },
      ...{ maintain_begin: "02:00:00", maintain_end: "06:00:00" },
    });
    await put(it, "g", { description: "" });
    expect(await show(it, "g")).toMatchObject({ description: "" });
  });

  test("changes the window whole, or a half that fits the other", async () => {
    const it = cloud(holds(gateway("g", { maintain_begin: "02:00:00", maintain_end: "06:00:00" })));
    expect(complaint(await put(it, "g", { maintain_begin: "10:00:00" }))).toMatch(/^400 APIC\.7230/);
    expect((await put(it, "g", { maintain_begin: "10:00:00", maintain_end: "14:00:00" })).status).toBe(200);
  });

  test("may keep its own name, not take another's", async () => {
    const it = cloud({ seed: SEED });
    expect(complaint(await put(it, "open", { instance_name: "edge-plain" }))).toMatch(/^400 APIC\.7500/);
    expect((await put(it, "open", { instance_name: "edge-open" })).status).toBe(200);
  });

  test("names the endpoint, and cannot take the name away", async () => {
    const it = cloud({ seed: SEED });
    expect(complaint(await put(it, "open", { vpcep_service_name: "" }))).toBe(wrong("vpcepServiceName"));
    await put(it, "open", { vpcep_service_name: "shop" });
    expect(at(await show(it, "open"), "endpoint_services.0.service_name")).toMatch(/^cn-north-4\.shop\./);
  });
});

describe("a resize", () => {
  const resize = (it: Cloud, id: string, spec_id: string) =>
    it.call(`POST ${GATEWAYS}/${id}/postpaid-resize`, { spec_id });

  test("goes upward in 20 minutes, and changes the private address", async () => {
    const it = cloud({ seed: SEED });
    const before = await show(it, "plain");
    expect((await resize(it, "plain", "PLATINUM_X8")).body["message"]).toMatch(/^JOB_ASSIGNED_FOR_RESIZE_0086I:/);
    expect(await show(it, "plain")).toMatchObject({ status: "Resizing", instance_status: 42, spec: "BASIC" });
    it.emulator.advance(20 * MINUTE);
    const after = await show(it, "plain");
    expect(after).toMatchObject({ status: "Running", spec: "PLATINUM_X8" });
    expect(after["ingress_ip"]).not.toBe(before["ingress_ip"]);
  });

  test.each([
    ["to no edition", "g", "HUGE", /^404 APIC\.7301/],
    ["to the same edition", "g", "ENTERPRISE", /^409 APIC\.7707/],
    ["downward", "g", "BASIC", /^400 APIC\.7243/],
    ["to another family", "g", "PLATINUM_IPV6", /^400 APIC\.7243/],
    ["of a yearly order", "y", "PLATINUM", /^409 APIC\.7712/],
    ["of nothing", "nobody", "PLATINUM", /^404 APIC\.7302/],
    ["of an edition that only a seed has", "x", "PLATINUM", /^400 APIC\.7243/],
  ])("%s is answered as documented", async (_, id, spec, problem) => {
    const big = { spec_id: "ENTERPRISE" };
    const it = cloud(
      holds(gateway("g", big), gateway("y", { ...big, charging_mode: 1 }), gateway("x", { spec_id: "OLD" })),
    );
    expect(complaint(await resize(it, id, spec))).toMatch(problem);
  });
});

describe("a deletion", () => {
  test("takes a minute, and then the gateway is not found", async () => {
    const it = cloud({ seed: SEED });
    expect(await it.call(`DELETE ${GATEWAYS}/plain`)).toMatchObject({ status: 204, text: "" });
    expect(await show(it, "plain")).toMatchObject({ status: "Deleting", is_releasable: false });
    expect(complaint(await it.call(`DELETE ${GATEWAYS}/plain`))).toMatch(/^409 APIC\.7701/);
    it.emulator.advance(MINUTE);
    expect(complaint(await it.call(`GET ${GATEWAYS}/plain`))).toBe("404 APIC.7302: Instance not found");
    expect(complaint(await it.call(`GET ${GATEWAYS}/plain/progress`))).toMatch(/^404 APIC\.7302/);
    expect(complaint(await it.call(`DELETE ${GATEWAYS}/plain`))).toMatch(/^404 APIC\.7302/);
  });

  test("is refused for a yearly order and under a lock, which is told beforehand, and for one that is being created", async () => {
    const lock = { cbc_operation_locks: [{ lock_scene: "TO_PERIOD_LOCK", lock_source_id: "o" }] };
    const it = cloud(holds(gateway("y", { charging_mode: 1, cbc_metadata: "order" }), gateway("l", lock)));
    expect(await show(it, "y")).toMatchObject({ charging_mode: 1, cbc_metadata: "order", is_releasable: false });
    expect(await show(it, "l")).toMatchObject({ ...lock, is_releasable: false });
    for (const id of ["y", "l"])
      expect(complaint(await it.call(`DELETE ${GATEWAYS}/${id}`))).toMatch(/^409 APIC\.7712/);
    const { instance_id } = (await create(it, "edge")).body;
    expect(complaint(await it.call(`DELETE ${GATEWAYS}/${instance_id}`))).toMatch(/^409 APIC\.7701.*Creating$/);
  });

  test("of a gateway that failed is possible", async () => {
    const it = cloud(holds(gateway("g", { status: "InstallFailed" })));
    expect(await show(it, "g")).toMatchObject({ status: "InstallFailed", instance_status: 11 });
    expect((await it.call(`DELETE ${GATEWAYS}/g`)).status).toBe(204);
  });
});

describe("a list", () => {
  const list = (it: Cloud, query: string) => it.ask(`GET ${GATEWAYS}?${query}`);
  const many = (count: number) => cloud(holds(...Array.from({ length: count }, (_, index) => gateway(`g${index}`))));

  test.each([
    ["", 20, "g0"],
    ["limit=0", 20, "g0"],
    ["limit=-5", 20, "g0"],
    ["limit=7&offset=3", 7, "g3"],
    ["limit=500&offset=-1", 500, "g0"],
    ["limit=501", 500, "g0"],
    ["limit=500&offset=500", 10, "g500"],
    ["offset=510", 0, undefined],
  ])("with %j has %i rows of 510 from %s", async (query, size, first) => {
    const told = await list(many(510), query);
    expect(told).toMatchObject({ total: 510, size, instances: { length: size } });
    expect(at(told, "instances.0.id")).toBe(first);
  });

  test("keeps a limit that the emulator is given", async () => {
    const it = cloud({ ...holds(gateway("a"), gateway("b"), gateway("c")), pageLimit: 2 });
    expect(await list(it, "limit=500")).toMatchObject({ total: 3, size: 2 });
  });

  test("may be narrowed by id, part of the name, and status", async () => {
    const it = cloud(holds(gateway("a"), gateway("b", { status: "Frozen" }), gateway("c", { instance_name: "core" })));
    const ids = async (query: string) => [(await list(it, query))["instances"]].flat().map((row) => at(row, "id"));
    expect(await ids("instance_id=b")).toEqual(["b"]);
    expect(await ids("instance_name=edge")).toEqual(["a", "b"]);
    expect(await ids("status=Running")).toEqual(["a", "c"]);
    expect(await ids("instance_id=&instance_name=&status=")).toEqual(["a", "b", "c"]);
    expect(complaint(await it.call(`GET ${GATEWAYS}?limit=many`))).toBe(wrong("limit"));
  });

  test("holds base fields only", async () => {
    const row = at(await list(cloud({ seed: SEED }), "instance_id=open"), "instances.0");
    expect(Object.keys(Object(row)).sort()).toEqual(
      [
        ...["charging_mode", "create_time", "eip_address", "enterprise_project_id", "id", "instance_name"],
        ...["instance_status", "loadbalancer_provider", "project_id", "spec", "status", "type"],
      ].sort(),
    );
  });
});

test("in the manual's style a detail goes back to the names of requests, a list does not", async () => {
  const it = cloud({ wire: "manual", seed: SEED });
  const detail = await show(it, "lvs");
  expect(detail).toMatchObject({ spec_id: "BASIC", eip_id: "eip-1" });
  expect(detail).not.toHaveProperty("spec");
  expect(await show(it, "plain")).toMatchObject({ eip_id: null });
  expect(at(await it.ask(`GET ${GATEWAYS}`), "instances.0.spec")).toBe("BASIC");
  expect((await create(it, "new-1")).body).not.toHaveProperty("job_id");
});

test("every status has its number, and one that only a seed knows has 0", async () => {
  const numbers = Object.values(STATUS_NUMBERS);
  const known = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, ...Array.from({ length: 25 }, (_, index) => index + 20)];
  expect([...numbers].sort((a, b) => a - b)).toEqual(known);
  const it = cloud(holds(gateway("g", { status: "Odd" })));
  expect(await show(it, "g")).toMatchObject({ status: "Odd", instance_status: 0 });
});
