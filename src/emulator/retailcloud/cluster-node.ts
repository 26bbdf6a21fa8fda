import type { AccountView } from "../sections.ts";
import type { RowOf } from "../store.ts";
import type { Context, Struct } from "./action.ts";
import type { Cluster } from "./cluster-tables.ts";
import { findCluster, findRunningCluster } from "./find.ts";
import { madeUpAddress } from "./made-up-address.ts";
import { conflict, Refusal } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type Machine = RowOf<typeof retailcloudTables, "EcsInstance">;
type Node = RowOf<typeof retailcloudTables, "ClusterNode">;

/** Machines that every account may add to any cluster. */
const EVERYWHERE: readonly Machine[] = ["1", "2", "3", "4"].map((n) => ({ InstanceId: `i-emulator-${n}` }));

/** The ids of a cluster's machines. */
export function nodeIdsOf(view: AccountView, clusterId: string): string[] {
  return nodesOf(view, clusterId).map(({ InstanceId }) => InstanceId);
}

/** The rows of a cluster's machines; none when there is no such cluster. */
export function listNodes(view: AccountView, clusterId: string): Struct[] {
  const cluster = clusterOrNone(view, clusterId);
  const seeded = view.rows("EcsInstance");
  const machineOf = (id: string) => seeded.find(({ InstanceId }) => InstanceId === id) ?? { InstanceId: id };
  return cluster ? nodeIdsOf(view, clusterId).map((id) => machineRow(machineOf(id), cluster)) : [];
}

/** The rows of the machines that are in no cluster yet, and in no other network than the cluster's. */
export function listAvailableNodes(view: AccountView, clusterId: string): Struct[] {
  const cluster = clusterOrNone(view, clusterId);
  if (!cluster) return [];
  const taken = new Set(view.rows("ClusterNode").map(({ InstanceId }) => InstanceId));
  return [...EVERYWHERE, ...view.rows("EcsInstance")]
    .filter(({ InstanceId, VpcId = cluster.VpcId }) => !taken.has(InstanceId) && VpcId === cluster.VpcId)
    .map((machine) => machineRow(machine, cluster));
}

/** Adds machines, which are accepted unseen. @throws Refusal, having added none, when one of them is there already. */
export function addNodes({ store, nextId }: Context, clusterId: string, ids: readonly string[]): void {
  findRunningCluster(store, clusterId);
  const present = nodeIdsOf(store, clusterId);
  const twice = ids.filter((id) => present.includes(id));
  if (twice.length > 0) throw conflict(`in cluster ${clusterId} already: ${twice.join(", ")}`);
  for (const InstanceId of new Set(ids))
    store.put("ClusterNode", { Id: nextId(), ClusterInstanceId: clusterId, InstanceId });
}

/** Removes machines with the labels bound to them. @throws Refusal, having removed none, when one of them is not there. */
export function removeNodes({ store }: Context, clusterId: string, ids: readonly string[]): void {
  findCluster(store, clusterId);
  const present = nodeIdsOf(store, clusterId);
  const strange = ids.filter((id) => !present.includes(id));
  if (strange.length > 0) throw new Refusal(200, 404, `节点不在集群中: ${strange.join(", ")}`);
  for (const { Id, InstanceId } of nodesOf(store, clusterId))
    if (ids.includes(InstanceId)) store.drop("ClusterNode", Id);
  for (const { Id, ClusterId, InstanceId } of store.rows("NodeLabelBinding")) {
    if (ClusterId === clusterId && ids.includes(InstanceId)) store.drop("NodeLabelBinding", Id);
  }
}

function nodesOf(view: AccountView, clusterId: string): Node[] {
  return view.rows("ClusterNode").filter(({ ClusterInstanceId }) => ClusterInstanceId === clusterId);
}

function clusterOrNone(view: AccountView, id: string): Cluster | undefined {
  return view.rows("Cluster").find(({ ClusterInstanceId }) => ClusterInstanceId === id);
}

/** Every number is a text here, as the table has it. */
function machineRow(machine: Machine, cluster: Cluster): Struct {
  const { EcsCpu = "4", EcsMemory = "8192" } = machine;
  return {
    BusinessCode: cluster.BusinessCode,
    EcsConfiguration: `${EcsCpu}vcpu ${Number(EcsMemory) / 1024}G`,
    EcsCpu,
    EcsExpiredTime: "2099-12-31",
    EcsLocalStorageCapacity: "40",
    EcsMemory,
    EcsOsType: "linux",
    EcsPrivateIp: madeUpAddress("192.168", machine.InstanceId),
    // Addresses of a net that is reserved for measurements, so that nobody is there.
    EcsPublicIp: madeUpAddress("198.18", machine.InstanceId),
    EcsZone: cluster.RegionId,
    InstanceId: machine.InstanceId,
    InstanceName: machine.InstanceName ?? `worker-${machine.InstanceId}`,
    InstanceNetworkType: "vpc",
    InstanceType: machine.InstanceType ?? "ecs.c6.xlarge",
    InternetMaxBandwidthIn: "1500",
    InternetMaxBandwidthOut: "1",
    OSName: "CentOS 7.0",
    RegionId: cluster.RegionId,
    VpcId: cluster.VpcId,
  };
}
