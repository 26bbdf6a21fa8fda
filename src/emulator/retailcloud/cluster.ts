import { createHash } from "node:crypto";
import type { InputOf } from "../fields.ts";
import type { AccountStore, AccountView } from "../sections.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { clusterCatalogue as catalogue } from "./catalogue/cluster.ts";
import { clusterDetail, envTypeOf } from "./cluster-detail.ts";
import { addNodes, listAvailableNodes, listNodes, nodeIdsOf, removeNodes } from "./cluster-node.ts";
import type { Cluster } from "./cluster-tables.ts";
import { workloadOf } from "./cluster-workload.ts";
import { findCluster } from "./find.ts";
import { conflict, ruleBroken } from "./refusal.ts";

type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** How long a cluster takes to come and to go, in milliseconds on the emulator's clock. */
const CREATION_MS = 20_000;
const DELETION_MS = 10_000;

/** An answer that the manual calls meaningless. */
const NONSENSE = { Nonsense: 1 };

/** The actions on clusters and their nodes. */
export const clusterActions: Record<keyof typeof catalogue, Action> = {
  CreateCluster: action(catalogue.CreateCluster, createCluster),
  ListCluster: action(catalogue.ListCluster, listClusters),
  QueryClusterDetail: action(catalogue.QueryClusterDetail, ({ ClusterInstanceId }, { store, caller }) =>
    clusterDetail(findCluster(store, ClusterInstanceId), store, caller),
  ),
  DeleteCluster: action(catalogue.DeleteCluster, (input, context) => {
    deleteCluster(input, context);
    return NONSENSE;
  }),
  ListClusterNode: action(catalogue.ListClusterNode, ({ ClusterInstanceId }, { view }) =>
    listNodes(view, ClusterInstanceId),
  ),
  ListAvailableClusterNode: action(catalogue.ListAvailableClusterNode, ({ ClusterInstanceId }, { view }) =>
    listAvailableNodes(view, ClusterInstanceId),
  ),
  AddClusterNode: action(catalogue.AddClusterNode, ({ ClusterInstanceId, EcsInstanceIdList }, context) => {
    addNodes(context, ClusterInstanceId, EcsInstanceIdList);
    return NONSENSE;
  }),
  RemoveClusterNode: action(catalogue.RemoveClusterNode, ({ ClusterInstanceId, EcsInstanceIdList }, context) => {
    removeNodes(context, ClusterInstanceId, EcsInstanceIdList);
    return NONSENSE;
  }),
};

function createCluster(input: In<"CreateCluster">, { store, now, fails, nextId }: Context): Struct {
  checkCluster(input);
  // These have no effect, as the manual says, or no meaning.
  const { ClusterId: _, CreateWithArmsIntegration: __, NetPlug: ___, PrivateZone: ____, ...kept } = input;
  const Id = nextId();
  const ClusterInstanceId = `c${createHash("sha256").update(`cluster ${Id}`).digest("hex").slice(0, 32)}`;
  const coming = [{ at: now + CREATION_MS, becomes: { Status: fails ? "failed" : "running" } }];
  store.put("Cluster", { Id, ClusterInstanceId, ...kept, Status: "creating", coming });
  return { ClusterInstanceId };
}

function checkCluster(input: In<"CreateCluster">): void {
  if (Boolean(input.KeyPair) === Boolean(input.Password)) throw ruleBroken("give either KeyPair or Password");
  const needed = (["PodCIDR", "ServiceCIDR"] as const).filter((name) => !input[name]);
  if (input.ClusterType !== "Serverless" && needed.length > 0) {
    throw ruleBroken(`a cluster of type ${input.ClusterType} needs ${needed.join(" and ")}`);
  }
}

/** Nodes, labels and volumes go at once; the cluster itself can be seen for a while. */
function deleteCluster({ ClusterInstanceId: id }: In<"DeleteCluster">, { store, now }: Context): void {
  const cluster = findCluster(store, id);
  if (cluster.Status === "deleting") throw conflict(`cluster ${id} is deleting already`);
  const users = store.rows("AppResourceAlloc").filter(({ ClusterId }) => ClusterId === id);
  if (users.length > 0) {
    const environments = users.map(({ AppEnvId }) => AppEnvId).join(", ");
    throw conflict(`cluster ${id} is allocated to environments ${environments}`);
  }
  dropContents(store, id);
  store.put("Cluster", { ...cluster, Status: "deleting", coming: [{ at: now + DELETION_MS, gone: true }] });
}

function dropContents(store: AccountStore, id: string): void {
  for (const { Id, ClusterInstanceId } of store.rows("ClusterNode")) {
    if (ClusterInstanceId === id) store.drop("ClusterNode", Id);
  }
  for (const table of ["NodeLabelBinding", "NodeLabel"] as const) {
    for (const { Id, ClusterId } of store.rows(table)) if (ClusterId === id) store.drop(table, Id);
  }
  for (const { PersistentVolumeId, ClusterInstanceId } of store.rows("PersistentVolume")) {
    if (ClusterInstanceId === id) store.drop("PersistentVolume", PersistentVolumeId);
  }
}

function listClusters({ BusinessCode, EnvType }: In<"ListCluster">, { view, wire }: Context): Struct[] {
  return view
    .rows("Cluster")
    .filter(
      (row) =>
        row.BusinessCode === (BusinessCode ?? row.BusinessCode) &&
        row.ClusterEnvType === (EnvType ?? row.ClusterEnvType),
    )
    .map((row) => clusterRow(row, view, wire));
}

const CREATE_STATUS: Readonly<Record<string, string>> = { creating: "0", failed: "2" };

function clusterRow(row: Cluster, view: AccountView, wire: Context["wire"]): Struct {
  const { Status = "running" } = row;
  const load = workloadOf(view, row.ClusterInstanceId);
  return {
    BusinessCode: row.BusinessCode,
    ClusterTitle: row.ClusterTitle,
    CreateStatus: CREATE_STATUS[Status] ?? "1",
    EcsIds: nodeIdsOf(view, row.ClusterInstanceId),
    EnvType: envTypeOf(row),
    Id: BigInt(row.Id),
    InstanceId: row.ClusterInstanceId,
    KeyPair: row.KeyPair ?? "",
    NetPlug: "terway",
    // The table masks the password, and a sample does not.
    Password: row.Password && (wire === "manual" ? row.Password : "*****"),
    PodCIDR: row.PodCIDR,
    RegionId: row.RegionId,
    RegionName: row.RegionName ?? row.RegionId,
    ServiceCIDR: row.ServiceCIDR,
    Status,
    VpcId: row.VpcId,
    VswitchIds: row.Vswitchids,
    WorkLoadCpu: load.cpu.percent,
    WorkLoadMem: load.memory.percent,
  };
}
