import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { fieldsOf } from "../../../src/core/fields.ts";
import type { Traits } from "../../../src/core/traits.ts";
import type { Fields } from "../../../src/core/values.ts";
import { samples } from "./kind-samples.ts";
import { kindNamed, resolved } from "./kind-trial.ts";

const anyId = new Proxy({}, { get: () => "c1/label.jst.com/a=b" });

function input(kind: string, name: string): Fields {
  return samples[kind]?.[name]?.spec(anyId) ?? {};
}

function faults(kind: string, spec: Fields, target: (field: string) => Fields | undefined = () => undefined) {
  return (kindNamed(kind).constraints?.(spec, target) ?? []).map(({ field, message }) => `${field} ${message}`);
}

/** The issues of one field. */
function issues(kind: string, field: string, value: unknown): readonly string[] {
  const result: z.ZodSafeParseResult<unknown> | undefined = kindNamed(kind).spec.shape[field]?.safeParse(value);
  return result?.error?.issues.map(({ message }) => message) ?? [];
}

describe("rules of clusters", () => {
  const cluster = resolved(kindNamed("Cluster"), input("Cluster", "plain"));
  const { keyPair: _, podCidr: __, serviceCidr: ___, ...bare } = cluster;

  it("machines that join need a key pair or a password, and not both", () => {
    expect(faults("Cluster", cluster)).toEqual([]);
    expect(faults("Cluster", { ...cluster, password: "Aa1-aaaa" })).toEqual([
      "password excludes keyPair; keep one of the two",
    ]);
    expect(faults("Cluster", { ...bare, clusterType: "Serverless" })).toEqual([
      "keyPair is needed, or else a password; add one of the two",
    ]);
  });

  it("all but the serverless ones have networks of their own", () => {
    expect(faults("Cluster", { ...bare, clusterType: "Windows", keyPair: "ops" })).toEqual([
      "podCidr is needed for clusterType Windows; add it",
      "serviceCidr is needed for clusterType Windows; add it",
    ]);
  });

  it("only standard ones collect logs", () => {
    const logs = { ...cluster, createWithLogIntegration: true };
    expect(faults("Cluster", logs)).toEqual([]);
    expect(faults("Cluster", { ...logs, clusterType: "Windows" })).toEqual([
      "createWithLogIntegration is for clusterType Standard; take it out",
    ]);
  });
});

describe("rules of grants", () => {
  const targets = (account: Fields, database: Fields) => (field: string) => (field === "account" ? account : database);

  it("a Super account needs none", () => {
    expect(faults("DbGrant", {}, targets({ accountType: "Super" }, {}))).toEqual([
      "account is a Super account, which has every right; take the grant out",
    ]);
  });

  it("both ends are of one instance", () => {
    expect(faults("DbGrant", {}, targets({ dbInstanceId: "rm-1" }, { dbInstanceId: "rm-1" }))).toEqual([]);
    expect(faults("DbGrant", {}, targets({ dbInstanceId: "rm-1" }, { dbInstanceId: "rm-2" }))).toEqual([
      "database is of instance rm-2, and the account of rm-1; choose two of one instance",
    ]);
    expect(faults("DbGrant", {})).toEqual([]);
  });
});

describe("a field", () => {
  it.each([
    ["Cluster", "password", "secret1!", "must have 8 characters or more"],
    ["Cluster", "vswitchIds", [], "Too small"],
    ["NodeLabel", "labelKey", "disk", 'must begin with "label.jst.com/"'],
    ["NodeLabelBinding", "instances", [], "Too small"],
    ["PersistentVolume", "name", "Media", "must begin with a small letter"],
    ["PersistentVolume", "storageClass", "1st", "must begin with a small letter"],
    ["PersistentVolume", "nfsVersion", "4.1", "must be 3 or 4.0"],
    ["Database", "dbName", "testDB", "must have 2 to 64 characters"],
    ["Database", "dbName", "a_", "must have 2 to 64 characters"],
    ["Database", "characterSetName", "utf9", "must be one of utf8, gbk"],
    ["Database", "dbDescription", "1st", "must have 2 to 256 characters"],
    ["RdsAccount", "accountPassword", "", "must not be empty"],
  ] as const)("%s.%s refuses %j", (kind, field, wrong, message) => {
    expect(issues(kind, field, wrong)[0]).toContain(message);
  });

  it.each([
    ["PersistentVolume", "nfsVersion", 4, "4.0"],
    ["PersistentVolume", "nfsVersion", 3, "3"],
    ["PersistentVolume", "mountDir", undefined, "/"],
    ["PersistentVolume", "mountDir", "", "/"],
    ["Database", "characterSetName", "UTF8MB4", "utf8mb4"],
    ["Database", "characterSetName", "SQL_Latin1_General_CS_AS", "SQL_Latin1_General_CP1_CS_AS"],
    ["Database", "dbDescription", "", undefined],
    ["Cluster", "cloudMonitor", undefined, true],
    ["Cluster", "snatEntry", undefined, true],
    ["Cluster", "createWithLogIntegration", undefined, false],
  ] as const)("%s.%s takes %j for %j", (kind, field, written, canonical) => {
    expect(kindNamed(kind).spec.shape[field]?.parse(written)).toBe(canonical);
  });
});

describe("what a kind says of its fields", () => {
  const having = (kind: string, trait: keyof Traits): string[] =>
    fieldsOf(kindNamed(kind)).flatMap(({ name, traits }) => (traits[trait] === undefined ? [] : [name]));

  it.each([
    [
      "Cluster",
      "writeOnly",
      ["clusterType", "password", "publicSlb", "snatEntry", "cloudMonitor", "createWithLogIntegration"],
    ],
    ["Cluster", "secret", ["password"]],
    ["Cluster", "unordered", ["vswitchIds"]],
    ["NodeLabelBinding", "immutable", ["nodeLabel"]],
    ["NodeLabelBinding", "unordered", ["instances"]],
    ["PersistentVolume", "writeOnly", ["mountTargetDomain", "nfsVersion", "nasType"]],
    ["PersistentVolume", "describedOnly", ["mountDir"]],
    ["PersistentVolumeClaim", "describedOnly", ["capacity"]],
    ["RdsAccount", "secret", ["accountPassword"]],
    ["RdsAccount", "writeOnly", ["accountPassword"]],
    ["RdsAccount", "immutable", ["accountName", "dbInstanceId", "accountType"]],
    ["DbGrant", "immutable", ["database", "account"]],
  ] as const)("of %s, %s are %j", (kind, trait, fields) => {
    expect(having(kind, trait)).toEqual(fields);
  });

  it.each(["Cluster", "ClusterNode", "NodeLabel", "PersistentVolume", "PersistentVolumeClaim", "Database"])(
    "nothing of %s can be changed in place",
    (kind) => {
      expect(having(kind, "immutable")).toEqual(Object.keys(kindNamed(kind).spec.shape));
      expect(kindNamed(kind).update).toBeUndefined();
    },
  );

  it("protects what holds the data of others", () => {
    const named = ["Cluster", "PersistentVolume", "Database"].map((kind) => kindNamed(kind).protected);
    expect(named).toEqual([true, true, true]);
  });
});

describe("an identity", () => {
  it.each([
    ["ClusterNode", { cluster: "c1", instanceId: "i-1" }, "i-1"],
    ["NodeLabel", { cluster: "c1", labelKey: "label.jst.com/a", labelValue: "x=y" }, "c1/label.jst.com/a=x=y"],
    ["NodeLabelBinding", { nodeLabel: "c1/label.jst.com/a=b", instances: ["i-1"] }, "c1/label.jst.com/a=b"],
    ["PersistentVolume", { cluster: "c1", name: "media" }, "c1/media"],
    ["PersistentVolumeClaim", { environment: "7", name: "media" }, "7/media"],
    ["Database", { dbInstanceId: "rm-1", dbName: "orders" }, "rm-1/orders"],
    ["RdsAccount", { dbInstanceId: "rm-1", accountName: "shop" }, "rm-1/shop"],
    ["DbGrant", { account: "rm-1/shop", database: "rm-1/orders" }, "rm-1/shop on rm-1/orders"],
  ] as const)("of %s tells objects of two parents apart", (kind, spec, identity) => {
    expect(kindNamed(kind).identity(spec)).toBe(identity);
  });

  it("of a volume goes with its storage class, which is its alone in its cluster", () => {
    const [storageClass] = kindNamed("PersistentVolume").unique ?? [];
    expect(storageClass?.key({ cluster: "c1", storageClass: "media" }, "PersistentVolume/a")).toBe("media");
    expect(storageClass?.scoped).toBe(true);
  });

  it("of a machine is claimed by one cluster alone", () => {
    const [machine] = kindNamed("ClusterNode").unique ?? [];
    expect(machine?.key({ cluster: "c1", instanceId: "i-1" }, "ClusterNode/a")).toBe("i-1");
  });
});

describe("order by value", () => {
  const claim = { environment: { to: "Environment/a" }, storageClass: "media" };

  it("puts a claim behind the volume of its class and the allocation of its environment", () => {
    const [volume, alloc] = kindNamed("PersistentVolumeClaim").after ?? [];
    expect([volume?.kind, alloc?.kind]).toEqual(["PersistentVolume", "AppResourceAlloc"]);
    expect(volume?.when(claim, { storageClass: "media" })).toBe(true);
    expect(volume?.when(claim, { storageClass: "logs" })).toBe(false);
    expect(alloc?.when(claim, { environment: { to: "Environment/a" } })).toBe(true);
    expect(alloc?.when(claim, { environment: { to: "Environment/b" } })).toBe(false);
  });

  it("forbids to delete what is still in use, until that has gone", () => {
    const [bound] = kindNamed("PersistentVolume").preconditions ?? [];
    const volume = { id: "c1/media", spec: {} };
    expect(bound?.forbids({ ...volume, facts: { status: "Bound", claim: "m" } })).toBe("it is bound to the claim m");
    expect(bound?.forbids({ ...volume, facts: { status: "Bound" } })).toBe("it is bound to a claim");
    expect(bound?.forbids({ ...volume, facts: { status: "Released" } })).toBeUndefined();
    expect(bound?.forbids(volume)).toBeUndefined();
    expect(bound?.clearedBy?.when({ storageClass: "media" }, claim)).toBe(true);
    const [carried] = kindNamed("NodeLabel").preconditions ?? [];
    const label = { cluster: "c1", labelKey: "label.jst.com/a", labelValue: "b" };
    expect(carried?.forbids({ id: "x", spec: label, facts: { nodes: ["i-1", "i-2"] } })).toBe(
      "i-1, i-2 still carry it",
    );
    expect(carried?.forbids({ id: "x", spec: label, facts: { nodes: [] } })).toBeUndefined();
    expect(carried?.forbids({ id: "x", spec: label })).toBeUndefined();
    expect(carried?.clearedBy?.when(label, { nodeLabel: "c1/label.jst.com/a=b" })).toBe(true);
  });
});
