import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud } from "./cloud.ts";
import { addon, addonRequest, SEED } from "./seed.ts";

const ALL = "/api/v3/addons";
const install = (it: Cloud, addonTemplateName: string, spec: object = {}) =>
  it.call(`POST ${ALL}`, addonRequest("install", { clusterID: "c1", addonTemplateName, ...spec }));
const upgrade = (it: Cloud, uid: string, addonTemplateName: string, spec: object) =>
  it.call(`PUT ${ALL}/${uid}`, addonRequest("upgrade", { clusterID: "c1", addonTemplateName, ...spec }));
const show = (it: Cloud, uid: string) => it.call(`GET ${ALL}/${uid}?cluster_id=c1`);
const statusOf = async (it: Cloud, uid: string) => at((await show(it, uid)).body, "status.status");
const uidOf = (told: Awaited<ReturnType<typeof install>>) => String(at(told.body, "metadata.uid"));

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
