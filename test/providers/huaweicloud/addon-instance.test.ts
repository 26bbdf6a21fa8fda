import { describe, expect, it } from "vitest";
import { addon, edgeProject } from "./edge-project.ts";

const autoscaler = { cluster_id: "c1", tenant_id: "t1" };

describe.each(["sdk", "manual"] as const)("AddonInstance over the %s wire", (wire) => {
  it("is installed, and what the cloud fills in is no difference", async () => {
    const project = edgeProject({ wire });
    await project.settle(
      addon("c1/coredns", { values: { basic: {}, custom: { stub_domains: { "a.b": ["10.0.0.1"] } } } }),
      addon("c1/autoscaler", { version: "1.25.21", values: { custom: autoscaler, flavor: { name: "HA" } } }),
      addon("c1/storage-driver", { values: { basic: { euleros_version: "2.2.6" } } }),
      addon("monitor", { clusterId: "c2", addonTemplateName: "metrics-server" }),
    );
    const rows = project.rows("AddonInstance");
    const names = ["coredns", "autoscaler", "storage-driver", "metrics-server"];
    expect(names.map((name) => rows.find((row) => row["addonTemplateName"] === name))).toMatchObject([
      { addonTemplateName: "coredns", version: "1.30.33", values: { custom: { multiAZEnabled: false } } },
      { version: "1.25.21", values: { custom: { logLevel: 4, ...autoscaler }, flavor: { name: "HA", replicas: 2 } } },
      { values: { basic: { euleros_version: "2.2.6", platform: "linux-amd64" }, parameters: {} } },
      { clusterID: "c2", addonTemplateName: "metrics-server" },
    ]);
  });

  it("is updated in its values, of which the rest stays as it is", async () => {
    const project = edgeProject({ wire });
    await project.settle(addon("c1/autoscaler", { values: { custom: { ...autoscaler, logLevel: 5 } } }));
    await project.settle(
      addon("c1/autoscaler", { values: { custom: { ...autoscaler, maxNodesTotal: 9 }, flavor: { name: "HA" } } }),
    );
    const [row] = project.rows("AddonInstance");
    // What is not written any more returns to the template's default.
    expect(row).toMatchObject({
      values: {
        custom: { ...autoscaler, maxNodesTotal: 9, logLevel: 4, expander: "priority" },
        flavor: { name: "HA" },
      },
    });
    expect(project.ledger().entries).toHaveProperty(["AddonInstance/c1/autoscaler", "id"], row?.["uid"]);
  });

  it("keeps on an update what somebody else has set and nobody has declared", async () => {
    const mine = { uid: "u1", clusterID: "c1", addonTemplateName: "autoscaler", version: "1.28.51", status: "running" };
    const values = { basic: {}, custom: { ...autoscaler, expander: "random" }, flavor: { name: "Single" } };
    const project = edgeProject({ wire, seed: { huaweicloud: { AddonInstance: [{ ...mine, values }] } } });
    await project.settle(addon("c1/autoscaler", { values: { custom: { logLevel: 2 } } }));
    expect(project.rows("AddonInstance")).toMatchObject([
      { uid: "u1", version: "1.28.51", values: { custom: { ...autoscaler, expander: "random", logLevel: 2 } } },
    ]);
  });

  it("is upgraded with the basic values of its new version", async () => {
    const project = edgeProject({ wire });
    const values = { basic: { swr_user: "mine" }, custom: { multiAZEnabled: true } };
    await project.settle(addon("c1/coredns", { version: "1.25.14", values }));
    await project.settle(addon("c1/coredns", { version: "1.28.7", values }));
    expect(project.rows("AddonInstance")).toMatchObject([
      {
        version: "1.28.7",
        values: { basic: { image_version: "1.28.7", swr_user: "mine" }, custom: { multiAZEnabled: true } },
      },
    ]);
    await project.settle(addon("c1/coredns", { version: "1.28.7" }));
    await project.settle(addon("c1/coredns", { version: "1.30.33" }));
    expect(project.rows("AddonInstance")).toMatchObject([{ values: { basic: { image_version: "1.30.33" } } }]);
    const updates = project.emulator.calls().filter(({ action }) => action === "UpdateAddonInstance");
    expect(updates).toHaveLength(3);
  });

  it("is adopted where it was installed with the cluster, and then removed like any adopted object: not at all", async () => {
    const there = { uid: "u1", clusterID: "c1", addonTemplateName: "coredns", version: "1.28.7", status: "running" };
    const values = { basic: {}, custom: { multiAZEnabled: false }, flavor: { name: 2500 } };
    const project = edgeProject({ wire, seed: { huaweicloud: { AddonInstance: [{ ...there, values }] } } });
    project.declare(addon("c1/coredns"));
    expect((await project.plan()).actions).toEqual({ "c1/coredns": "no-op" });
    await project.settle(addon("c1/coredns"));
    expect(project.emulator.calls().filter(({ action }) => action.startsWith("Create"))).toEqual([]);
    await project.settle(addon("c1/coredns", { values: { custom: { multiAZEnabled: true } } }));
    expect(project.rows("AddonInstance")).toMatchObject([
      { uid: "u1", version: "1.28.7", values: { custom: { multiAZEnabled: true } } },
    ]);
    await project.settle();
    expect(project.rows("AddonInstance")).toHaveLength(1);
  });

  it("is removed, and gone when the apply ends", async () => {
    const project = edgeProject({ wire });
    await project.settle(addon("c1/metrics-server"), addon("c1/npd"));
    await project.settle(addon("c1/metrics-server"));
    expect(project.rows("AddonInstance")).toMatchObject([{ addonTemplateName: "metrics-server" }]);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect(project.rows("AddonInstance")).toEqual([]);
  });
});

describe("AddonInstance", () => {
  it.each([
    ["clusterId", { clusterId: "c2" }, "create+delete"],
    ["addonTemplateName", { addonTemplateName: "npd" }, "create+delete"],
  ])("is replaced where %s changes", async (field, spec, actions) => {
    const project = edgeProject();
    await project.settle(addon("monitor", { addonTemplateName: "metrics-server" }));
    project.declare(addon("monitor", { addonTemplateName: "metrics-server", ...spec }));
    const planned = await project.plan();
    expect(planned.actions).toEqual({ monitor: actions });
    expect(planned.fields["AddonInstance/monitor"]).toEqual([field]);
    await project.settle(addon("monitor", { addonTemplateName: "metrics-server", ...spec }));
    expect(project.rows("AddonInstance")).toHaveLength(1);
  });

  it("of one cluster changes alone; another cluster does not wait for it", async () => {
    const project = edgeProject();
    const names = ["coredns", "metrics-server", "npd", "volcano"];
    await project.settle(...["c1", "c2"].flatMap((c) => names.map((n) => addon(`${c}/${n}`, { clusterId: c }))));
    const creates = project.emulator.calls().filter(({ action }) => action === "CreateAddonInstance");
    expect(creates.map(({ status }) => status)).toEqual(Array(8).fill(201));
  });

  it("that is not pinned to a version any more stays what it is, without a call", async () => {
    const project = edgeProject();
    await project.settle(addon("c1/npd", { version: "1.18.48" }));
    project.declare(addon("c1/npd"));
    expect((await project.plan()).calls).toEqual({});
    await project.settle(addon("c1/npd"));
    expect(project.rows("AddonInstance")).toMatchObject([{ version: "1.18.48" }]);
    expect(project.emulator.calls().filter(({ action }) => action === "UpdateAddonInstance")).toEqual([]);
  });

  it("keeps what lifecycle.ignoreChanges names as it is in the cloud, whatever else changes", async () => {
    const project = edgeProject();
    const values = (multiAZEnabled: boolean) => ({ basic: { swr_user: "mine" }, custom: { multiAZEnabled } });
    await project.settle(addon("c1/coredns", { version: "1.25.14", values: values(true) }));
    const ignoring = (field: string) => ({ lifecycle: { ignoreChanges: [field] } });
    const mine = addon("c1/coredns", { version: "1.30.33", values: values(false) }, ignoring("version"));
    await project.settle(mine);
    expect(project.rows("AddonInstance")).toMatchObject([{ version: "1.25.14", values: values(false) }]);
    await project.settle(addon("c1/coredns", { version: "1.28.7", values: values(true) }, ignoring("values")));
    expect(project.rows("AddonInstance")).toMatchObject([{ version: "1.28.7", values: values(false) }]);
    expect(project.rows("AddonInstance")).toMatchObject([{ values: { basic: { image_version: "1.28.7" } } }]);
  });

  it("without values any more goes back to the template's", async () => {
    const project = edgeProject();
    await project.settle(addon("c1/npd", { values: { custom: { npc: { maxTaintedNode: "20%" } } } }));
    await project.settle(addon("c1/npd"));
    expect(project.rows("AddonInstance")).toMatchObject([{ values: { custom: { npc: { maxTaintedNode: "10%" } } } }]);
  });

  it("tells with a new version which ones the cloud offers", async () => {
    const project = edgeProject();
    await project.settle(addon("c1/coredns", { version: "1.25.14" }));
    project.declare(addon("c1/coredns", { version: "1.30.33" }));
    const { stdout, stderr } = await project.cairn("plan");
    expect(`${stdout}${stderr}`).toContain("coredns 1.25.14 can be upgraded to 1.28.7, 1.30.33, says the cloud");
    project.declare(addon("c1/coredns", { version: "1.25.14", values: { custom: { multiAZEnabled: true } } }));
    const other = await project.cairn("plan");
    expect(`${other.stdout}${other.stderr}`).not.toContain("can be upgraded");
  });

  it.each(["coredns", "everest"])("%s is not deleted unasked", async (template) => {
    const project = edgeProject();
    await project.settle(addon(`c1/${template}`), addon("c1/npd"));
    project.declare(addon("c1/npd"));
    const refused = await project.cairn("apply --yes");
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain(`--allow destroy=AddonInstance/c1/${template}`);
    expect((await project.cairn(`apply --yes --allow destroy=AddonInstance/c1/${template}`)).code).toBe(0);
    expect(project.rows("AddonInstance")).toMatchObject([{ addonTemplateName: "npd" }]);
  });
});
