import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint } from "./cloud.ts";
import { addon, addonRequest, SEED } from "./seed.ts";

const ALL = "/api/v3/addons";
const install = (it: Cloud, addonTemplateName: string, spec: object = {}) =>
  it.call(`POST ${ALL}`, addonRequest("install", { clusterID: "c1", addonTemplateName, ...spec }));
const upgrade = (it: Cloud, uid: string, addonTemplateName: string, spec: object) =>
  it.call(`PUT ${ALL}/${uid}`, addonRequest("upgrade", { clusterID: "c1", addonTemplateName, ...spec }));
const show = (it: Cloud, uid: string) => it.call(`GET ${ALL}/${uid}?cluster_id=c1`);
const statusOf = async (it: Cloud, uid: string) => at((await show(it, uid)).body, "status.status");
const uidOf = (told: Awaited<ReturnType<typeof install>>) => String(at(told.body, "metadata.uid"));
const MINUTE = 60_000;

describe("an installation", () => {
  test("takes the newest version and fills in what was not sent", async () => {
    const it = cloud();
    const uid = uidOf(await install(it, "coredns", { values: { basic: { swr_user: "me" }, flavor: { name: 5000 } } }));
    expect(uid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const { body } = await show(it, uid);
    expect(at(body, "spec.version")).toBe("1.30.33");
    expect(at(body, "spec.values")).toMatchObject({
      basic: { swr_user: "me", image_version: "1.30.33", platform: "linux-amd64" },
      custom: { stub_domains: {}, multiAZEnabled: false },
      flavor: { name: 5000, replicas: 2, resources: [{ limitsCpu: "1000m" }] },
    });
    expect(at(body, "status.currentVersion.input.parameters.custom.stub_domains")).toBe("");
    expect(at(body, "status.currentVersion.supportVersions")).toBeUndefined();
  });

  test("is under way for 40 seconds, then runs", async () => {
    const it = cloud({ clock: () => Date.parse("2026-05-01T12:00:00Z") });
    const date = "20260501T120000Z";
    const body = addonRequest("install", { clusterID: "c1", addonTemplateName: "npd" });
    const told = await it.call(`POST ${ALL}`, body, { date });
    const read = async () => (await it.call(`GET ${ALL}/${uidOf(told)}`, undefined, { date })).body;
    it.emulator.advance(39_999);
    expect(await read()).toMatchObject({ status: { status: "installing", Reason: "", message: "" } });
    it.emulator.advance(1);
    expect(await read()).toMatchObject({
      metadata: { creationTimestamp: "2026-05-01T12:00:00Z", updateTimestamp: "2026-05-01T12:00:40Z" },
      status: { status: "running", Reason: "Install complete" },
    });
  });

  test("takes sizes and parameters as the template has them, empty parameters for old add-ons", async () => {
    const it = cloud();
    const old = await install(it, "storage-driver", { version: "1.0.10", values: { basic: {} } });
    expect(at(old.body, "spec.values")).toMatchObject({ flavor: { replicas: 1 }, parameters: {}, custom: {} });
    const gpu = await install(it, "gpu-beta", { clusterID: "c2", version: "1.0.0" });
    expect(at(gpu.body, "spec")).toMatchObject({
      version: "1.0.0",
      clusterID: "c2",
      values: { basic: { rbac_enabled: true } },
    });
    expect(at(gpu.body, "spec.values.flavor")).toBeUndefined();
  });

  test("may put its verb straight into metadata, as one page has it", async () => {
    const { spec } = addonRequest("install", { clusterID: "c1", addonTemplateName: "npd" });
    const told = await cloud().call(`POST ${ALL}`, {
      apVersion: "v3",
      metadata: { "addon.install/type": "install" },
      spec,
    });
    expect(told.status).toBe(201);
  });

  test.each([
    ["an unknown template", "corednss", {}, "404 404: addontemplate not exist: corednss"],
    [
      "a version with a v",
      "npd",
      { version: "v1.0.0" },
      /^400 SVCSTG\.CCE-ADDONMGR\.4000002: .* has no version v1\.0\.0/,
    ],
    ["a version that is not out", "npd", { version: "1.19.39" }, /no version 1\.19\.39; offered are .*1\.19\.38$/],
    ["no custom values, where some are needed", "autoscaler", {}, /4000002: custom values are not defined$/],
    [
      "half of what is needed",
      "autoscaler",
      { values: { basic: {}, custom: { cluster_id: "c1" } } },
      /custom values are not defined: tenant_id$/,
    ],
  ])("with %s is refused", async (_, name, spec, problem) => {
    const it = cloud();
    expect(complaint(await install(it, name, spec))).toMatch(problem);
    expect(it.emulator.state()["huaweicloud"]?.["AddonInstance"]).toEqual([]);
  });

  test("that does not fit is told as a Kubernetes Status with three codes", async () => {
    expect((await install(cloud(), "autoscaler")).body).toEqual({
      ...{ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", code: 400, reason: "BadRequest" },
      ...{ errorCode: "CCE.03400001", errorMessage: "Invalid request.", message: "custom values are not defined" },
      error: { message: "custom values are not defined", code: "SVCSTG.CCE-ADDONMGR.4000002" },
    });
  });

  test("without its verb is refused, and wrapped", async () => {
    const { metadata: _, ...rest } = addonRequest("install", { clusterID: "c1", addonTemplateName: "npd" });
    for (const metadata of [{}, { annotations: null }, { annotations: { "addon.install/type": "upgrade" } }]) {
      const told = await cloud().call(`POST ${ALL}`, { ...rest, metadata });
      expect(told.status).toBe(400);
      expect(told.body).toEqual({
        error: { code: "SVCSTG.CCE-ADDONMGR.400", message: expect.stringMatching(/^Install/) },
      });
    }
  });

  test("of a template that the cluster has is a conflict, in another cluster it is none", async () => {
    const it = cloud({ seed: SEED });
    const told = await install(it, "coredns");
    expect(told.status).toBe(409);
    expect(told.body).toEqual({ errorCode: "CCE.03409001", errorMessage: "Addon instance has installed: coredns" });
    expect((await install(it, "coredns", { clusterID: "c2" })).status).toBe(201);
  });
});

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

describe("a list", () => {
  test("holds whole objects of one cluster, and may be narrowed", async () => {
    const seed = { huaweicloud: { AddonInstance: [addon("1", "npd"), addon("2", "everest")] } };
    const it = cloud({ seed });
    const names = async (more: string) => {
      const { items } = await it.ask(`GET ${ALL}?cluster_id=c1${more}`);
      return [items].flat().map((item) => at(item, "spec.addonTemplateName"));
    };
    expect(await names("")).toEqual(["npd", "everest"]);
    expect(await names("&addon_template_name=everest")).toEqual(["everest"]);
    expect(at(await it.ask(`GET ${ALL}?cluster_id=c9`), "items")).toEqual([]);
    expect(await it.ask(`GET ${ALL}?cluster_id=c1`)).toMatchObject({ items: [(await show(it, "1")).body, {}] });
  });

  test("of templates holds all of them, with their defaults and sizes", async () => {
    const { items } = await cloud().ask("GET /api/v3/addontemplates");
    const names = [items].flat().map((item) => at(item, "metadata.name"));
    expect(names).toEqual(expect.arrayContaining(["coredns", "metrics-server", "autoscaler", "gpu-beta", "everest"]));
    const coredns = [items].flat().find((item) => at(item, "metadata.name") === "coredns");
    expect(at(coredns, "spec.versions.2.input.parameters")).toMatchObject({ custom: {}, flavor1: {}, flavor2: {} });
    expect(at(coredns, "spec.versions.2.input.basic.image_version")).toBe("1.30.33");
  });

  test("in the manual's style has no target versions and knows no rollback", async () => {
    const it = cloud({ wire: "manual", seed: SEED });
    const status = at(await it.ask(`GET ${ALL}?cluster_id=c1`), "items.0.status");
    expect(status).toMatchObject({ targetVersions: null, Reason: "", message: "" });
    expect(status).not.toHaveProperty("isRollbackable");
  });
});

describe("a seed", () => {
  test("may hold add-ons that nobody could install, and ones that failed or are on their way", async () => {
    const failed = addon("2", "npd", { status: "installFailed", Reason: "no chart" });
    const soon = [{ at: 0, becomes: { status: "running" } }];
    const AddonInstance = [
      addon("1", "homemade"),
      failed,
      addon("3", "everest", { status: "installing", coming: soon }),
    ];
    const it = cloud({ seed: { huaweicloud: { AddonInstance } } });
    expect((await show(it, "1")).body).toMatchObject({
      spec: { description: "the add-on homemade", values: {} },
      status: { status: "running", currentVersion: { version: "1.0.0" } },
    });
    expect((await show(it, "2")).body).toMatchObject({ status: { status: "installFailed", Reason: "no chart" } });
    expect(await statusOf(it, "3")).toBe("running");
    await upgrade(it, "2", "npd", { version: "1.0.0" });
    expect(await statusOf(it, "2")).toBe("upgrading");
  });

  test("that does not fit is refused with all mistakes", () => {
    const AddonInstance = [{ ...addon("1", "npd"), values: 7, coming: [{ becomes: { state: "x" } }] }];
    const plant = () => cloud().emulator.reset({ huaweicloud: { AddonInstance } });
    expect(plant).toThrow(
      [
        "seed.huaweicloud.AddonInstance[0].values: must be an object, not 7",
        "seed.huaweicloud.AddonInstance[0].coming[0].at: is missing",
        "seed.huaweicloud.AddonInstance[0].coming[0].becomes.state: is unknown; use one of status, Reason, message, updateTimestamp",
      ].join("\n"),
    );
  });

  test("never meets its own ids again", async () => {
    const it = cloud();
    await install(it, "npd");
    const state = it.emulator.state();
    it.emulator.reset(state);
    const uid = uidOf(await install(it, "npd", { clusterID: "c2" }));
    const ids = it.emulator.state()["huaweicloud"]?.["AddonInstance"]?.map((row) => at(row, "uid"));
    expect(ids).toHaveLength(2);
    expect(ids?.[1]).toBe(uid);
  });

  test("is what the state prints, also in the middle of things", async () => {
    const it = cloud({ seed: SEED });
    await install(it, "npd");
    const state = it.emulator.state();
    it.emulator.reset(state);
    expect(it.emulator.state()).toEqual(state);
  });
});
