import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint } from "./cloud.ts";
import { addonRequest, SEED } from "./seed.ts";

const ALL = "/api/v3/addons";
const install = (it: Cloud, addonTemplateName: string, spec: object = {}) =>
  it.call(`POST ${ALL}`, addonRequest("install", { clusterID: "c1", addonTemplateName, ...spec }));
const upgrade = (it: Cloud, uid: string, addonTemplateName: string, spec: object) =>
  it.call(`PUT ${ALL}/${uid}`, addonRequest("upgrade", { clusterID: "c1", addonTemplateName, ...spec }));
const show = (it: Cloud, uid: string) => it.call(`GET ${ALL}/${uid}?cluster_id=c1`);
const statusOf = async (it: Cloud, uid: string) => at((await show(it, uid)).body, "status.status");
const uidOf = (told: Awaited<ReturnType<typeof install>>) => String(at(told.body, "metadata.uid"));
const MINUTE = 60_000;

describe("an upgrade", () => {
  test("starts from the template's defaults again, and remembers what it replaced", async () => {
    const it = cloud();
    const custom = { multiAZEnabled: true };
    const uid = uidOf(await install(it, "metrics-server", { version: "1.3.12", values: { custom } }));
    it.emulator.advance(MINUTE);
    const told = await upgrade(it, uid, "metrics-server", { version: "1.3.60", values: { basic: {} } });
    expect(at(told.body, "spec")).toMatchObject({ version: "1.3.60", values: { custom: { multiAZEnabled: false } } });
    expect(at(told.body, "status")).toMatchObject({
      ...{ status: "upgrading", Reason: "addon upgrading", targetVersions: ["1.3.90"] },
      ...{ isRollbackable: true, previousVersion: "1.3.12" },
    });
    it.emulator.advance(MINUTE);
    expect(await statusOf(it, uid)).toBe("running");
    const back = await it.ask(`POST ${ALL}/${uid}/operation/rollback`, { clusterID: "c1" });
    expect(at(back, "spec")).toMatchObject({ version: "1.3.12", values: { custom: { multiAZEnabled: true } } });
    it.emulator.advance(29_000);
    expect(await statusOf(it, uid)).toBe("rollbacking");
    it.emulator.advance(1_000);
    expect(at((await show(it, uid)).body, "status")).toMatchObject({ status: "running", isRollbackable: false });
    const again = await it.call(`POST ${ALL}/${uid}/operation/rollback`, { clusterID: "c1" });
    expect(complaint(again)).toMatch(/metrics-server cannot be rolled back$/);
  });

  test("may keep the version and change values alone", async () => {
    const it = cloud({ seed: SEED });
    const told = await upgrade(it, "a1", "coredns", {
      version: "1.28.7",
      values: { custom: { multiAZEnabled: true } },
    });
    expect(at(told.body, "spec")).toMatchObject({ version: "1.28.7", values: { custom: { multiAZEnabled: true } } });
  });

  test.each([
    ["to an older version", "coredns", { version: "1.25.14" }, /1\.25\.14 is older than 1\.28\.7; roll back instead$/],
    ["to no version of the template", "coredns", { version: "9.9.9" }, /has no version 9\.9\.9/],
    ["to another template", "npd", { version: "1.28.7" }, /spec\.addonTemplateName is npd, but the add-on is coredns$/],
    ["in another cluster", "coredns", { version: "1.28.7", clusterID: "c2" }, /^404 CCE\.03404001: Resource not found/],
  ])("%s is refused", async (_, name, spec, problem) => {
    const it = cloud({ seed: SEED });
    const before = it.emulator.state();
    expect(complaint(await upgrade(it, "a1", name, spec))).toMatch(problem);
    expect(it.emulator.state()).toEqual(before);
  });

  test("without its verb is refused in a shape of its own", async () => {
    const body = { ...addonRequest("install", { clusterID: "c1", addonTemplateName: "coredns", version: "1.28.7" }) };
    const told = await cloud({ seed: SEED }).call(`PUT ${ALL}/a1`, body);
    expect(told.body).toEqual({
      error: { code: "SVCSTG.CCE-ADDONMGR.400", message: "Update addon error: not support type" },
    });
  });
});

describe("a removal", () => {
  test("answers a bare text, and is done after 20 seconds", async () => {
    const it = cloud({ seed: SEED });
    const told = await it.call(`DELETE ${ALL}/a1?cluster_id=c1`);
    expect(told).toMatchObject({ status: 200, text: "success", headers: { "content-type": "text/plain" } });
    expect(await statusOf(it, "a1")).toBe("deleting");
    it.emulator.advance(20_000);
    expect(complaint(await show(it, "a1"))).toBe("404 CCE.03404001: Resource not found: add-on a1");
    expect(complaint(await it.call(`DELETE ${ALL}/a1`))).toMatch(/^404/);
    expect(it.emulator.state()["huaweicloud"]?.["AddonInstance"]).toMatchObject([{ uid: "a2" }]);
    expect((await install(it, "coredns")).status).toBe(201);
  });
});

test("while one add-on is on its way, its cluster changes no other, and other clusters do", async () => {
  const it = cloud({ seed: SEED });
  await install(it, "npd");
  const locked = "429 CCE.01429002: Resource locked by other requests: npd is installing";
  expect(complaint(await install(it, "everest"))).toBe(locked);
  expect(complaint(await upgrade(it, "a1", "coredns", { version: "1.28.7" }))).toBe(locked);
  expect(complaint(await it.call(`DELETE ${ALL}/a1`))).toBe(locked);
  expect(complaint(await it.call(`POST ${ALL}/a1/operation/rollback`, { clusterID: "c1" }))).toBe(locked);
  expect((await install(it, "everest", { clusterID: "c2" })).status).toBe(201);
  it.emulator.advance(MINUTE);
  expect((await install(it, "everest")).status).toBe(201);
});
