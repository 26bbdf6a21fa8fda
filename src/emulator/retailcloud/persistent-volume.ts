import type { InputOf } from "../fields.ts";
import type { AccountView } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { persistentVolumeCatalogue as catalogue } from "./catalogue/persistent-volume.ts";
import { findCluster, findRunningCluster } from "./find.ts";
import { canonicalCapacity } from "./quantity.ts";
import { conflict, notFound } from "./refusal.ts";
import { bindClaims } from "./storage.ts";
import type { retailcloudTables } from "./tables.ts";
import { isoTime, spacedTime } from "./time.ts";

type Volume = RowOf<typeof retailcloudTables, "PersistentVolume">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on a cluster's volumes. */
export const persistentVolumeActions: Record<keyof typeof catalogue, Action> = {
  CreatePersistentVolume: action(catalogue.CreatePersistentVolume, createVolume),
  ListPersistentVolume: action(catalogue.ListPersistentVolume, ({ ClusterInstanceId }, { view }) =>
    volumesOf(view, ClusterInstanceId).map((volume) => volumeRow(volume, view)),
  ),
  DeletePersistentVolume: action(catalogue.DeletePersistentVolume, deleteVolume),
};

function createVolume(input: In<"CreatePersistentVolume">, { store, now, fails, nextId }: Context): Struct {
  findRunningCluster(store, input.ClusterInstanceId);
  const others = volumesOf(store, input.ClusterInstanceId);
  const namesake = others.find(({ Name }) => Name === input.Name);
  if (namesake) throw conflict(`the name ${input.Name} is taken in cluster ${input.ClusterInstanceId}`);
  const classmate = others.find(({ StorageClass }) => StorageClass === input.StorageClass);
  if (classmate) throw conflict(`the storage class ${input.StorageClass} is taken by volume ${classmate.Name}`);
  const PersistentVolumeId = nextId();
  const failure = fails && { Status: "Failed", Reason: fails.reason ?? "the mount target cannot be reached" };
  const MountDir = input.MountDir || undefined;
  store.put("PersistentVolume", { PersistentVolumeId, ...input, MountDir, CreateTime: isoTime(now), ...failure });
  bindClaims(store, now);
  return { PersistentVolumeId: BigInt(PersistentVolumeId) };
}

function deleteVolume(input: In<"DeletePersistentVolume">, { store }: Context): undefined {
  const { ClusterInstanceId, PersistentVolumeName: name } = input;
  findCluster(store, ClusterInstanceId);
  const volume = volumesOf(store, ClusterInstanceId).find(({ Name }) => Name === name);
  if (!volume) throw notFound(`in cluster ${ClusterInstanceId}, volume`, name);
  if (volume.Status === "Bound") throw conflict(`volume ${name} is Bound; delete its claim first`);
  store.drop("PersistentVolume", volume.PersistentVolumeId);
}

function volumesOf(view: AccountView, clusterId: string): Volume[] {
  return view.rows("PersistentVolume").filter(({ ClusterInstanceId }) => ClusterInstanceId === clusterId);
}

function volumeRow(volume: Volume, view: AccountView): Struct {
  const claims = view.rows("PersistentVolumeClaim");
  return {
    Name: volume.Name,
    Capacity: canonicalCapacity(volume.Capacity),
    AccessModes: volume.AccessModes,
    ReclaimPolicy: volume.ReclaimPolicy,
    StorageClass: volume.StorageClass,
    Status: volume.Status ?? "Available",
    PvcName: claims.find(({ PersistentVolumeClaimId: id }) => id === volume.ClaimId)?.Name,
    MountDir: volume.MountDir ?? "/",
    Reason: volume.Reason,
    CreateTime: volume.CreateTime && spacedTime(volume.CreateTime),
  };
}
