import { describe, expect, it } from "vitest";
import { kindNamed } from "../providers/retailcloud/kind-trial.ts";
import { retail } from "../providers/retailcloud/retail-world.ts";
import { actionsOf, built, changesIn, isClean } from "./platform.ts";

describe("what goes from the platform, and what may not", () => {
  it("refuses to take a grant away alone; with its account it goes without a call", async () => {
    const shop = await built();
    const grants = /---\n# The API cannot take a grant back[\s\S]*$/;
    shop.edit("manifests/databases.yaml", grants, "");
    const refused = await shop.cairn("plan");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      "error[E_CANNOT_DELETE] DbGrant/orders/storefront: the API cannot remove a DbGrant by itself",
    );
    shop.edit("manifests/databases.yaml", /---\napiVersion: retailcloud\/v1\nkind: RdsAccount[\s\S]*$/, "");
    changesIn(shop);
    expect((await shop.cairn("apply --yes")).code).toBe(0);
    expect(actionsOf(changesIn(shop))).toEqual(["DeleteRdsAccount"]);
    await isClean(shop);
  });

  it("refuses to replace a cluster, to drop a database and to delete a volume that is claimed", async () => {
    const shop = await built();
    shop.edit("manifests/cluster.yaml", "172.23.0.0/20", "172.24.0.0/20");
    const cluster = await shop.cairn("apply --yes");
    expect(cluster.code).toBe(1);
    expect(cluster.stderr).toContain("PersistentVolume/media: cannot be replaced: it is bound");
    shop.edit("manifests/cluster.yaml", "172.24.0.0/20", "172.23.0.0/20");
    shop.edit("manifests/databases.yaml", "  dbDescription: 订单\n", "");
    const database = await shop.cairn("apply --yes");
    expect(database.code).toBe(4);
    expect(database.stderr).toContain("Database/orders: would be replaced, but Database is a protected kind");
    shop.edit(
      "manifests/databases.yaml",
      "characterSetName: utf8mb4\n",
      "characterSetName: utf8mb4\n  dbDescription: 订单\n",
    );
    shop.edit("manifests/volumes.yaml", /---\napiVersion[\s\S]*$/, "");
    const volume = await shop.cairn("apply --yes");
    expect(volume.code).toBe(1);
    expect(volume.stderr).toContain("PersistentVolume/scratch: cannot be deleted: it is bound");
    shop.edit(
      "manifests/storefront/online.yaml",
      /---\napiVersion: retailcloud\/v1\nkind: PersistentVolumeClaim\nmetadata:\n {2}name: storefront\/online\/scratch[\s\S]*?(?=---)/,
      "",
    );
    changesIn(shop);
    expect((await shop.cairn("apply --yes --allow destroy=PersistentVolume/scratch")).code).toBe(0);
    expect(actionsOf(changesIn(shop))).toEqual(["DeletePersistentVolumeClaim", "DeletePersistentVolume"]);
    await isClean(shop);
  });

  it("lets no claim take its volume along unasked", async () => {
    const shop = await built();
    const claim =
      /---\napiVersion: retailcloud\/v1\nkind: PersistentVolumeClaim\nmetadata:\n {2}name: storefront\/online\/scratch[\s\S]*?(?=---)/;
    shop.edit("manifests/storefront/online.yaml", claim, "");
    changesIn(shop);
    for (const target of ["", " --target PersistentVolumeClaim/storefront/online/scratch"]) {
      const refused = await shop.cairn(`apply --yes${target}`);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(
        "PersistentVolumeClaim/storefront/online/scratch storageClass: PersistentVolume/scratch goes with the old claim",
      );
    }
    expect(changesIn(shop)).toEqual([]);
    shop.edit("manifests/volumes.yaml", /---\napiVersion[\s\S]*$/, "");
    expect((await shop.cairn("apply --yes --allow destroy=PersistentVolume/scratch")).code).toBe(0);
    await isClean(shop);
  });

  it("says whose nodes go along with a cluster", async () => {
    const shop = await built();
    const id = shop.read(".cairn/ledger.json").match(/"id": ?"(c[0-9a-f]{32})"/)?.[1] ?? "";
    const theirs = { spec: { cluster: id, instanceId: "i-theirs" }, scope: { cluster: id }, targets: () => [] };
    await kindNamed("ClusterNode").create(await retail(shop.emulator.fetch), theirs);
    const plan = await shop.cairn("plan --destroy");
    expect(plan.stderr).toMatch(
      /warning\[E_CANNOT_DELETE\] Cluster\/shops: what nobody here owns lies in it, and goes along unless the cloud declines: ClusterNode i-theirs\n/,
    );
  });

  it("says which volume has to be made anew with its claim", async () => {
    const shop = await built();
    shop.edit("manifests/storefront/online.yaml", "capacity: 200Gi", "capacity: 300Gi");
    const refused = await shop.cairn("apply --yes");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("PersistentVolume/media is retained");
    changesIn(shop);
    const both = "--replace PersistentVolume/media --allow destroy=PersistentVolume/media";
    const applied = await shop.cairn(`apply --yes ${both}`);
    expect(applied.stderr).not.toContain("error[");
    expect(actionsOf(changesIn(shop))).toEqual([
      ...["DeletePersistentVolumeClaim", "DeletePersistentVolume"],
      ...["CreatePersistentVolume", "CreatePersistentVolumeClaim"],
    ]);
    await isClean(shop);
  });

  it("deletes a label that others have bound only by force, and says what that takes along", async () => {
    const shop = await built();
    shop.edit("manifests/labels.yaml", /---\n# All the nodes[\s\S]*$/, "");
    const force = "metadata:\n  lifecycle: { force: true }\n  name: role/web";
    shop.edit("manifests/labels.yaml", "metadata:\n  name: role/web", force);
    expect((await shop.cairn("apply --yes")).code).toBe(0);
    const sets = kindNamed("NodeLabelBinding");
    const id = shop.read(".cairn/ledger.json").match(/"(c[0-9a-f]{32}\/label\.jst\.com\/role=web)"/)?.[1] ?? "";
    const theirs = { spec: { nodeLabel: id, instances: ["i-theirs"] }, scope: {}, targets: () => [] };
    await sets.create(await retail(shop.emulator.fetch), theirs);
    shop.edit("manifests/labels.yaml", /apiVersion[\s\S]*$/, "");
    changesIn(shop);
    const applied = await shop.cairn("apply --yes");
    expect(applied.stdout).toContain("force takes along the label from every node that carries it");
    const forces = changesIn(shop).map(({ action, params }) => `${action} ${params["LabelValue"]} ${params["Force"]}`);
    expect([...forces].sort()).toEqual(["DeleteNodeLabel batch false", "DeleteNodeLabel web true"]);
    await isClean(shop);
  });
});
