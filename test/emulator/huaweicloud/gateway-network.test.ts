import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { SEED } from "./seed.ts";

const show = (it: Cloud, id: string) => it.ask(`GET ${GATEWAYS}/${id}`);
const call = (it: Cloud, method: string, rest: string, body?: object) => it.call(`${method} ${GATEWAYS}/${rest}`, body);
const LAG = 10_000;

describe("an address of its own", () => {
  test("is bound, replaced and taken away; only its address shows", async () => {
    const it = cloud({ seed: SEED });
    const { eip_address: first } = await show(it, "lvs");
    const { body } = await call(it, "PUT", "lvs/eip", { eip_id: "eip-2" });
    const { eip_address: second } = await show(it, "lvs");
    expect(second).not.toBe(first);
    expect(body["eip_address"]).toBe(second);
    await call(it, "DELETE", "lvs/eip");
    expect(await show(it, "lvs")).toMatchObject({ eip_address: null, loadbalancer_provider: "lvs" });
    expect((await call(it, "DELETE", "plain/eip")).status).toBe(200);
    expect(await show(it, "plain")).toMatchObject({ loadbalancer_provider: "elb" });
  });

  test("is refused by a gateway behind elb", async () => {
    const told = await call(cloud({ seed: SEED }), "PUT", "plain/eip", { eip_id: "e" });
    expect(complaint(told)).toMatch(/^400 APIC\.7211: .*\[eip_id\]$/);
  });

  test("is told under another name in the manual's style", async () => {
    const told = await call(cloud({ wire: "manual", seed: SEED }), "PUT", "lvs/eip", { eip_id: "e" });
    expect(told.body).toHaveProperty("eip_ip");
    expect(told.body).not.toHaveProperty("eip_address");
  });
});

describe("bandwidth inward", () => {
  test("is switched on, changed and switched off, each after 10 seconds; only switching on gives a new address", async () => {
    const it = cloud({ seed: SEED });
    const ways = async () => (await show(it, "plain"))["publicips"];
    const step = async (method: string, body?: object) => {
      const before = await ways();
      const told = await call(it, method, "plain/ingress-eip", body);
      expect(told.status).toBeLessThan(300);
      expect(await ways()).toEqual(before);
      it.emulator.advance(LAG);
      return ways();
    };
    const on = await step("POST", { bandwidth_size: 5 });
    expect(on).toMatchObject([{ bandwidth_size: 5 }]);
    const more = await step("PUT", { bandwidth_size: 9, bandwidth_charging_mode: "traffic" });
    expect(more).toEqual([{ ...Object(at(on, "0")), bandwidth_size: 9 }]);
    expect(await show(it, "plain")).toMatchObject({ ingress_bandwidth_charging_mode: "traffic" });
    expect(await step("PUT", { bandwidth_size: 10 })).toMatchObject([{ bandwidth_size: 10 }]);
    expect(await show(it, "plain")).toMatchObject({ ingress_bandwidth_charging_mode: "traffic" });
    // A block has 254 addresses, and any of them may come twice.
    const again: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      expect(await step("DELETE")).toEqual([]);
      again.push(await step("POST", { bandwidth_size: 5 }));
    }
    expect(again).not.toEqual([on, on, on]);
  });

  test("is refused where it does not fit", async () => {
    const it = cloud({ seed: SEED });
    const body = { bandwidth_size: 5 };
    expect(complaint(await call(it, "POST", "open/ingress-eip", body))).toMatch(/^409 APIC\.7711/);
    expect(complaint(await call(it, "POST", "lvs/ingress-eip", body))).toMatch(/^400 APIC\.9216/);
    expect(complaint(await call(it, "PUT", "plain/ingress-eip", body))).toMatch(/^400 APIC\.7244/);
    await call(it, "POST", "plain/ingress-eip", body);
    expect(complaint(await call(it, "POST", "plain/ingress-eip", body))).toMatch(/^409 APIC\.7711/);
    await call(it, "PUT", "open", { description: "d" });
    expect(complaint(await call(it, "DELETE", "open/ingress-eip"))).toMatch(/^409 APIC\.7710: .*is Updating$/);
  });
});

describe("bandwidth outward", () => {
  test("is switched on, changed and switched off at once, the size a number or a text", async () => {
    const it = cloud({ seed: SEED });
    const out = async () => {
      const { bandwidth_size, bandwidth_charging_mode, nat_eip_address } = await show(it, "plain");
      return [bandwidth_size, bandwidth_charging_mode, nat_eip_address === null];
    };
    await call(it, "POST", "plain/nat-eip", { bandwidth_size: "5" });
    expect(await out()).toEqual([5, "bandwidth", false]);
    await call(it, "PUT", "plain/nat-eip", { bandwidth_size: 6, bandwidth_charging_mode: "traffic" });
    expect(await out()).toEqual([6, "traffic", false]);
    await call(it, "PUT", "plain/nat-eip", { bandwidth_size: 7 });
    expect(await out()).toEqual([7, "traffic", false]);
    await call(it, "DELETE", "plain/nat-eip");
    expect(await out()).toEqual([0, null, true]);
  });

  test("is refused where it does not fit", async () => {
    const it = cloud({ seed: SEED });
    const body = { bandwidth_size: 5 };
    expect(complaint(await call(it, "POST", "open/nat-eip", body))).toMatch(/^409 APIC\.7709/);
    expect(complaint(await call(it, "PUT", "plain/nat-eip", body))).toMatch(/^400 APIC\.7244/);
    expect(complaint(await call(it, "DELETE", "plain/nat-eip"))).toMatch(/^400 APIC\.9208/);
    expect(complaint(await call(it, "POST", "nobody/nat-eip", body))).toMatch(/^404 APIC\.7302/);
  });

  test("in the manual's style answers a change with a JSON text that holds JSON", async () => {
    const told = await call(cloud({ wire: "manual", seed: SEED }), "PUT", "open/nat-eip", { bandwidth_size: 6 });
    expect(JSON.parse(JSON.parse(told.text))).toEqual({ instanceId: "open", bandwidthSize: 6 });
  });
});

describe("load balancers", () => {
  const elbs = async (it: Cloud) => at(await it.ask(`GET ${GATEWAYS}/nlb/extra-elbs`), "elbs");
  const bind = (it: Cloud, ...ids: string[]) =>
    call(it, "POST", "nlb/extra-elbs", { elb_details: ids.map((id) => ({ id })) });

  test("show 10 seconds after they were bound, all that were asked for meanwhile", async () => {
    const it = cloud({ seed: SEED });
    await bind(it, "elb-2");
    await bind(it, "elb-3", "elb-2");
    expect(await elbs(it)).toEqual([{ elb_id: "elb-1" }]);
    it.emulator.advance(LAG);
    expect(await elbs(it)).toEqual([{ elb_id: "elb-1" }, { elb_id: "elb-2" }, { elb_id: "elb-3" }]);
    await call(it, "DELETE", "nlb/extra-elbs", { elb_ids: ["elb-1", "elb-3"] });
    it.emulator.advance(LAG);
    expect(await elbs(it)).toEqual([{ elb_id: "elb-2" }]);
  });

  test("are for NLB editions", async () => {
    const it = cloud({ seed: SEED });
    expect(complaint(await call(it, "DELETE", "plain/extra-elbs", { elb_ids: [] }))).toMatch(/^400 APIC\.7242/);
    expect(at(await it.ask(`GET ${GATEWAYS}/plain/extra-elbs`), "elbs")).toEqual([]);
  });
});
