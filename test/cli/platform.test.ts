import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { actionsOf, built, changesIn, isClean, platform, secrets } from "./platform.ts";
import { objectsIn } from "./shop.ts";

const wires = ["sdk", "manual"] as const;

describe("the platform", () => {
  it("adds all machines of a cluster in one call, and removes them in one", async () => {
    const shop = await built();
    const made = changesIn(shop);
    const [added, ...others] = made.filter(({ action }) => action === "AddClusterNode");
    expect(others).toEqual([]);
    expect(Object.values(added?.params ?? {})).toEqual(
      expect.arrayContaining(["i-8vb1node1", "i-8vb1node2", "i-8vb1node3"]),
    );
    expect((await shop.cairn("destroy --yes")).code).toBe(0);
    const gone = actionsOf(changesIn(shop));
    expect(gone.filter((action) => action === "RemoveClusterNode")).toHaveLength(1);
    // Only the environment that runs a release has instances to be taken offline.
    expect(gone.filter((action) => action === "OfflineAppEnvironment")).toHaveLength(1);
    expect(gone.indexOf("OfflineAppEnvironment")).toBeLessThan(gone.lastIndexOf("DeleteAppEnvironment"));
    expect(gone.indexOf("DeletePersistentVolumeClaim")).toBeLessThan(gone.indexOf("DeletePersistentVolume"));
    expect(gone.indexOf("DeleteAppResourceAlloc")).toBeLessThan(gone.indexOf("DeleteCluster"));
    expect(Object.values(objectsIn(shop.emulator)).reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  it("shows no secret anywhere, not even where the cloud tells one", async () => {
    const shop = await built({ wire: "manual" });
    for (const line of ["plan --out saved.json", "plan --format json", "drift --unmanaged", "ledger list"]) {
      expect((await shop.cairn(line)).code).toBe(0);
    }
    for (const address of ["Cluster/shops", "RdsAccount/storefront"]) await shop.cairn(`ledger show ${address}`);
    await shop.cairn("plan", { ORDERS_PASSWORD: "Another-0ne!" });
    const files = readdirSync(shop.folder, { recursive: true, withFileTypes: true });
    const written = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
    const told = [...shop.texts, ...written, JSON.stringify(shop.emulator.calls())].join("\n");
    expect(told).toContain("RdsAccount/storefront");
    for (const secret of [...Object.values(secrets), "Another-0ne!"]) expect(told).not.toContain(secret);
  });

  it.each(wires)("changes in place what the API can change, call by call (%s)", async (wire) => {
    const shop = await built({ wire });
    changesIn(shop);
    shop.edit("manifests/labels.yaml", "[shops/1, shops/2]", "[shops/2, shops/3]");
    shop.edit("manifests/labels.yaml", "instances: [shops/3]", "instances: [shops/1]");
    shop.edit("manifests/databases.yaml", "ReadWrite", "ReadOnly");
    const env = { ORDERS_PASSWORD: "Another-0ne!" };
    expect((await shop.cairn("apply --yes", env)).code).toBe(0);
    const made = changesIn(shop);
    expect([...actionsOf(made)].sort()).toEqual([
      // The new password changes the deploy config, and that rolls out.
      ...["BindNodeLabel", "BindNodeLabel", "DeployApp", "GrantDbToAccount", "ResetAccountPassword"],
      ...["UnbindNodeLabel", "UnbindNodeLabel", "UpdateDeployConfig"],
    ]);
    await isClean(shop, env);
  });

  it.each(wires)("takes a label off its nodes before another value of it is put on (%s)", async (wire) => {
    const shop = await built({ wire });
    changesIn(shop);
    shop.edit("manifests/labels.yaml", "labelValue: web", "labelValue: front");
    const applied = await shop.cairn("apply --yes");
    expect(applied.stderr).not.toContain("error[");
    const made = changesIn(shop);
    const order = actionsOf(made);
    expect([...order].sort()).toEqual([
      ...["BindNodeLabel", "BindNodeLabel", "CreateNodeLabel", "DeleteNodeLabel", "UnbindNodeLabel", "UnbindNodeLabel"],
    ]);
    expect(order.lastIndexOf("UnbindNodeLabel")).toBeLessThan(order.indexOf("BindNodeLabel"));
    expect(order.lastIndexOf("UnbindNodeLabel")).toBeLessThan(order.indexOf("DeleteNodeLabel"));
    await isClean(shop);
  });

  it.each(wires)("finds everything again without its ledger, and says what it has to assume (%s)", async (wire) => {
    const shop = await built({ wire });
    changesIn(shop);
    rmSync(join(shop.folder, ".cairn"), { recursive: true });
    const planned = await shop.cairn("plan --detailed-exitcode");
    expect(planned.stdout).toMatch(/Plan: 0 to create, 0 to update, 0 to replace, 0 to delete, [1-9]\d* to adopt/);
    expect(planned.stderr + planned.stdout).toContain("Cluster/shops password");
    expect((await shop.cairn("apply --yes")).code).toBe(0);
    expect(changesIn(shop)).toEqual([]);
    await isClean(shop);
  });

  it("moves to other names without a call", async () => {
    const shop = await built();
    changesIn(shop);
    const names = [
      ["cluster.yaml", "name: shops\n", "name: main\n"],
      ["cluster.yaml", /shops\/(\d)/g, "node-$1"],
      ["cluster.yaml", /cluster: shops/g, "cluster: main"],
      ["labels.yaml", /shops\/(\d)/g, "node-$1"],
      ["labels.yaml", /cluster: shops/g, "cluster: main"],
      ["labels.yaml", /name: role\/|nodeLabel: role\//g, "$&node-"],
      ["volumes.yaml", /cluster: shops/g, "cluster: main"],
      ["volumes.yaml", "name: media", "name: volumes/media"],
      ["storefront/online.yaml", "cluster: shops", "cluster: main"],
      ["storefront/online.yaml", "storefront/online/media", "claims/media"],
      ["storefront/rehearsal.yaml", "cluster: shops", "cluster: main"],
      ["databases.yaml", "name: orders\n", "name: shop/orders\n"],
      ["databases.yaml", "name: storefront\n", "name: shop/storefront\n"],
      ["databases.yaml", /name: orders\/storefront|database: |account: /g, "$&shop/"],
      ["databases.yaml", "name: orders/storefrontshop/", "name: shop/grant"],
    ] as const;
    for (const [file, from, to] of names) shop.edit(`manifests/${file}`, from, to);
    const applied = await shop.cairn("apply --yes");
    expect(applied.stderr).not.toContain("error[");
    expect(applied.stdout).toMatch(/Plan: 0 to create, 0 to update, 0 to replace, 0 to delete/);
    expect(changesIn(shop)).toEqual([]);
    await isClean(shop);
  });

  it("says why a cluster did not come up, and makes nothing that stands on it", async () => {
    const shop = platform();
    shop.emulator.setFaults({ seed: 1, rules: [{ match: { action: "CreateCluster" }, effect: "fail" }] });
    const applied = await shop.cairn("apply --yes");
    expect(applied.code).toBe(3);
    expect(applied.stderr).toContain('did not become ready: its status is "failed"');
    expect(actionsOf(changesIn(shop))).not.toContain("AddClusterNode");
    const planned = await shop.cairn("plan");
    expect(planned.stdout + planned.stderr).toContain("the cloud calls it failed");
  });
});
