import { describe, expect, it } from "vitest";
import { canonicalLive } from "../../../src/core/canonical.ts";
import type { Live } from "../../../src/core/kind.ts";
import type { Fields } from "../../../src/core/values.ts";
import { kindNamed } from "./kind-trial.ts";
import { type Canned, fakeCloud, json, rejection, retail } from "./retail-world.ts";

const scope = {
  cluster: "c1",
  "nodeLabel.cluster": "c1",
  environment: "7",
  "environment.app": "1",
  dbInstanceId: "rm-1",
  "account.dbInstanceId": "rm-1",
};

/** What a kind makes of answers to its list. */
async function listed(kind: string, ...answers: readonly Canned[]) {
  const { fetch, sent } = fakeCloud(...answers);
  const found = await kindNamed(kind).list(await retail(fetch), scope);
  return { sent, found: found.map((live) => canonicalLive(kindNamed(kind), live)) };
}

async function read(kind: string, id: string, spec: Fields, ...answers: readonly Canned[]) {
  const { fetch } = fakeCloud(...answers);
  return kindNamed(kind).read?.(await retail(fetch), { id, scope, spec });
}

const page = (...rows: readonly unknown[]): Canned => json({ Code: 0, TotalCount: rows.length, Data: rows });
const state = (kind: string, facts: Fields, spec: Fields = {}) =>
  kindNamed(kind).readiness?.check({ id: "x", spec, facts } satisfies Live);

describe("Cluster", () => {
  const row = { InstanceId: "c1", ClusterTitle: "t", KeyPair: "", Password: "Abssshh123!", Status: "running" };

  it("drops the password that rows show in clear", async () => {
    const { found } = await listed("Cluster", page({ ...row, VswitchIds: ["b", "a"], EnvType: "1", Id: 12 }));
    const spec = { clusterTitle: "t", clusterEnvType: "pro", vswitchIds: ["b", "a"] };
    expect(found).toEqual([{ id: "c1", spec, facts: { status: "running" } }]);
  });

  it("counts pages by the name that this list has for them", async () => {
    const { sent } = await listed("Cluster", page(row));
    expect(sent[0]?.query).toEqual({ PageNum: "1", PageSize: "100" });
  });

  it.each([
    [0, "test"],
    ["1", "pro"],
    [7, undefined],
    [undefined, undefined],
  ])("reads the type %j as %s", async (EnvType, word) => {
    const { found } = await listed("Cluster", page({ ...row, EnvType }));
    expect(found[0]?.spec["clusterEnvType"]).toBe(word);
  });

  it("is asked for by its id where the list lacks it; what the detail lacks stays as it was", async () => {
    const detail = {
      BasicInfo: { ClusterInstanceId: "c1", ClusterName: "t", RegionId: "cn", VpcId: "vpc", Vswitchs: ["a"] },
      NetInfo: { ProdCIDR: "172.22.0.0/16", ServiceCIDR: "172.23.0.0/16" },
    };
    const last = { keyPair: "ops", businessCode: "JST", clusterEnvType: "test", vpcId: "old" };
    const found = await read("Cluster", "c1", last, page(), json({ Code: 0, Result: detail }));
    const { vpcId: _, ...kept } = last;
    expect(found?.spec).toEqual({
      ...kept,
      clusterTitle: "t",
      regionId: "cn",
      vpcId: "vpc",
      vswitchIds: ["a"],
      podCidr: "172.22.0.0/16",
      serviceCidr: "172.23.0.0/16",
    });
    expect(found?.facts).toBeUndefined();
    const gone = json({ Code: 404, ErrMsg: "no such cluster" });
    expect(await read("Cluster", "c1", {}, page(), gone)).toBeUndefined();
  });

  it.each([
    [{ status: "running" }, { state: "ready" }],
    [{}, { state: "pending", reason: "the list of clusters does not show it yet" }],
    [{ status: "initial" }, { state: "pending", reason: 'its status is "initial"' }],
    [
      { status: "failed", createStatus: "2" },
      { state: "failed", reason: 'its status is "failed" (CreateStatus 2)' },
    ],
    [{ status: "deleting" }, { state: "failed", reason: 'its status is "deleting"' }],
  ])("with %j is %j", (facts, readiness) => {
    expect(state("Cluster", facts)).toEqual(readiness);
  });

  it.each([
    ["delete_failed", 'its status is "delete_failed"'],
    ["deleting", undefined],
    ["failed", undefined],
    [undefined, undefined],
  ])("with the status %s after a delete stays for: %s", (status, reason) => {
    const facts = status === undefined ? undefined : { status };
    const live = { id: "x", spec: {}, ...(facts === undefined ? {} : { facts }) };
    expect(kindNamed("Cluster").readiness?.removalFailure?.(live)).toBe(reason);
  });
});

describe("NodeLabelBinding", () => {
  const bound = (Id: number, InstanceId: string, LabelValue: string) => ({ Id, InstanceId, LabelKey: "k", LabelValue });

  it("gathers rows by label", async () => {
    const { found, sent } = await listed(
      "NodeLabelBinding",
      page(bound(1, "a", "x"), bound(2, "a", "y"), bound(3, "b", "x")),
    );
    expect(found).toEqual([
      { id: "c1/k=x", spec: { nodeLabel: "c1/k=x", instances: ["a", "b"] } },
      { id: "c1/k=y", spec: { nodeLabel: "c1/k=y", instances: ["a"] } },
    ]);
    expect(sent[0]?.query).toMatchObject({ ClusterId: "c1" });
  });

  it("asks for one label with every filter, and is absent where nothing carries it", async () => {
    expect(await read("NodeLabelBinding", "c1/k=x", {}, page())).toBeUndefined();
    expect(await read("NodeLabelBinding", "c1/k=x", {}, page(bound(1, "a", "x")))).toMatchObject({ id: "c1/k=x" });
  });

  it("refuses an id that is none of a label", async () => {
    expect(await rejection(read("NodeLabelBinding", "12", {}, page()))).toMatchObject({
      code: "E_REFERENCE",
      message: '"12" is no node label',
    });
  });
});

describe("volumes and claims", () => {
  it("a volume's folder stays unknown where the answer leaves it out", async () => {
    const row = { Name: "media", Capacity: "129e6", Status: "Bound", PvcName: "m" };
    const { found } = await listed("PersistentVolume", page(row));
    const spec = { cluster: "c1", name: "media", capacity: "129M" };
    expect(found).toEqual([{ id: "c1/media", spec, facts: { status: "Bound", claim: "m" } }]);
  });

  it("a bound claim shows the size of its volume, which is not what it asked for", async () => {
    const row = { Name: "media", Capacity: "500Gi", AccessModes: "ReadWriteMany", StorageClass: "media" };
    const { found } = await listed("PersistentVolumeClaim", page({ ...row, Status: "Bound", VolumeName: "v" }));
    expect(found[0]?.spec).toEqual({
      ...{ environment: "7", name: "media" },
      ...{ accessModes: "ReadWriteMany", storageClass: "media" },
    });
    const pending = await listed("PersistentVolumeClaim", page({ ...row, Status: "Pending" }));
    expect(pending.found[0]?.spec["capacity"]).toBe("500Gi");
  });

  it.each([
    ["PersistentVolume", { status: "Available" }, { state: "ready" }],
    ["PersistentVolume", {}, { state: "ready" }],
    [
      "PersistentVolume",
      { status: "Failed", reason: "no mount" },
      { state: "failed", reason: "it is Failed: no mount" },
    ],
    ["PersistentVolume", { status: "New" }, { state: "pending", reason: "it is New: the cloud gives no reason" }],
    ["PersistentVolumeClaim", { status: "Bound" }, { state: "ready" }],
    ["PersistentVolumeClaim", {}, { state: "ready" }],
    ["PersistentVolumeClaim", { status: "Lost" }, { state: "failed", reason: "it is Lost: its volume is gone" }],
    [
      "PersistentVolumeClaim",
      { status: "Pending" },
      { state: "pending", reason: "it is Pending: no volume of storage class media is bound to it" },
    ],
    ["Database", { status: "Running" }, { state: "ready" }],
    ["Database", {}, { state: "ready" }],
    ["Database", { status: "Creating" }, { state: "pending", reason: "it is Creating" }],
    ["Database", { status: "Deleting" }, { state: "failed", reason: "it is Deleting" }],
    ["RdsAccount", { status: "Available" }, { state: "ready" }],
    ["RdsAccount", {}, { state: "ready" }],
    ["RdsAccount", { status: "Unavailable" }, { state: "pending", reason: "it is Unavailable" }],
    ["ClusterNode", {}, { state: "ready" }],
  ])("%s with %j is %j", (kind, facts, readiness) => {
    expect(state(kind, facts, { storageClass: "media" })).toEqual(readiness);
  });
});

describe("RDS", () => {
  it("is read in lower camel case, too", async () => {
    const databases = [{ dBName: "orders", dBInstanceId: "rm-1", characterSetName: "UTF8", dBStatus: "Running" }];
    const { found } = await listed("Database", json({ code: 0, result: { databases } }));
    const spec = { dbName: "orders", dbInstanceId: "rm-1", characterSetName: "utf8" };
    expect(found).toEqual([{ id: "rm-1/orders", spec, facts: { status: "Running" } }]);
  });

  it("shows grants with their accounts, the vendor's own among them", async () => {
    const privileges = [{ dBName: "orders", accountPrivilege: "Custom" }];
    const accounts = [{ accountName: "shop", databasePrivileges: privileges }, { accountName: "root" }];
    const { found } = await listed("DbGrant", json({ code: 0, result: { accounts } }));
    const id = "rm-1/shop on rm-1/orders";
    const spec = { account: "rm-1/shop", database: "rm-1/orders", accountPrivilege: "Custom" };
    expect(found).toEqual([{ id, spec }]);
    expect(await read("DbGrant", id, {}, json({ code: 0, result: { accounts } }))).toEqual({ id, spec });
    expect(await read("DbGrant", id, {}, json({ code: 0, result: { accounts: [] } }))).toBeUndefined();
  });

  it("finds an account by its whole name", async () => {
    const accounts = [{ AccountName: "shop2", AccountType: "Super" }];
    expect(
      await read("RdsAccount", "rm-1/shop", {}, json({ Code: 0, Result: { Accounts: accounts } })),
    ).toBeUndefined();
  });
});
