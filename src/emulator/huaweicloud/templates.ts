type Json = Readonly<Record<string, unknown>>;

/** An add-on that can be installed. Its parameters stand as the templates print them. */
export type Template = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Oldest first. A version is offered from the first to the last; older ones are taken to exist. */
  readonly versions: readonly [string, ...string[]];
  readonly basic: Json;
  readonly custom: Json;
  /** Sizes; the first is taken when none is asked for. */
  readonly flavors: readonly Json[];
  /** What an installed add-on shows in `custom` where the template has another form of nothing. */
  readonly shown?: Json;
  /** Members of `custom` that have to be sent. */
  readonly needed?: readonly string[];
  /** An old add-on, which also has empty `parameters`. */
  readonly old?: true;
};

const REGISTRY = { swr_addr: "swr.cn-north-4.myhuaweicloud.com", swr_user: "hwofficial" };

const SINGLE = { name: "Single", replicas: 1, description: "one instance" };
const HA = { name: "HA", replicas: 2, description: "two instances" };

/** A size with its containers' shares, each `[name, cpu, memory]`. */
function sized(size: Json, ...shares: readonly (readonly [string, string, string])[]): Json {
  const resources = shares.map(([name, cpu, mem]) => ({
    ...{ name, limitsCpu: cpu, limitsMem: mem, requestsCpu: cpu, requestsMem: mem },
  }));
  return { ...size, resources };
}

/** What can be installed. The names are the vendor's; versions and defaults are made up in the form of the vendor's. */
export const templates: readonly Template[] = [
  {
    name: "coredns",
    label: "ServiceDiscovery",
    description: "DNS server of the cluster",
    versions: ["1.25.14", "1.28.7", "1.30.33"],
    basic: { ...REGISTRY, cluster_ip: "10.247.3.10" },
    custom: {
      stub_domains: "",
      upstream_nameservers: "",
      multiAZEnabled: false,
      parameterSyncStrategy: "ensureConsistent",
    },
    shown: { stub_domains: {}, upstream_nameservers: [] },
    flavors: [
      sized({ name: 2500, replicas: 2, description: "2500 QPS" }, ["coredns", "500m", "512Mi"]),
      sized({ name: 5000, replicas: 2, description: "5000 QPS" }, ["coredns", "1000m", "1024Mi"]),
    ],
  },
  {
    name: "metrics-server",
    label: "Monitor",
    description: "collector of resource use for autoscaling",
    versions: ["1.3.12", "1.3.60", "1.3.90"],
    basic: REGISTRY,
    custom: { multiAZEnabled: false, tolerations: [] },
    flavors: [sized(SINGLE, ["metrics-server", "1000m", "1000Mi"]), sized(HA, ["metrics-server", "1000m", "1000Mi"])],
  },
  {
    name: "autoscaler",
    label: "Elasticity",
    description: "adds and removes nodes as pods need them",
    versions: ["1.25.21", "1.28.51", "1.31.8"],
    basic: { ...REGISTRY, cceEndpoint: "https://cce.cn-north-4.myhuaweicloud.com", region: "cn-north-4" },
    custom: {
      ...{ cluster_id: "", tenant_id: "", logLevel: 4, scaleDownEnabled: false, scaleDownDelayAfterAdd: 10 },
      ...{ maxNodesTotal: 1000, coresTotal: 32_000, memoryTotal: 128_000, expander: "priority" },
    },
    needed: ["cluster_id", "tenant_id"],
    flavors: [sized(SINGLE, ["autoscaler", "1000m", "1000Mi"]), sized(HA, ["autoscaler", "1000m", "1000Mi"])],
  },
  {
    name: "gpu-beta",
    label: "Accelerator",
    description: "device plugin for GPUs",
    versions: ["1.2.15", "2.0.48", "2.7.66"],
    basic: { ...REGISTRY, rbac_enabled: true },
    custom: { is_driver_from_nvidia: true, nvidia_driver_download_url: "" },
    flavors: [],
  },
  {
    name: "everest",
    label: "Storage",
    description: "storage driver of the cluster",
    versions: ["2.1.30", "2.4.28", "2.4.134"],
    basic: { ...REGISTRY, obs_url: "obs.cn-north-4.myhuaweicloud.com", region: "cn-north-4" },
    custom: { csi_attacher_worker_threads: "60", volume_attaching_flow_ctrl: "0" },
    flavors: [sized(HA, ["everest-csi-controller", "250m", "1500Mi"], ["everest-csi-driver", "100m", "300Mi"])],
  },
  {
    name: "npd",
    label: "Monitor",
    description: "detector of troubles on nodes",
    versions: ["1.18.48", "1.19.16", "1.19.38"],
    basic: REGISTRY,
    custom: { multiAZEnabled: false, npc: { maxTaintedNode: "10%" } },
    flavors: [sized(SINGLE, ["node-problem-controller", "100m", "100Mi"])],
  },
  {
    name: "storage-driver",
    label: "Storage",
    description: "FlexVolume driver for old clusters",
    versions: ["1.0.10", "1.0.22"],
    basic: { ...REGISTRY, obs_url: "obs.cn-north-4.myhuaweicloud.com", euleros_version: "2.2.5" },
    custom: {},
    flavors: [{ replicas: 1 }],
    old: true,
  },
  ...["cie-collector", "nginx-ingress", "node-local-dns", "prometheus", "volcano"].map(
    (name): Template => ({
      ...{ name, label: "Container", description: `the add-on ${name}`, versions: ["1.2.5", "1.9.14", "4.0.3"] },
      ...{ basic: REGISTRY, custom: { multiAZEnabled: false }, flavors: [sized(SINGLE, [name, "500m", "500Mi"])] },
    }),
  ),
];

/** The template of this name, if it can be installed. */
export function findTemplate(name: string): Template | undefined {
  return templates.find((template) => template.name === name);
}

/** The template of an add-on that is there, even if a seed put it there and nobody could install it. */
export function templateOf(name: string): Template {
  const unknown = { name, label: "Container", description: `the add-on ${name}`, custom: {}, flavors: [] };
  return findTemplate(name) ?? { ...unknown, basic: REGISTRY, versions: ["1.0.0"] };
}
