import { z } from "zod";
import type { Bystander, Live, Readiness, Remark, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { describedOnly, immutable } from "../../src/core/traits.ts";
import { type Fields, sameValue } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { capacity, capacityOf, toCapacityParam } from "./capacity.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { idOf, keyOf, parentOf, shown, textOf } from "./decode.ts";
import { described, text } from "./fields.ts";
import { defineResource } from "./resource.ts";
import { accessModes, storageClass } from "./storage-fields.ts";

const createClaim = defineAction({
  name: "CreatePersistentVolumeClaim",
  method: "POST",
  mutating: true,
  query: names("AccessModes AppId Capacity EnvId Name StorageClass"),
});

const listClaims = defineAction({
  name: "ListPersistentVolumeClaim",
  method: "POST",
  mutating: false,
  query: names("AppId EnvId PageNumber PageSize"),
  answers: names("Name Capacity AccessModes StorageClass Status VolumeName"),
});

const deleteClaim = defineAction({
  name: "DeletePersistentVolumeClaim",
  method: "POST",
  mutating: true,
  query: names("AppId EnvId PersistentVolumeClaimName"),
});

const spec = z.strictObject({
  environment: immutable(reference("Environment")),
  name: described(
    immutable(text()),
    "unique in the environment, named by its pods; the last segment of metadata.name where it is left out",
  ),
  capacity: described(immutable(describedOnly(capacity())), "how much room it needs, e.g. 20Gi"),
  accessModes: immutable(accessModes()),
  storageClass: described(immutable(storageClass()), "the storage class of the volume that it gets"),
});

/** A claim of storage. It has no id that a call accepts: its environment and its name are its id and its key. */
export const persistentVolumeClaim = defineResource({
  kind: "PersistentVolumeClaim",
  description: "an environment's claim of a volume, found by its storage class",
  spec,
  naming: "name",
  scope: ["environment.app", "environment"],
  identity: ({ environment, name }) => `${keyOf(environment)}/${name}`,
  after: [
    { kind: "PersistentVolume", when: (mine, theirs) => mine["storageClass"] === theirs["storageClass"] },
    // An environment has no cluster, and so no volumes, before it is allocated to one.
    { kind: "AppResourceAlloc", when: (mine, theirs) => sameValue(mine["environment"], theirs["environment"]) },
  ],
  leaves: boundVolume,
  readiness: { check: condition, firstLookMs: 1_000, intervalMs: 3_000, timeoutMs: 300_000 },
  calls: { list: listClaims, create: createClaim, remove: deleteClaim },
  list: listAll,
  create: async (api, { spec: wanted, scope }) => {
    await api.call(createClaim, {
      ...parentsOf(scope),
      Name: wanted.name,
      Capacity: toCapacityParam(wanted.capacity),
      AccessModes: wanted.accessModes,
      StorageClass: wanted.storageClass,
    });
    return { id: `${wanted.environment}/${wanted.name}` };
  },
  remove: async (api, { id, spec: { name }, scope }) => {
    const params = { ...parentsOf(scope), PersistentVolumeClaimName: String(name) };
    const isGone = async () => !(await listAll(api, scope)).some((live) => live.id === id);
    await callUnless(() => api.call(deleteClaim, params), isGone);
  },
});

async function listAll(api: RetailCloud, scope: Scope): Promise<readonly Live[]> {
  const rows = await api.pages(listClaims, parentsOf(scope), { id: (row) => idOf(row, "Name") });
  return rows.map((row) => toLive(row, parentOf(scope, "environment")));
}

/**
 * What becomes of the volume of a claim that goes. With the policy Delete it goes along, protected or not, and its data with it;
 * one that is retained takes no second claim: a claim made anew would wait for it in vain. Where several volumes may be meant, one
 * that is about to go is.
 */
function boundVolume(
  { spec: { name, storageClass: own }, facts: claim = {} }: Live,
  wanted: Fields | undefined,
  beside: (kind: string) => readonly Bystander[],
): readonly Remark[] {
  const bound = beside("PersistentVolume").filter(
    ({ live: { spec: theirs, facts = {} } }) =>
      theirs["storageClass"] === own &&
      theirs["name"] === (claim["volume"] ?? theirs["name"]) &&
      facts["status"] === "Bound" &&
      (facts["claim"] ?? name) === name,
  );
  const [volume] = bound;
  if (volume === undefined || bound.some(({ stays }) => !stays)) return [];
  const { address, live } = volume;
  const isUsedAgain = wanted?.["storageClass"] === own;
  const anew = `replace the volume as well: --replace ${address} --allow destroy=${address}`;
  const remark = { field: "storageClass", refuses: true } as const;
  if (live.spec["reclaimPolicy"] === "Delete") {
    const message = `${address} goes with the old claim, and its data with it: its reclaimPolicy is Delete`;
    const give = `delete the volume as well, with --allow destroy=${address}, or keep the claim`;
    return [{ ...remark, message, help: `${isUsedAgain ? anew : give}; cairn ledger forget ${address} gives it up` }];
  }
  if (live.spec["reclaimPolicy"] !== "Retain" || !isUsedAgain) return [];
  const message = `${address} is retained: it becomes Released with the old claim, and the new one cannot get it`;
  return [{ ...remark, message, help: anew }];
}

function parentsOf(scope: Scope) {
  return { AppId: parentOf(scope, "environment.app"), EnvId: parentOf(scope, "environment") };
}

function condition({ spec: { storageClass: wanted }, facts = {} }: Live): Readiness {
  const status = textOf(facts, "status");
  if (status === undefined || status === "Bound") return { state: "ready" };
  if (status === "Lost") return { state: "failed", reason: "it is Lost: its volume is gone" };
  return { state: "pending", reason: `it is ${status}: no volume of storage class ${wanted} is bound to it` };
}

function toLive(row: Fields, environment: string): Live {
  const name = idOf(row, "Name");
  const status = textOf(row, "Status");
  // What a bound claim shows may be the size of its volume, not what was asked for.
  const asked = status === "Bound" ? undefined : capacityOf(row, "Capacity");
  return {
    id: `${environment}/${name}`,
    spec: shown({
      environment,
      name,
      capacity: asked,
      accessModes: textOf(row, "AccessModes"),
      storageClass: textOf(row, "StorageClass"),
    }),
    facts: shown({ status, volume: textOf(row, "VolumeName") }),
  };
}
