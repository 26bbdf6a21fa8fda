import { describe, expect, it } from "vitest";
import { addon, edgeProject, passing, someday } from "./edge-project.ts";

describe("AddonInstance", () => {
  it("waits where the cluster is locked by somebody else", async () => {
    const busy = { uid: "u1", clusterID: "c1", addonTemplateName: "npd", version: "1.19.38", status: "installing" };
    const seed = { huaweicloud: { AddonInstance: [{ ...busy, ...someday({ status: "running" }) }] } };
    const project = edgeProject({ seed });
    project.declare(addon("c1/metrics-server"));
    const fetch = passing(project, (_, __, status) => status === 429);
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(fetch.struck()).toBe(true);
  });

  it.each(["update", "removal"])("lets the cloud finish what it is about before an %s", async (what) => {
    const project = edgeProject();
    await project.settle(addon("c1/npd", { version: "1.19.16" }));
    const [row] = project.rows("AddonInstance");
    const busy = { ...row, status: "upgrading", ...someday({ status: "running" }) };
    project.emulator.reset({ huaweicloud: { AddonInstance: [busy] } });
    project.declare(...(what === "update" ? [addon("c1/npd", { version: "1.19.38" })] : []));
    const fetch = passing(project, (url) => url.includes("/api/v3/addons/"));
    expect((await project.cairn("apply --yes", { fetch })).code).toBe(0);
    expect(fetch.struck()).toBe(true);
    expect(project.emulator.calls().filter(({ status }) => status === 429)).toEqual([]);
    expect(project.rows("AddonInstance").map(({ version }) => version)).toEqual(what === "update" ? ["1.19.38"] : []);
  });

  it("goes wrong with the cloud's own words where the version does not exist", async () => {
    const project = edgeProject();
    await project.settle(addon("c1/coredns"));
    project.declare(addon("c1/coredns", { version: "9.9.9" }));
    const { code, stderr } = await project.cairn("apply --yes");
    expect(code).toBe(3);
    expect(stderr).toMatch(/UpdateAddonInstance.*HTTP 400.*9\.9\.9/s);
  });

  it("that failed to install ends the apply with the cloud's reason; a new one is made where it is asked for", async () => {
    const project = edgeProject();
    const reason = "chart not found in the repository";
    project.emulator.setFaults({
      rules: [{ match: { action: "CreateAddonInstance", nth: 1 }, effect: "fail", reason, code: "code 7" }],
    });
    project.declare(addon("c1/npd"));
    const failed = await project.cairn("apply --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain(`did not become ready: installFailed: ${reason}: code 7`);
    const planned = await project.cairn("plan");
    expect(planned.code).toBe(0);
    expect(`${planned.stdout}${planned.stderr}`).toMatch(
      /the cloud calls it failed: installFailed: chart not found.*--replace AddonInstance\/c1\/npd/s,
    );
    expect(planned.stdout).toContain("No changes");
    const replaced = await project.cairn("apply --yes --replace AddonInstance/c1/npd");
    expect(replaced.code).toBe(0);
    expect(project.rows("AddonInstance")).toMatchObject([{ status: "running" }]);
  });

  it("whose removal fails ends the run with the cloud's reason, stays owned, and is removed next time", async () => {
    const project = edgeProject();
    await project.settle(addon("c1/npd"));
    const rules = [{ match: { action: "DeleteAddonInstance", nth: 1 }, effect: "fail", reason: "finalizer left" }];
    project.emulator.setFaults({ rules });
    const failed = await project.cairn("destroy --yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("was not deleted: deleteFailed: finalizer left");
    expect(project.ledger().entries).toHaveProperty(["AddonInstance/c1/npd"]);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect([project.rows("AddonInstance"), project.ledger().entries]).toEqual([[], {}]);
  });

  it("whose pods never start is waited for until the cloud gives its reason", async () => {
    const project = edgeProject();
    const reason = "0/3 nodes are available";
    project.emulator.setFaults({ rules: [{ match: { action: "CreateAddonInstance" }, effect: "fail-pod", reason }] });
    project.declare(addon("c1/npd"));
    const { code, stderr } = await project.cairn("apply --yes");
    expect(code).toBe(3);
    expect(stderr).toContain(`is not ready after 900 s: abnormal: ${reason}`);
  });

  it("is found again where the answer to its creation is lost", async () => {
    const project = edgeProject();
    const rules = [{ match: { action: "CreateAddonInstance", nth: 1 }, effect: "drop-response" }];
    project.emulator.setFaults({ rules });
    await project.settle(addon("c1/npd"));
    expect(project.emulator.calls().filter(({ action }) => action === "CreateAddonInstance")).toHaveLength(1);
  });
});
