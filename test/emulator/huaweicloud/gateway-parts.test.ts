import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { SEED } from "./seed.ts";

const show = (it: Cloud, id: string) => it.ask(`GET ${GATEWAYS}/${id}`);
const call = (it: Cloud, method: string, rest: string, body?: object) => it.call(`${method} ${GATEWAYS}/${rest}`, body);

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
