import { refs, secrets } from "./life-seed.ts";
import { by, type Story } from "./life-story.ts";

/** Clusters and what lives in them. */
export const clusterStories: Readonly<Record<string, Story>> = {
  Cluster: {
    id: by("ClusterInstanceId"),
    spec: {
      ...{ clusterTitle: "main", businessCode: "JST", clusterEnvType: "test", clusterType: "Standard" },
      ...{ regionId: "cn-zhangjiakou", vpcId: "vpc-1", vswitchIds: ["vsw-2", "vsw-1"], keyPair: "ops" },
      ...{ podCidr: "172.22.0.0/16", serviceCidr: "172.23.0.0/16" },
    },
    fields: {
      clusterTitle: { replace: "other" },
      businessCode: { replace: "SUPPLY" },
      clusterEnvType: { replace: "pro" },
      regionId: { replace: "cn-hangzhou" },
      vpcId: { replace: "vpc-2" },
      vswitchIds: { replace: ["vsw-3"] },
      createWithLogIntegration: { replace: true, kept: { CreateWithLogIntegration: true }, unset: "replaces" },
      snatEntry: { replace: false, kept: { SnatEntry: 0 }, unset: "replaces" },
      cloudMonitor: { replace: false, kept: { CloudMonitorFlags: 0 }, unset: "replaces" },
      publicSlb: { replace: true, kept: { PublicSlb: 1 }, unset: "replaces" },
      clusterType: { replace: "Serverless", kept: { ClusterType: "Serverless" } },
      podCidr: { replace: "172.24.0.0/16", unset: "replaces" },
      serviceCidr: { replace: "172.25.0.0/16", unset: "replaces" },
      keyPair: { replace: "others", unset: "replaces", instead: { password: "${env.FIRST}" } },
      password: {
        ...{ replace: "${env.SECOND}", kept: { Password: secrets.SECOND } },
        ...{ unset: "replaces", instead: { keyPair: "ops" } },
      },
    },
  },
  ClusterNode: {
    id: by("Id"),
    spec: { cluster: refs.cluster, instanceId: "i-8" },
    fields: {
      instanceId: { replace: "i-9" },
      cluster: { replace: refs.otherCluster },
    },
  },
  NodeLabel: {
    id: by("Id"),
    spec: { cluster: refs.cluster, labelKey: "label.jst.com/disk", labelValue: "ssd=fast/1" },
    fields: {
      labelValue: { replace: "hdd" },
      labelKey: { replace: "label.jst.com/drive" },
      cluster: { replace: refs.otherCluster },
    },
  },
  NodeLabelBinding: {
    id: by("LabelKey", "LabelValue"),
    spec: { nodeLabel: refs.label, instances: refs.nodes.slice(0, 2) },
    fields: {
      instances: { update: refs.nodes.slice(1) },
      nodeLabel: { replace: refs.otherLabel },
    },
  },
  PersistentVolume: {
    id: by("PersistentVolumeId"),
    spec: {
      ...{ cluster: refs.cluster, name: "media", capacity: "1024Mi", accessModes: "ReadWriteMany" },
      ...{ reclaimPolicy: "Retain", storageClass: "media", mountTargetDomain: "0a1b.nas.example", nfsVersion: 4 },
    },
    fields: {
      capacity: { replace: "5000" },
      accessModes: { replace: "ReadWriteOnce" },
      reclaimPolicy: { replace: "Delete" },
      storageClass: { replace: "logs" },
      mountTargetDomain: { replace: "0c2d.nas.example", kept: { MountTargetDomain: "0c2d.nas.example" } },
      mountDir: { replace: "/logs", unset: "replaces" },
      nfsVersion: { replace: "3", kept: { NFSVersion: "3" } },
      nasType: { replace: "performance", kept: { NasType: "performance" }, unset: "replaces" },
      name: { replace: "logs.old" },
      cluster: { replace: refs.otherCluster },
    },
  },
};
