import { type Action, action, type Struct } from "./action.ts";
import { persistentVolumeClaimCatalogue as catalogue } from "./catalogue/persistent-volume-claim.ts";
import type { Claim } from "./cluster-tables.ts";
import { findEnvironment } from "./find.ts";
import { canonicalCapacity } from "./quantity.ts";
import { notFound } from "./refusal.ts";
import { bindClaims, dropClaim } from "./storage.ts";
import { isoTime, spacedTime } from "./time.ts";

/** The actions on an environment's claims of storage. */
export const persistentVolumeClaimActions: Record<keyof typeof catalogue, Action> = {
  CreatePersistentVolumeClaim: action(
    catalogue.CreatePersistentVolumeClaim,
    ({ AppId, ...claim }, { store, now, nextId }) => {
      findEnvironment(store, claim.EnvId, AppId);
      const PersistentVolumeClaimId = nextId();
      const CreateTime = isoTime(now);
      store.put("PersistentVolumeClaim", { PersistentVolumeClaimId, ...claim, CreateTime });
      bindClaims(store, now);
      return { PersistentVolumeClaimId: BigInt(PersistentVolumeClaimId) };
    },
  ),
  DeletePersistentVolumeClaim: action(
    catalogue.DeletePersistentVolumeClaim,
    ({ AppId, EnvId, PersistentVolumeClaimName: name }, { store }) => {
      findEnvironment(store, EnvId, AppId);
      const claims = store.rows("PersistentVolumeClaim").filter((row) => row.EnvId === EnvId && row.Name === name);
      if (claims.length === 0) throw notFound(`in environment ${EnvId}, claim`, name);
      for (const { PersistentVolumeClaimId } of claims) dropClaim(store, PersistentVolumeClaimId);
      return undefined;
    },
  ),
  ListPersistentVolumeClaim: action(catalogue.ListPersistentVolumeClaim, ({ AppId, EnvId }, { view }) => {
    const isOfApp = view.rows("Environment").some((row) => row.EnvId === EnvId && row.AppId === AppId);
    const claims = view.rows("PersistentVolumeClaim").filter((row) => isOfApp && row.EnvId === EnvId);
    return claims.map(claimRow);
  }),
};

function claimRow(claim: Claim): Struct {
  const { Status = claim.VolumeName === undefined ? "Pending" : "Bound" } = claim;
  return {
    Name: claim.Name,
    Capacity: canonicalCapacity(claim.Capacity),
    AccessModes: claim.AccessModes,
    StorageClass: claim.StorageClass,
    Status,
    VolumeName: Status === "Bound" ? claim.VolumeName : undefined,
    CreateTime: claim.CreateTime && spacedTime(claim.CreateTime),
  };
}
