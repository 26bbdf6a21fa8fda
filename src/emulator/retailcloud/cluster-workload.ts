import type { AccountView } from "../sections.ts";
import { type Instance, instancesOf } from "./instances.ts";

/** What every made-up node has, and what every instance asks for: cores, and bytes. */
const NODE = { cpu: 4, memory: 8 * 2 ** 30 };
const INSTANCE = { cpu: 1, memory: 2 * 2 ** 30 };

/** An environment with the instances that it runs in a cluster. */
export type Tenant = { readonly appId: string; readonly envId: string; readonly instances: readonly Instance[] };

type Share = { readonly total: number; readonly asked: number; readonly percent: string };

/** How busy a cluster is; the numbers are made up from its nodes and instances. */
export type Workload = {
  readonly nodes: number;
  readonly tenants: readonly Tenant[];
  readonly instances: number;
  readonly cpu: Share;
  readonly memory: Share;
  /** How many instances of so many cores and GB would still find room. */
  room(cpu: number, gigabytes: number): number;
};

/** Works out how busy a cluster is. */
export function workloadOf(view: AccountView, clusterId: string): Workload {
  const nodes = view.rows("ClusterNode").filter(({ ClusterInstanceId }) => ClusterInstanceId === clusterId).length;
  const tenants = view
    .rows("AppResourceAlloc")
    .filter(({ ClusterId }) => ClusterId === clusterId)
    .map(({ AppId, AppEnvId }) => ({ appId: AppId, envId: AppEnvId, instances: instancesOf(view, AppEnvId) }))
    .filter((tenant) => tenant.instances.length > 0);
  const instances = tenants.reduce((sum, tenant) => sum + tenant.instances.length, 0);
  const cpu = share(nodes * NODE.cpu, instances * INSTANCE.cpu);
  const memory = share(nodes * NODE.memory, instances * INSTANCE.memory);
  const room = (cores: number, gigabytes: number) =>
    Math.max(
      0,
      Math.floor(Math.min((cpu.total - cpu.asked) / cores, (memory.total - memory.asked) / (gigabytes * 2 ** 30))),
    );
  return { nodes, tenants, instances, cpu, memory, room };
}

function share(total: number, asked: number): Share {
  return { total, asked, percent: String(total === 0 ? 0 : Math.round((asked / total) * 100) / 100) };
}
