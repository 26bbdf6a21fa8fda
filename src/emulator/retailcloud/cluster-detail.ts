import type { AccountView } from "../sections.ts";
import type { Struct } from "./action.ts";
import { nodeIdsOf } from "./cluster-node.ts";
import type { Cluster } from "./cluster-tables.ts";
import { type Tenant, type Workload, workloadOf } from "./cluster-workload.ts";

/** Sizes of instances for which the detail tells how many still find room: cores and GB. */
const SIZES = [
  [1, 1],
  [2, 4],
  [4, 8],
  [8, 16],
] as const;

/** A cluster's detail. The keys of the pod lists are in lower camel case, one of them misspelt, as the samples print them. */
export function clusterDetail(cluster: Cluster, view: AccountView, caller: string): Struct {
  const load = workloadOf(view, cluster.ClusterInstanceId);
  return {
    BasicInfo: {
      BusinessCode: cluster.BusinessCode,
      ClusterId: BigInt(cluster.Id),
      ClusterInstanceId: cluster.ClusterInstanceId,
      ClusterName: cluster.ClusterTitle,
      EcsIds: nodeIdsOf(view, cluster.ClusterInstanceId),
      EnvType: envTypeOf(cluster),
      HasInstallArmsPilot: false,
      HasInstallLogController: cluster.ClusterType === "Standard" && cluster.CreateWithLogIntegration === true,
      InstallArmsInProcess: false,
      InstallLogInProcess: false,
      MainUserId: caller,
      RegionId: cluster.RegionId,
      RegionName: cluster.RegionName ?? cluster.RegionId,
      UserNick: caller,
      VpcId: cluster.VpcId,
      Vswitchs: cluster.Vswitchids,
    },
    InstanceInfo: {
      AllocatePodCount: load.instances,
      AllocatedPodInfoList: load.tenants.map((tenant) => tenantRow(tenant, view)),
      AppCount: new Set(load.tenants.map(({ appId }) => appId)).size,
      AvailablePodInfoList: SIZES.map(([cores, gigabytes]) => ({
        cupRequest: String(cores),
        memRequest: String(gigabytes),
        availablePodCount: load.room(cores, gigabytes),
      })),
    },
    NetInfo: { NetPlugType: "terway", ProdCIDR: cluster.PodCIDR, ServiceCIDR: cluster.ServiceCIDR },
    NodeWorkLoadList: [],
    WorkLoad: workloadRow(load),
  };
}

/** A cluster's type as the reads print it: 0 test, 1 production. */
export function envTypeOf({ ClusterEnvType }: Cluster): string {
  return ClusterEnvType === "PRO" ? "1" : "0";
}

function tenantRow({ appId, envId, instances }: Tenant, view: AccountView): Struct {
  const appName = view.rows("App").find(({ AppId }) => AppId === appId)?.Title;
  const envName = view.rows("Environment").find(({ EnvId }) => EnvId === envId)?.EnvName;
  const ids = { appId: BigInt(appId), envId: BigInt(envId) };
  return { ...ids, appName, envName, cupRequest: "1vcpu", memRequest: "2GB", podCount: instances.length };
}

/** What is used is not measured: it counts as what was asked for. */
function workloadRow({ nodes, instances, cpu, memory }: Workload): Struct {
  return {
    AllNodeCount: nodes,
    AllocateAllPodCount: instances,
    AllocateAppPodCount: instances,
    CpuCapacityTotal: String(cpu.total),
    CpuLevel: cpu.percent,
    CpuRequest: String(cpu.asked),
    CpuRequestPercent: cpu.percent,
    CpuTotal: String(cpu.total),
    CpuUse: String(cpu.asked),
    CpuUsePercent: cpu.percent,
    MemCapacityTotal: String(memory.total),
    MemLevel: memory.percent,
    MemRequest: String(memory.asked),
    MemRequestPercent: memory.percent,
    MemTotal: String(memory.total),
    MemUse: String(memory.asked),
    MemUsePercent: memory.percent,
  };
}
