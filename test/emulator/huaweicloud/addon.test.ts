import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint } from "./cloud.ts";
import { addonRequest, SEED } from "./seed.ts";

const ALL = "/api/v3/addons";
const install = (it: Cloud, addonTemplateName: string, spec: object = {}) =>
  it.call(`POST ${ALL}`, addonRequest("install", { clusterID: "c1", addonTemplateName, ...spec }));
const show = (it: Cloud, uid: string) => it.call(`GET ${ALL}/${uid}?cluster_id=c1`);
const uidOf = (told: Awaited<ReturnType<typeof install>>) => String(at(told.body, "metadata.uid"));

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
