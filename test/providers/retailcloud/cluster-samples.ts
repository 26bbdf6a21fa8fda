import type { Ids, Samples } from "./kind-sample.ts";

const inCluster = [{ parent: "Cluster", sample: "plain" }];
const clusterOf = (ids: Ids): string => ids["Cluster/plain"] ?? "";

const cluster = {
  businessCode: "JST",
  clusterEnvType: "test",
  clusterType: "Standard",
  regionId: "cn-zhangjiakou",
  vpcId: "vpc-1",
  vswitchIds: ["vsw-2", "vsw-1"],
  podCidr: "172.22.0.0/16",
  serviceCidr: "172.23.0.0/16",
};

const volume = {
  name: "media",
  capacity: "1024Mi",
  accessModes: "ReadWriteMany",
  reclaimPolicy: "Retain",
  storageClass: "media",
  mountTargetDomain: "0a1b.cn-zhangjiakou.nas.example",
  nfsVersion: 4,
};

/** Clusters and what lives in them. */
export const clusterSamples: Samples = {
  Cluster: {
    plain: { spec: () => ({ clusterTitle: "测试集群", ...cluster, keyPair: "ops" }) },
    full: {
      spec: () => ({
        clusterTitle: "full",
        ...cluster,
        clusterEnvType: "pro",
        password: "Pa+ss w0rd*'()~!",
        publicSlb: false,
        snatEntry: false,
        cloudMonitor: false,
        createWithLogIntegration: true,
      }),
    },
    serverless: {
      spec: () => {
        const { podCidr: _, serviceCidr: __, ...rest } = cluster;
        return { clusterTitle: "serverless", ...rest, clusterType: "Serverless", keyPair: "ops", publicSlb: true };
      },
    },
  },
  ClusterNode: {
    plain: { parents: inCluster, spec: (ids) => ({ cluster: clusterOf(ids), instanceId: "i-emulator-1" }) },
    second: { parents: inCluster, spec: (ids) => ({ cluster: clusterOf(ids), instanceId: "i-emulator-2" }) },
  },
  NodeLabel: {
    plain: {
      parents: inCluster,
      spec: (ids) => ({ cluster: clusterOf(ids), labelKey: "label.jst.com/disk", labelValue: "ssd=fast/1" }),
    },
  },
  NodeLabelBinding: {
    plain: {
      parents: [
        { parent: "ClusterNode", sample: "plain" },
        { parent: "ClusterNode", sample: "second" },
        { parent: "NodeLabel", sample: "plain" },
      ],
      spec: (ids) => ({
        nodeLabel: ids["NodeLabel/plain"] ?? "",
        instances: [ids["ClusterNode/plain"] ?? "", "i-other"],
      }),
      changes: { instances: (ids) => ["i-other", ids["ClusterNode/second"] ?? ""] },
    },
  },
  PersistentVolume: {
    plain: { parents: inCluster, spec: (ids) => ({ cluster: clusterOf(ids), ...volume }) },
    full: {
      parents: inCluster,
      spec: (ids) => ({
        cluster: clusterOf(ids),
        ...volume,
        name: "logs.old",
        capacity: "5000",
        accessModes: "ReadWriteOnce",
        reclaimPolicy: "Delete",
        storageClass: "logs",
        mountDir: "/logs",
        nfsVersion: "3",
        nasType: "performance",
      }),
    },
  },
  PersistentVolumeClaim: {
    unbound: {
      parents: [{ parent: "Environment", sample: "plain" }],
      spec: (ids) => ({
        environment: ids["Environment/plain"] ?? "",
        name: "media",
        capacity: 129e6,
        accessModes: "ReadWriteMany",
        storageClass: "media",
      }),
    },
  },
};
