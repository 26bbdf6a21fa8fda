import { z } from "zod";
import type { Live, Readiness, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { describedOnly, immutable, writeOnly } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { capacity, capacityOf, toCapacityParam } from "./capacity.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { idOf, keyOf, parentOf, shown, textOf } from "./decode.ts";
import { described, optionalText, text } from "./fields.ts";
import { defineResource } from "./resource.ts";
import { accessModes, storageClass } from "./storage-fields.ts";

const createVolume = defineAction({
  name: "CreatePersistentVolume",
  method: "POST",
  mutating: true,
  body: [
    ...names("AccessModes Capacity ClusterInstanceId MountDir MountTargetDomain NFSVersion Name NasType"),
    ...names("ReclaimPolicy StorageClass"),
  ],
});

const listVolumes = defineAction({
  name: "ListPersistentVolume",
  method: "POST",
  mutating: false,
  body: names("ClusterInstanceId PageNumber PageSize"),
  answers: names("Name Capacity AccessModes ReclaimPolicy StorageClass MountDir Status PvcName Reason"),
});

const deleteVolume = defineAction({
  name: "DeletePersistentVolume",
  method: "POST",
  mutating: true,
  body: names("ClusterInstanceId PersistentVolumeName"),
});

/** YAML reads 4.0 as the number 4. */
const nfsVersion = z
  .union([z.enum(["3", "4.0"]), z.literal(3), z.literal(4)], { error: "must be 3 or 4.0" })
  .transform((version) => (String(version) === "3" ? "3" : "4.0"));

const spec = z.strictObject({
  cluster: immutable(reference("Cluster")),
  name: described(
    immutable(z.string().regex(/^[a-z][a-z0-9.-]*$/, "must begin with a small letter, then a-z 0-9 . -")),
    "unique in the cluster; the last segment of metadata.name where it is left out",
  ),
  capacity: described(immutable(capacity()), "how much it holds, e.g. 500Gi"),
  accessModes: immutable(accessModes()),
  reclaimPolicy: described(immutable(z.enum(["Retain", "Delete"])), "what becomes of it once its claim has gone"),
  storageClass: described(immutable(storageClass()), "the word by which a claim finds it; unique in the cluster"),
  mountTargetDomain: described(immutable(writeOnly(text())), "the mount target of the file system"),
  mountDir: described(
    immutable(describedOnly(optionalText().transform((folder) => folder ?? "/"))),
    "the folder to mount; the root where it is left out",
  ),
  nfsVersion: described(immutable(writeOnly(nfsVersion)), "the version of the NFS protocol: 3 or 4.0"),
  nasType: described(immutable(writeOnly(optionalText())), "the type of the file system"),
});

/** A volume of a cluster. It has no id that a call accepts: its cluster and its name are its id and its key. */
export const persistentVolume = defineResource({
  kind: "PersistentVolume",
  description: "a volume on a file system, which a claim of its storage class gets",
  spec,
  naming: "name",
  scope: ["cluster"],
  identity: ({ cluster, name }) => `${keyOf(cluster)}/${name}`,
  // A claim finds its volume by the class alone.
  unique: [{ domain: "storage class", key: ({ storageClass: own }) => String(own), scoped: true }],
  protected: true,
  preconditions: [
    {
      forbids: ({ facts = {} }) => (facts["status"] === "Bound" ? `it is bound ${boundTo(facts)}` : undefined),
      clearedBy: {
        kind: "PersistentVolumeClaim",
        when: (mine, theirs) => mine["storageClass"] === theirs["storageClass"],
      },
    },
  ],
  readiness: { check: condition, firstLookMs: 1_000, intervalMs: 3_000, timeoutMs: 300_000 },
  calls: { list: listVolumes, create: createVolume, remove: deleteVolume },
  list: listAll,
  create: async (api, { spec: wanted, scope }) => {
    const cluster = parentOf(scope, "cluster");
    await api.call(createVolume, {
      ClusterInstanceId: cluster,
      Name: wanted.name,
      Capacity: toCapacityParam(wanted.capacity),
      AccessModes: wanted.accessModes,
      ReclaimPolicy: wanted.reclaimPolicy,
      StorageClass: wanted.storageClass,
      MountTargetDomain: wanted.mountTargetDomain,
      MountDir: wanted.mountDir === "/" ? undefined : wanted.mountDir,
      NFSVersion: wanted.nfsVersion,
      NasType: wanted.nasType,
    });
    return { id: `${cluster}/${wanted.name}` };
  },
  remove: async (api, { id, spec: { name }, scope }) => {
    const params = { ClusterInstanceId: parentOf(scope, "cluster"), PersistentVolumeName: String(name) };
    // Where its policy is Delete it has gone with its claim.
    const isGone = async () => !(await listAll(api, scope)).some((live) => live.id === id);
    await callUnless(() => api.call(deleteVolume, params), isGone);
  },
});

async function listAll(api: RetailCloud, scope: Scope): Promise<readonly Live[]> {
  const cluster = parentOf(scope, "cluster");
  const rows = await api.pages(listVolumes, { ClusterInstanceId: cluster }, { id: (row) => idOf(row, "Name") });
  return rows.map((row) => toLive(row, cluster));
}

function condition({ facts = {} }: Live): Readiness {
  const status = textOf(facts, "status");
  if (status === undefined || /^(Available|Bound|Released)$/.test(status)) return { state: "ready" };
  const reason = `it is ${status}: ${textOf(facts, "reason") ?? "the cloud gives no reason"}`;
  return { state: status === "Failed" ? "failed" : "pending", reason };
}

function boundTo(facts: Fields): string {
  const claim = textOf(facts, "claim");
  return claim === undefined ? "to a claim" : `to the claim ${claim}`;
}

function toLive(row: Fields, cluster: string): Live {
  const name = idOf(row, "Name");
  return {
    id: `${cluster}/${name}`,
    spec: shown({
      cluster,
      name,
      capacity: capacityOf(row, "Capacity"),
      accessModes: textOf(row, "AccessModes"),
      reclaimPolicy: textOf(row, "ReclaimPolicy"),
      storageClass: textOf(row, "StorageClass"),
      // Answers leave it out at times, whatever it is.
      mountDir: textOf(row, "MountDir"),
    }),
    facts: shown({
      status: textOf(row, "Status"),
      claim: textOf(row, "PvcName"),
      reason: textOf(row, "Reason"),
    }),
  };
}
