import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { clusterIdOf } from "./find.ts";
import { bytesOf } from "./quantity.ts";
import type { retailcloudTables } from "./tables.ts";

type Volume = RowOf<typeof retailcloudTables, "PersistentVolume">;
type Claim = RowOf<typeof retailcloudTables, "PersistentVolumeClaim">;

/** How long a claim stays pending after its volume was found, in milliseconds on the emulator's clock. */
const BINDING_MS = 1000;

/**
 * Gives every claim without a volume the one that fits: free, of its storage class, in the cluster that its environment is
 * allocated to, with the same access mode and enough room. Older claims come first.
 */
export function bindClaims(store: AccountStore, now: number): void {
  for (const claim of store.rows("PersistentVolumeClaim")) {
    const volume = claim.VolumeName === undefined ? volumeFor(store, claim) : undefined;
    if (!volume) continue;
    const coming = [{ at: now + BINDING_MS, becomes: { Status: "Bound" } }];
    store.put("PersistentVolumeClaim", { ...claim, VolumeName: volume.Name, Status: "Pending", coming });
    store.put("PersistentVolume", { ...volume, Status: "Bound", ClaimId: claim.PersistentVolumeClaimId });
  }
}

/** Deletes a claim; what becomes of its volume, the volume's reclaim policy says. */
export function dropClaim(store: AccountStore, id: string): void {
  store.drop("PersistentVolumeClaim", id);
  for (const volume of store.rows("PersistentVolume").filter(({ ClaimId }) => ClaimId === id)) {
    if (volume.ReclaimPolicy === "Delete") store.drop("PersistentVolume", volume.PersistentVolumeId);
    else store.put("PersistentVolume", { ...volume, Status: "Released", ClaimId: undefined });
  }
}

function volumeFor(store: AccountStore, claim: Claim): Volume | undefined {
  const cluster = clusterIdOf(store, claim.EnvId);
  const fits = (volume: Volume) =>
    volume.ClusterInstanceId === cluster &&
    (volume.Status ?? "Available") === "Available" &&
    volume.StorageClass === claim.StorageClass &&
    volume.AccessModes === claim.AccessModes &&
    (bytesOf(volume.Capacity) ?? 0n) >= (bytesOf(claim.Capacity) ?? 0n);
  return store.rows("PersistentVolume").find(fits);
}
