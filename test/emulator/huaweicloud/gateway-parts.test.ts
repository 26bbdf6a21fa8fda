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
    expect(await step("DELETE")).toEqual([]);
    expect(await step("POST", { bandwidth_size: 5 })).not.toEqual(on);
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

describe("tags", () => {
  const action = (it: Cloud, verb: string, ...tags: object[]) =>
    call(it, "POST", "open/instance-tags/action", { action: verb, tags });
  const tagsOf = async (it: Cloud) => at(await it.ask(`GET ${GATEWAYS}/open/instance-tags`), "tags");

  test("are added, replaced by key, and deleted by key", async () => {
    const it = cloud({ seed: SEED });
    await action(it, "create", { key: "a", value: "1" }, { key: "团队", value: "店铺" });
    await action(it, "create", { key: "a" });
    expect(await tagsOf(it)).toEqual([
      { key: "team", value: "web" },
      { key: "团队", value: "店铺" },
      { key: "a", value: "" },
    ]);
    await action(it, "delete", { key: "team" }, { key: "a", value: "whatever" });
    expect(await tagsOf(it)).toEqual([{ key: "团队", value: "店铺" }]);
  });

  test("can be changed while the gateway is busy, and are 20 at most", async () => {
    const it = cloud({ seed: SEED });
    await call(it, "PUT", "open", { description: "d" });
    const twenty = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}` }));
    expect((await action(it, "create", ...twenty.slice(1))).status).toBe(204);
    expect(complaint(await action(it, "create", ...twenty))).toMatch(/^403 APIC\.7402/);
  });

  test("of a gateway that is not there are answered in the older words", async () => {
    const it = cloud();
    expect(complaint(await it.call(`GET ${GATEWAYS}/g/instance-tags`))).toBe(
      "404 APIG.3030: The instance does not exist;id:g",
    );
  });
});

describe("ports of its own", () => {
  const ports = (it: Cloud, query = "") => it.ask(`GET ${GATEWAYS}/open/custom-ingress-ports${query}`);
  const add = (it: Cloud, ingress_port: number, protocol = "HTTP") =>
    call(it, "POST", "open/custom-ingress-ports", { protocol, ingress_port });

  test("are added and deleted one by one, and may be looked for", async () => {
    const it = cloud({ seed: SEED });
    const { ingress_port_id: id } = (await add(it, 8443, "HTTPS")).body;
    expect(await ports(it)).toMatchObject({
      total: 2,
      ingress_port_infos: [{}, { ingress_port: 8443, status: "normal" }],
    });
    expect(await ports(it, "?protocol=HTTP")).toMatchObject({ total: 1, ingress_port_infos: [{ ingress_port: 8080 }] });
    expect(await ports(it, "?ingress_port=8443")).toMatchObject({ total: 1 });
    await call(it, "DELETE", `open/custom-ingress-ports/${id}`);
    expect(await ports(it)).toMatchObject({ total: 1 });
    expect(complaint(await call(it, "DELETE", `open/custom-ingress-ports/${id}`))).toMatch(/^400 APIC\.9223/);
  });

  test("are from 1024 to 49151, once each, and 40 at most", async () => {
    const it = cloud({ seed: SEED });
    for (const port of [1023, 49_152]) expect(complaint(await add(it, port))).toMatch(/^400 APIC\.7211/);
    expect(complaint(await add(it, 8080, "HTTPS"))).toMatch(/^400 APIC\.7258/);
    for (let port = 2000; port < 2039; port += 1) expect((await add(it, port)).status).toBe(201);
    expect(complaint(await add(it, 3000))).toMatch(/^403 APIC\.7403/);
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

describe("features", () => {
  const set = (it: Cloud, name: string, config?: string) =>
    call(it, "POST", "plain/features", { name, enable: true, ...(config ? { config } : {}) });

  test("are set once a minute, and keep their id", async () => {
    const it = cloud({ seed: SEED });
    const { id } = (await set(it, "route", "a")).body;
    expect(complaint(await set(it, "route"))).toMatch(/^409 APIG\.3711/);
    await set(it, "ratelimit");
    it.emulator.advance(60_000);
    expect((await set(it, "route", "b")).body).toMatchObject({ id, config: "b" });
    expect(await it.ask(`GET ${GATEWAYS}/plain/features`)).toMatchObject({
      features: [{ name: "ratelimit" }, { name: "route", config: "b" }],
    });
  });

  test("that are unknown, and those of no gateway, are refused in the older words", async () => {
    const it = cloud({ seed: SEED });
    expect(complaint(await set(it, "teleport"))).toBe("400 APIG.2000: unrecognized feature teleport");
    expect(complaint(await it.call(`GET ${GATEWAYS}/g/features`))).toMatch(/^404 APIG\.3030/);
  });
});

describe("an enterprise project", () => {
  const eps = (id: string, verb: string) => `POST /v1.0/enterprise-projects/${id}/${verb}`;
  const within = async (it: Cloud, id: string) =>
    (await it.ask(eps(id, "resources/filter"), { resource_types: ["apig"], limit: 1 }))["total_count"];

  test("gets a gateway after 5 seconds", async () => {
    const it = cloud({ seed: SEED });
    await it.ask(eps("ep-2", "resources-migrate"), { resource_type: "apig", resource_id: "plain" });
    expect(await within(it, "ep-2")).toBe(0);
    it.emulator.advance(5_000);
    expect([await within(it, "ep-2"), await within(it, "0")]).toEqual([1, 3]);
    expect(await show(it, "plain")).toMatchObject({ enterprise_project_id: "ep-2" });
  });

  test("knows nothing but gateways", async () => {
    const it = cloud({ seed: SEED });
    const migrate = (resource_type: string, resource_id: string) =>
      it.call(eps("ep-2", "resources-migrate"), { resource_type, resource_id });
    expect(complaint(await migrate("ecs", "plain"))).toBe("404 EPS.0011: there is no resource plain of type ecs");
    expect(complaint(await migrate("apig", "g"))).toMatch(/^404 EPS\.0011/);
    const { resources } = await it.ask(eps("0", "resources/filter"), { resource_types: ["ecs"] });
    expect(resources).toEqual([]);
  });
});
