import type { View, ViewArgument } from "../../src/core/view.ts";
import { names } from "./action.ts";

/** How the rows of a view stand in the answer of its action. */
export type RetailView = View & {
  /** The path of the list of rows, or of the one record that is the row. */
  readonly rows: string;
  /** The fields that tell a row from the others of a paged list; none for an answer in one piece. */
  readonly key?: readonly string[];
  /** Further fields of the rows, whose letter case has to be right. */
  readonly fields: readonly string[];
};

const cluster: ViewArgument = {
  name: "cluster",
  meaning: "a cluster",
  kind: "Cluster",
  parameter: "ClusterInstanceId",
};

const environment: ViewArgument = {
  name: "environment",
  meaning: "an environment",
  kind: "Environment",
  parameter: "EnvId",
};

const order: ViewArgument = { name: "order", meaning: "the id of a deploy order", parameter: "DeployOrderId" };
const pod: ViewArgument = { name: "pod", meaning: "the name of a pod", parameter: "AppInstId" };

function instanceBy(parameter: string): ViewArgument {
  return { name: "dbInstanceId", meaning: "an RDS instance", field: "dbInstanceId", parameter };
}

const machine = {
  rows: "Data",
  key: ["InstanceId"],
  columns: names("InstanceId InstanceName InstanceType EcsZone EcsCpu EcsMemory EcsPrivateIp OSName"),
  fields: names("EcsConfiguration EcsEip EcsExpiredTime EcsOsType EcsPublicIp RegionId VpcId"),
} as const;

const oneOrder = { arguments: [order, pod], isLog: true } as const;

/** What of RetailCloud can be looked at and is no kind. */
export const retailcloudViews: readonly RetailView[] = [
  {
    name: "users",
    summary: "who may be given a role in an app",
    action: "ListUsers",
    arguments: [],
    rows: "Data",
    key: ["UserType", "UserId"],
    columns: names("UserId UserType RealName"),
    fields: [],
  },
  {
    name: "clusters",
    summary: "clusters, with how much of them is asked for",
    action: "ListCluster",
    arguments: [],
    rows: "Data",
    key: ["InstanceId"],
    columns: names("InstanceId ClusterTitle Status EnvType RegionId VpcId WorkLoadCpu WorkLoadMem"),
    fields: names("BusinessCode CreateStatus EcsIds KeyPair NetPlug Password PodCIDR ServiceCIDR VswitchIds"),
  },
  {
    name: "cluster",
    summary: "one cluster with its network, its workload and what runs in it",
    action: "QueryClusterDetail",
    arguments: [cluster],
    rows: "Result",
    columns: [
      ...names(
        "BasicInfo.ClusterInstanceId BasicInfo.ClusterName BasicInfo.VpcId NetInfo.ProdCIDR NetInfo.ServiceCIDR",
      ),
      ...names("InstanceInfo.AppCount InstanceInfo.AllocatePodCount WorkLoad.AllNodeCount"),
      ...names("WorkLoad.CpuRequestPercent WorkLoad.MemRequestPercent"),
    ],
    fields: [],
  },
  { ...machine, name: "nodes", summary: "the machines of a cluster", action: "ListClusterNode", arguments: [cluster] },
  {
    ...machine,
    name: "available-nodes",
    summary: "machines that a cluster could take in",
    action: "ListAvailableClusterNode",
    arguments: [cluster],
  },
  {
    name: "app-instances",
    summary: "the instances that run in an environment",
    action: "ListAppInstance",
    arguments: [{ ...environment, beside: { AppId: "app" } }],
    rows: "Data",
    key: ["AppInstanceId"],
    columns: names("AppInstanceId Health RestartCount PodIp HostIp Spec CreateTime"),
    fields: names("Limits Requests Status Version"),
  },
  {
    name: "deploy-orders",
    summary: "the rollouts and scalings of an environment",
    action: "ListDeployOrders",
    arguments: [environment],
    rows: "Data",
    key: ["DeployOrderId"],
    columns: names("DeployOrderId EnvId Name StatusName ResultName StartTime EndTime UserNick"),
    fields: [
      ...names("CurrentPartitionNum TotalPartitions FinishAppInstanceCt TotalAppInstanceCt DeployPauseType"),
      ...names("Description ElapsedTime FailureRate Status UserId SchemaId EnvType"),
    ],
  },
  {
    name: "pods",
    summary: "the pods that a deploy order has started or stopped",
    action: "ListPods",
    arguments: [order],
    rows: "Data",
    key: ["AppInstanceId", "DeployPartitionNum"],
    columns: names("AppInstanceId DeployPartitionNum StatusName ResultName PodIp HostIp UpdateTime"),
    fields: names("DeployOrderId DeploySteps StepCode StepName GroupName HostName Region StartTime Status"),
  },
  {
    ...oneOrder,
    name: "pod-log",
    summary: "what a pod of a deploy order has printed, by step",
    action: "DescribePodLog",
    rows: "Result.DeployStepList",
    columns: names("StepCode StepName Status"),
    lines: "StepLog",
    fields: [],
  },
  {
    ...oneOrder,
    name: "pod-events",
    summary: "what a cluster has noted about a pod of a deploy order",
    action: "DescribePodEvents",
    rows: "Result.PodEvents",
    columns: names("LastTimestamp Type Reason Count Message"),
    fields: names("Action EventTime FirstTimestamp"),
  },
  {
    name: "databases",
    summary: "the databases of an RDS instance, with who may do what in them",
    action: "DescribeDatabases",
    arguments: [instanceBy("InstanceId")],
    rows: "Result.Databases",
    columns: names("DBInstanceId DBName Engine CharacterSetName DBStatus DBDescription"),
    fields: names("Accounts Account AccountPrivilege AccountPrivilegeDetail"),
  },
  {
    name: "accounts",
    summary: "the accounts of an RDS instance",
    action: "DescribeRdsAccounts",
    arguments: [instanceBy("DbInstanceId")],
    rows: "Result.Accounts",
    columns: names("DBInstanceId AccountName AccountType AccountStatus AccountDescription PrivExceeded"),
    fields: names("DatabasePrivileges AccountPrivilege AccountPrivilegeDetail DBName"),
  },
  {
    name: "backups",
    summary: "the backups of an RDS instance",
    action: "GetRdsBackUp",
    arguments: [instanceBy("DbInstanceId")],
    rows: "Result.Items",
    key: ["BackupId"],
    columns: names("BackupId BackupType BackupStatus BackupStartTime BackupEndTime BackupSize BackupDBNames"),
    fields: [
      ...names("BackupExtractionStatus BackupLocation BackupMethod BackupMode BackupScale DBInstanceId"),
      ...names(
        "HostInstanceID MetaStatus StoreStatus TotalBackupSize PageNumber PageRecordCount TotalRecordCount Items",
      ),
    ],
  },
];
