import { CLUSTER, RDS } from "../platform-seed.ts";
import type { SdkRow } from "./sdk-row.ts";

const environment = { appId: 11, envId: 13 };
const pages = { pageNumber: 1, pageSize: 10 };
const cluster = { clusterInstanceId: CLUSTER };
const label = { clusterId: CLUSTER, labelKey: "label.jst.com/type", labelValue: "web" };
const db = { dbInstanceId: RDS };
const storage = { accessModes: "ReadWriteOnce", capacity: "1024Mi" };
const newVolume = {
  ...cluster,
  ...storage,
  name: "logs",
  storageClass: "logs",
  mountTargetDomain: "nas.example.com",
  NFSVersion: "3",
  reclaimPolicy: "Delete",
};
const newCluster = {
  businessCode: "JST",
  clusterEnvType: "TEST",
  clusterTitle: "测试",
  clusterType: "Serverless",
  regionId: "cn-zhangjiakou",
  vpcId: "vpc-1",
  vswitchids: ["vsw-1", "vsw-2"],
  keyPair: "pair",
};

/** One row for every action on clusters, storage, labels and databases, played against the seed of `../platform-seed.ts`. */
export const platformRows: readonly SdkRow[] = [
  {
    action: "CreatePersistentVolumeClaim",
    valid: { ...environment, ...storage, name: "spare", storageClass: "spare" },
    required: "storageClass",
    answers: { "result.persistentVolumeClaimId": 1001 },
  },
  {
    action: "DeletePersistentVolumeClaim",
    valid: { ...environment, persistentVolumeClaimName: "media" },
    required: "persistentVolumeClaimName",
    answers: { "result.success": true },
  },
  {
    action: "ListPersistentVolumeClaim",
    valid: { ...environment, ...pages },
    required: "envId",
    answers: { totalCount: 1, "data.0.status": "Bound", "data.0.volumeName": "media" },
  },
  {
    action: "CreatePersistentVolume",
    valid: newVolume,
    required: "NFSVersion",
    answers: { "result.persistentVolumeId": 1001 },
  },
  {
    action: "ListPersistentVolume",
    valid: { ...cluster, ...pages },
    required: "pageSize",
    answers: { totalCount: 2, "data.0.pvcName": "media", "data.0.mountDir": "/media", "data.1.status": "Available" },
  },
  {
    action: "DeletePersistentVolume",
    valid: { ...cluster, persistentVolumeName: "spare" },
    required: "persistentVolumeName",
    answers: { "result.success": true },
  },
  {
    action: "CreateNodeLabel",
    valid: { ...label, labelValue: "new" },
    required: "labelValue",
    answers: { success: true, "result.id": 1001, "result.labelValue": "new" },
  },
  {
    action: "ListNodeLabels",
    valid: { clusterId: CLUSTER, ...pages },
    required: "clusterId",
    answers: { totalCount: 2, "data.0.id": 22, "data.1.labelValue": "job" },
  },
  { action: "DeleteNodeLabel", valid: { ...label, force: true }, required: "force", answers: { success: true } },
  {
    action: "BindNodeLabel",
    valid: { ...label, instanceId: "i-2" },
    required: "instanceId",
    answers: { success: true },
  },
  {
    action: "UnbindNodeLabel",
    valid: { ...label, instanceId: "i-1" },
    required: "labelKey",
    answers: { success: true },
  },
  {
    action: "ListNodeLabelBindings",
    valid: { clusterId: CLUSTER, ...pages },
    required: "pageNumber",
    answers: { totalCount: 1, "data.0.instanceId": "i-1", "data.0.instanceType": "ecs" },
  },
  {
    action: "CreateCluster",
    valid: newCluster,
    required: "vswitchids",
    answers: { success: true, "result.clusterInstanceId": /^c[0-9a-f]{32}$/ },
  },
  {
    action: "ListCluster",
    valid: { pageNum: 1, pageSize: 10, envType: "PRO" },
    answers: { totalCount: 1, "data.0.instanceId": CLUSTER, "data.0.password": "*****", "data.0.ecsIds.0": "i-1" },
  },
  {
    action: "QueryClusterDetail",
    valid: cluster,
    required: "clusterInstanceId",
    answers: { "result.basicInfo.clusterName": "main", "result.netInfo.prodCIDR": "172.22.0.0/16" },
  },
  // The seeded cluster is allocated to an environment, and the service says so.
  { action: "DeleteCluster", valid: cluster, required: "clusterInstanceId", answers: { code: 409 } },
  {
    action: "ListClusterNode",
    valid: cluster,
    required: "clusterInstanceId",
    answers: { totalCount: 1, "data.0.instanceId": "i-1", "data.0.ecsCpu": "4" },
  },
  {
    action: "ListAvailableClusterNode",
    valid: { ...cluster, pageNum: 1 },
    required: "clusterInstanceId",
    answers: { totalCount: 5, "data.4.instanceId": "i-2" },
  },
  {
    action: "AddClusterNode",
    valid: { ...cluster, ecsInstanceIdList: ["i-2", "i-3"] },
    required: "ecsInstanceIdList",
    answers: { success: true, "result.nonsense": 1 },
  },
  {
    action: "RemoveClusterNode",
    valid: { ...cluster, ecsInstanceIdList: ["i-1"] },
    required: "ecsInstanceIdList",
    answers: { success: true, "result.nonsense": 1 },
  },
  {
    action: "DescribeDatabases",
    valid: { instanceId: RDS },
    required: "instanceId",
    answers: { "result.databases.0.DBName": "shop", "result.databases.0.accounts.0.account": "app" },
  },
  {
    action: "DescribeRdsAccounts",
    valid: db,
    required: "dbInstanceId",
    answers: { "result.accounts.0.accountName": "app", "result.accounts.0.databasePrivileges.0.DBName": "shop" },
  },
  {
    action: "DeleteRdsAccount",
    valid: { ...db, accountName: "app" },
    required: "accountName",
    answers: { code: 0 },
  },
  {
    action: "GrantDbToAccount",
    valid: { ...db, accountName: "app", dbName: "shop", accountPrivilege: "ReadWrite" },
    required: "accountPrivilege",
    answers: { code: 0 },
  },
  {
    action: "CreateDb",
    valid: { ...db, dbName: "stock", characterSetName: "gbk" },
    required: "characterSetName",
    answers: { code: 0 },
  },
  {
    action: "DeleteDatabase",
    valid: { DBInstanceId: RDS, DBName: "shop" },
    required: "DBName",
    answers: { code: 0 },
  },
  {
    action: "GetRdsBackUp",
    valid: { ...db, pageSize: 30 },
    required: "dbInstanceId",
    answers: { "result.totalRecordCount": "1", "result.items.0.backupId": "b-1", "result.items.0.backupSize": 1024 },
  },
  {
    action: "CreateAccount",
    valid: { ...db, accountName: "new", accountPassword: "Emulated-2!", accountType: "Super" },
    required: "accountPassword",
    answers: { code: 0 },
  },
  {
    action: "ResetAccountPassword",
    valid: { ...db, accountName: "app", accountPassword: "Emulated-3!" },
    required: "accountName",
    answers: { code: 0 },
  },
];
