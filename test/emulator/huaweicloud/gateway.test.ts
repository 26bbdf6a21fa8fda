import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { creation, gateway, SEED } from "./seed.ts";

const MINUTE = 60_000;
const create = (it: Cloud, name: string, more: object = {}) => it.call(`POST ${GATEWAYS}`, creation(name, more));
const show = (it: Cloud, id: string) => it.ask(`GET ${GATEWAYS}/${id}`);
const wrong = (name: string) => `400 APIC.7211: Parameter value does not match the rules, parameter name[${name}]`;
const holds = (...ApigInstance: object[]) => ({ seed: { huaweicloud: { ApigInstance } } });

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
