import type { CallRow } from "./call-row.ts";

/** Volumes, node labels, allocations, clusters and their machines. */
export const clusterCalls: readonly CallRow[] = [
  {
    name: "CreatePersistentVolume",
    method: "POST",
    mutating: true,
    body: [
      "AccessModes* Capacity* ClusterInstanceId* MountTargetDomain* Name* NFSVersion* ReclaimPolicy*",
      "StorageClass* MountDir NasType",
    ].join(" "),
  },
  {
    name: "ListPersistentVolume",
    method: "POST",
    mutating: false,
    body: "ClusterInstanceId* PageNumber:int* PageSize:int*",
  },
  { name: "DeletePersistentVolume", method: "POST", mutating: true, body: "ClusterInstanceId* PersistentVolumeName*" },
  { name: "CreateNodeLabel", method: "POST", mutating: true, query: "ClusterId* LabelKey* LabelValue*" },
  {
    name: "ListNodeLabels",
    method: "POST",
    mutating: false,
    query: "ClusterId* PageNumber:int* PageSize:int* LabelKey",
  },
  { name: "DeleteNodeLabel", method: "POST", mutating: true, query: "ClusterId* Force:flag* LabelKey* LabelValue*" },
  { name: "BindNodeLabel", method: "POST", mutating: true, query: "ClusterId* InstanceId* LabelKey* LabelValue*" },
  { name: "UnbindNodeLabel", method: "POST", mutating: true, query: "ClusterId* InstanceId* LabelKey* LabelValue*" },
  {
    name: "ListNodeLabelBindings",
    method: "GET",
    mutating: false,
    query: "PageNumber:int* PageSize:int* ClusterId InstanceId LabelKey LabelValue",
  },
  { name: "CreateAppResourceAlloc", method: "POST", mutating: true, query: "AppEnvId:int* AppId:int* ClusterId*" },
  {
    name: "ListAppResourceAllocs",
    method: "GET",
    mutating: false,
    query: "PageNumber:int* PageSize:int* AppEnvId:int AppId:int ClusterId",
  },
  { name: "DeleteAppResourceAlloc", method: "POST", mutating: true, query: "AppEnvId:int*" },
  { name: "DescribeAppResourceAlloc", method: "GET", mutating: false, query: "AppEnvId:int*" },
  { name: "ListCluster", method: "GET", mutating: false, query: "BusinessCode EnvType PageNum:int PageSize:int" },
  { name: "DeleteCluster", method: "POST", mutating: true, query: "ClusterInstanceId*" },
  { name: "ListClusterNode", method: "GET", mutating: false, query: "ClusterInstanceId* PageNum:int PageSize:int" },
  { name: "QueryClusterDetail", method: "GET", mutating: false, query: "ClusterInstanceId*" },
  { name: "AddClusterNode", method: "POST", mutating: true, query: "ClusterInstanceId* EcsInstanceIdList.N*" },
  { name: "RemoveClusterNode", method: "POST", mutating: true, query: "ClusterInstanceId* EcsInstanceIdList.N*" },
  {
    name: "CreateCluster",
    method: "POST",
    mutating: true,
    query: [
      "BusinessCode* ClusterEnvType* ClusterTitle* ClusterType* RegionId* VpcId* Vswitchids.N*",
      "CloudMonitorFlags:int ClusterId:int CreateWithArmsIntegration:flag",
      "CreateWithLogIntegration:flag KeyPair NetPlug PodCIDR PrivateZone:flag PublicSlb:int RegionName",
      "ServiceCIDR SnatEntry:int",
    ].join(" "),
    body: "Password!",
  },
  {
    name: "ListAvailableClusterNode",
    method: "GET",
    mutating: false,
    query: "ClusterInstanceId* PageNum:int PageSize:int",
  },
];
