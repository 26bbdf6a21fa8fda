import { SEED } from "./seed.ts";

/** The cluster that environment 13 is allocated to. */
export const CLUSTER = "c-1";
/** An RDS instance; instances are accepted unseen. */
export const RDS = "rm-1";

/** When the deploy order of the seed began. */
const BEGAN = "2026-05-01T12:00:00.000Z";

/** The seed of the traffic, with a cluster and what it holds, a finished rollout of two pods, and databases. */
export const PLATFORM = {
  retailcloud: {
    ...SEED.retailcloud,
    Cluster: [
      {
        Id: 20,
        ClusterInstanceId: CLUSTER,
        ClusterTitle: "main",
        BusinessCode: "JST",
        ClusterEnvType: "PRO",
        ClusterType: "Standard",
        RegionId: "cn-zhangjiakou",
        VpcId: "vpc-1",
        Vswitchids: ["vsw-1"],
        PodCIDR: "172.22.0.0/16",
        ServiceCIDR: "172.23.0.0/20",
        Password: "Emulated-1!",
      },
    ],
    ClusterNode: [{ Id: 21, ClusterInstanceId: CLUSTER, InstanceId: "i-1" }],
    EcsInstance: [{ InstanceId: "i-2", VpcId: "vpc-1" }],
    NodeLabel: [
      { Id: 22, ClusterId: CLUSTER, LabelKey: "label.jst.com/type", LabelValue: "web" },
      { Id: 23, ClusterId: CLUSTER, LabelKey: "label.jst.com/type", LabelValue: "job" },
    ],
    NodeLabelBinding: [
      { Id: 24, ClusterId: CLUSTER, InstanceId: "i-1", LabelKey: "label.jst.com/type", LabelValue: "web" },
    ],
    PersistentVolume: [
      {
        PersistentVolumeId: 25,
        ClusterInstanceId: CLUSTER,
        Name: "media",
        Capacity: "10Gi",
        AccessModes: "ReadWriteMany",
        MountTargetDomain: "nas.example.com",
        NFSVersion: "4.0",
        ReclaimPolicy: "Retain",
        StorageClass: "media",
        MountDir: "/media",
        Status: "Bound",
        ClaimId: 26,
      },
      {
        PersistentVolumeId: 27,
        ClusterInstanceId: CLUSTER,
        Name: "spare",
        Capacity: "5Gi",
        AccessModes: "ReadWriteOnce",
        MountTargetDomain: "nas.example.com",
        NFSVersion: "3",
        ReclaimPolicy: "Delete",
        StorageClass: "spare",
      },
    ],
    PersistentVolumeClaim: [
      {
        PersistentVolumeClaimId: 26,
        EnvId: 13,
        Name: "media",
        Capacity: "10Gi",
        AccessModes: "ReadWriteMany",
        StorageClass: "media",
        VolumeName: "media",
        CreateTime: BEGAN,
      },
    ],
    Database: [{ Id: 30, DbInstanceId: RDS, DbName: "shop", CharacterSetName: "utf8mb4", DbDescription: "orders" }],
    RdsAccount: [{ Id: 31, DbInstanceId: RDS, AccountName: "app", AccountType: "Normal" }],
    DbGrant: [{ Id: 32, DbInstanceId: RDS, AccountName: "app", DbName: "shop", AccountPrivilege: "ReadOnly" }],
    RdsBackup: [
      {
        BackupId: "b-1",
        DBInstanceId: RDS,
        BackupType: "FullBackup",
        BackupDBNames: "shop",
        BackupSize: 1024,
        BackupStartTime: BEGAN,
        BackupEndTime: "2026-05-01T12:10:00Z",
      },
    ],
  },
  history: {
    deployOrders: [
      {
        DeployOrderId: 40,
        EnvId: 13,
        Name: "first",
        SchemaId: 12,
        TotalPartitions: 1,
        DeployPacketUrl: "https://example.com/shop.jar",
        Status: 3,
        Result: 1,
        Pods: ["pod-1", "pod-2"].map((AppInstanceId) => ({
          AppInstanceId,
          Partition: 1,
          StepCode: "StartAppInstance",
          Result: 1,
          StartTime: BEGAN,
          UpdateTime: "2026-05-01T12:00:05.000Z",
        })),
        StartTime: BEGAN,
        EndTime: "2026-05-01T12:00:05.000Z",
      },
    ],
  },
};
