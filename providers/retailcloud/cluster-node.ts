import { z } from "zod";
import type { Creation, Live, Removal, Scope } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable } from "../../src/core/traits.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { isDeclined } from "./declined.ts";
import { idOf, parentOf } from "./decode.ts";
import { described, text } from "./fields.ts";
import { defineResource } from "./resource.ts";

const addNodes = defineAction({
  name: "AddClusterNode",
  method: "POST",
  mutating: true,
  query: names("ClusterInstanceId EcsInstanceIdList"),
});

const listNodes = defineAction({
  name: "ListClusterNode",
  method: "GET",
  mutating: false,
  query: names("ClusterInstanceId PageNum PageSize"),
  answers: names("InstanceId"),
});

const removeNodes = defineAction({
  name: "RemoveClusterNode",
  method: "POST",
  mutating: true,
  query: names("ClusterInstanceId EcsInstanceIdList"),
});

const spec = z.strictObject({
  cluster: immutable(reference("Cluster")),
  instanceId: described(immutable(text()), "the machine, e.g. i-8vb…; it has to be in the cluster's network"),
});

type Wanted = z.output<typeof spec>;

/** A machine in a cluster. It has no id but the machine's own. */
export const clusterNode = defineResource({
  kind: "ClusterNode",
  description: "a machine that belongs to a cluster",
  spec,
  scope: ["cluster"],
  identity: ({ instanceId }) => String(instanceId),
  // A machine is in one cluster at a time: it leaves the old one first.
  unique: [{ domain: "machine", key: ({ instanceId }) => String(instanceId) }],
  batchBy: "cluster",
  // The answers to adding and removing say nothing: the list does.
  readiness: { check: () => ({ state: "ready" }), firstLookMs: 2_000, intervalMs: 5_000, timeoutMs: 600_000 },
  calls: { list: listNodes, create: addNodes, remove: removeNodes },
  list: listAll,
  create: async (api, creation) => {
    await add(api, [creation]);
    return { id: creation.spec.instanceId };
  },
  createMany: async (api, creations) => {
    await add(api, creations);
    return creations.map(({ spec: { instanceId } }) => ({ id: instanceId }));
  },
  remove: (api, removal) => take(api, [removal]),
  removeMany: take,
});

async function listAll(api: RetailCloud, scope: Scope): Promise<readonly Live[]> {
  const cluster = parentOf(scope, "cluster");
  const rows = await api.pages(listNodes, { ClusterInstanceId: cluster }, { id: (row) => idOf(row, "InstanceId") });
  return rows.map((row) => {
    const id = idOf(row, "InstanceId");
    return { id, spec: { cluster, instanceId: id } };
  });
}

/** Adds machines to the one cluster that they all name. */
async function add(api: RetailCloud, creations: readonly Creation<Wanted>[]): Promise<void> {
  const [first] = creations;
  if (first === undefined) return;
  await api.call(addNodes, {
    ClusterInstanceId: parentOf(first.scope, "cluster"),
    EcsInstanceIdList: creations.map(({ spec: { instanceId } }) => instanceId),
  });
}

/** Removes machines from their cluster. One that is no longer in it makes the cloud decline them all: the rest goes then. */
async function take(api: RetailCloud, removals: readonly Removal[]): Promise<void> {
  const [first] = removals;
  if (first === undefined) return;
  const ids = removals.map(({ id }) => id);
  const send = (some: readonly string[]) =>
    api.call(removeNodes, { ClusterInstanceId: parentOf(first.scope, "cluster"), EcsInstanceIdList: some });
  try {
    await send(ids);
  } catch (error) {
    if (!isDeclined(error)) throw error;
    const present = new Set((await listAll(api, first.scope)).map(({ id }) => id));
    const left = ids.filter((id) => present.has(id));
    if (left.length === ids.length) throw error;
    if (left.length > 0) await send(left);
  }
}
