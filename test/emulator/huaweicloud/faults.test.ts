import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { addonRequest, creation, SEED } from "./seed.ts";

const ADDONS = "GET /api/v3/addons?cluster_id=c1";
const TAGS = `GET ${GATEWAYS}/open/instance-tags`;
const MINUTE = 60_000;
const struck = (effect: string, more: object = {}, match: object = {}) => {
  const it = cloud({ seed: SEED });
  it.emulator.setFaults({ rules: [{ match, effect, ...more }] });
  return it;
};
const npd = addonRequest("install", { clusterID: "c1", addonTemplateName: "npd" });
const read = async (it: Cloud, uid: string) => at(await it.ask(`GET /api/v3/addons/${uid}`), "status");

describe("troubles are told in each service's words", () => {
  const TOKEN = "POST /v3/auth/tokens";
  const EPS = "POST /v1.0/enterprise-projects/0/resources-migrate";
  test.each([
    ["throttle", {}, ADDONS, /^429 CCE\.02429001/],
    ["throttle", { code: "CCE.01429002" }, ADDONS, /^429 CCE\.01429002/],
    ["throttle", {}, `GET ${GATEWAYS}`, /^429 APIGW\.0308/],
    ["throttle", {}, TAGS, /^429 APIGW\.0308/],
    ["throttle", {}, TOKEN, /^429 429/],
    ["http500", {}, ADDONS, "500 SVCSTG.CCE-ADDONMGR.500: internal error"],
    ["http500", {}, `GET ${GATEWAYS}`, /^500 APIC\.9000/],
    ["http500", {}, TAGS, /^500 APIG\.9999/],
    ["http500", {}, TOKEN, /^500 500/],
    ["http500", {}, EPS, /^500 EPS\.0001/],
    ["http503", {}, ADDONS, /^503 APIGW\.0202/],
    ["http503", {}, `GET ${GATEWAYS}`, /^503 APIGW\.0202/],
    ["http503", {}, TOKEN, /^503 503/],
    ["refused", {}, ADDONS, "403 CCE.03403001: Forbidden"],
    ["refused", {}, `GET ${GATEWAYS}`, /^403 APIC\.7106/],
    ["refused", {}, TAGS, /^403 APIG\.1005/],
    ["refused", {}, EPS, /^403 EPS\.0003/],
    ["refused", { code: "APIC.7101" }, `GET ${GATEWAYS}`, /^401 APIC\.7101/],
    ["refused", { code: "CCE.03401001" }, ADDONS, /^401 CCE\.03401001/],
  ])("%s %j on %s", async (effect, more, line, problem) => {
    const it = struck(effect, more);
    const before = it.emulator.state();
    const told = await it.call(line, {});
    expect(complaint(told)).toMatch(problem);
    expect(it.emulator.state()).toEqual(before);
    expect(it.emulator.calls()).toMatchObject([{ faulted: effect, status: told.status }]);
    expect(told.headers).not.toHaveProperty("retry-after");
  });
});

describe("the effects of every API", () => {
  const create = (it: Cloud) => it.call(`POST ${GATEWAYS}`, creation("new-1"));
  const count = (it: Cloud) => it.emulator.state()["huaweicloud"]?.["ApigInstance"]?.length;

  test("reset cuts before, drop-response after the call is done", async () => {
    const before = struck("reset", {}, { service: "apig", mutating: true });
    await expect(create(before)).rejects.toThrow("the connection was cut");
    expect(count(before)).toBe(4);
    const after = struck("drop-response", {}, { action: "CreateInstanceV2", nth: 1 });
    await expect(create(after)).rejects.toThrow("the connection was cut");
    expect(count(after)).toBe(5);
    expect(complaint(await create(after))).toMatch(/^400 APIC\.7500/);
  });

  test("latency is waited before the call is done, malformed cuts its body in half", async () => {
    const slow = struck("latency", { ms: 20 });
    const started = Date.now();
    expect((await create(slow)).status).toBe(202);
    expect(Date.now() - started).toBeGreaterThanOrEqual(19);
    const torn = struck("malformed");
    expect((await torn.call(ADDONS)).text).toMatch(/^\{"kind":"Addon"/);
    expect((await torn.call(ADDONS)).body).toEqual({});
  });

  test("stale-list shows lists as they were, and what was on its way then; reads by id are of now", async () => {
    const it = struck("stale-list", { ms: MINUTE });
    const uid = String(at(await it.ask("POST /api/v3/addons", npd), "metadata.uid"));
    const names = async () =>
      [(await it.ask(ADDONS))["items"]]
        .flat()
        .map((item) => `${at(item, "metadata.name")} ${at(item, "status.status")}`);
    expect(await names()).toEqual(["coredns running"]);
    it.emulator.advance(MINUTE + 1);
    expect(await names()).toEqual(["coredns running", "npd installing"]);
    expect(await read(it, uid)).toMatchObject({ status: "running" });
    await it.ask(`DELETE ${GATEWAYS}/plain`);
    it.emulator.advance(MINUTE + 10);
    expect(at(await it.ask(`GET ${GATEWAYS}`), "instances.0.status")).toBe("Deleting");
    expect((await it.call(`GET ${GATEWAYS}/plain`)).status).toBe(404);
    expect(at(await it.ask(`GET ${GATEWAYS}/plain/extra-elbs`.replace("plain", "nlb")), "elbs")).toHaveLength(1);
  });

  test("a stale list of what hangs on a gateway lags, too, down to nothing", async () => {
    const it = struck("stale-list", { ms: MINUTE });
    const id = String((await create(it)).body["instance_id"]);
    expect(await it.ask(`GET ${GATEWAYS}/${id}/extra-elbs`)).toEqual({ elbs: [] });
    expect(await it.ask(`GET ${GATEWAYS}/${id}/custom-ingress-ports`)).toMatchObject({ total: 0 });
    expect(await it.ask(`GET ${GATEWAYS}/${id}/instance-tags`)).toMatchObject({ tags: [] });
    expect(await it.ask(`GET ${GATEWAYS}/${id}/features`)).toMatchObject({ total: 0 });
    await it.ask(`POST ${GATEWAYS}/open/instance-tags/action`, { action: "delete", tags: [{ key: "team" }] });
    expect(at(await it.ask(TAGS), "tags")).toHaveLength(1);
  });

  test("vanish omits every other row of a list that nothing narrows, and its count", async () => {
    const it = struck("vanish");
    expect(await it.ask(`GET ${GATEWAYS}`)).toMatchObject({ total: 2, instances: [{ id: "open" }, { id: "nlb" }] });
    expect(await it.ask(`GET ${GATEWAYS}?instance_name=edge`)).toMatchObject({ total: 4 });
    expect(at(await it.ask(ADDONS), "items")).toEqual([]);
    expect(at(await it.ask(`${ADDONS}&addon_template_name=coredns`), "items")).toHaveLength(1);
    expect(at(await it.ask(TAGS), "tags")).toEqual([]);
    expect(await it.ask(`GET ${GATEWAYS}/open/custom-ingress-ports?protocol=HTTP`)).toMatchObject({ total: 1 });
    expect((await it.call(`GET ${GATEWAYS}/plain`)).status).toBe(200);
  });

  test("fail and fail-pod leave calls alone that start nothing", async () => {
    for (const effect of ["fail", "fail-pod"]) {
      const it = struck(effect);
      expect((await it.call(ADDONS)).status).toBe(200);
      await it.ask(`POST ${GATEWAYS}/plain/nat-eip`, { bandwidth_size: 5 });
      expect(it.emulator.calls().map(({ faulted }) => faulted)).toEqual([false, false]);
    }
  });
});
