import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { creation, gateway } from "./seed.ts";

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
