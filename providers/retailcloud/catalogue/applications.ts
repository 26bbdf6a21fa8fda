import type { CallRow } from "./call-row.ts";

/** Apps, their environments and configurations, instances and claims; and the users who may be given a role. */
export const applicationCalls: readonly CallRow[] = [
  {
    name: "CreateApp",
    method: "POST",
    mutating: true,
    body: [
      "BizCode* Language* OperatingSystem* ServiceType* Title* UserRoles.N.RoleName*",
      "UserRoles.N.UserId* UserRoles.N.UserType* BizTitle Description StateType:int Namespace",
      "GroupName MiddleWareIdList.N:int",
    ].join(" "),
  },
  {
    name: "UpdateApp",
    method: "POST",
    mutating: true,
    body: [
      "AppId:int* UserRoles.N.RoleName* UserRoles.N.UserId* UserRoles.N.UserType* BizTitle Description",
      "Language OperatingSystem ServiceType MiddleWareIdList.N:int",
    ].join(" "),
  },
  { name: "ListApp", method: "GET", mutating: false, query: "PageNumber:int PageSize:int" },
  { name: "DescribeAppDetail", method: "POST", mutating: false, query: "AppId:int*" },
  { name: "DeleteAppDetail", method: "GET", mutating: true, query: "AppId:int* Force:flag" },
  {
    name: "CreateEnvironment",
    method: "POST",
    mutating: true,
    query: "AppId:int* AppSchemaId:int* EnvName* EnvType:int* Region* Replicas:int* ClusterId",
  },
  {
    name: "UpdateEnvironment",
    method: "POST",
    mutating: true,
    query: "AppEnvId:int* AppId:int* AppSchemaId:int Replicas:int",
  },
  {
    name: "ListAppEnvironment",
    method: "GET",
    mutating: false,
    query: "AppId:int* PageNumber:int* PageSize:int* EnvType:int EnvName",
  },
  { name: "DeleteAppEnvironment", method: "POST", mutating: true, query: "AppId:int* EnvId:int* Force:flag*" },
  { name: "DescribeAppEnvironmentDetail", method: "GET", mutating: false, query: "AppId:int* EnvId:int*" },
  {
    name: "CreateDeployConfig",
    method: "POST",
    mutating: true,
    query: "AppId:int* EnvType* Name* CodePath",
    body: "ConfigMap Deployment StatefulSet ConfigMapList.N CronJob SecretList.N",
  },
  { name: "ListDeployConfig", method: "POST", mutating: false, query: "AppId:int* EnvType Id:int Name" },
  { name: "DeleteDeployConfig", method: "POST", mutating: true, query: "SchemaId:int*" },
  {
    name: "UpdateDeployConfig",
    method: "POST",
    mutating: true,
    query: "AppId:int* Id:int* CodePath",
    body: "ConfigMap StatefulSet Deployment ConfigMapList.N CronJob SecretList.N",
  },
  {
    name: "ListAppInstance",
    method: "POST",
    mutating: false,
    body: "AppId:int* EnvId:int* PageNumber:int* PageSize:int*",
  },
  {
    name: "CreatePersistentVolumeClaim",
    method: "POST",
    mutating: true,
    query: "AccessModes* AppId:int* Capacity* EnvId:int* Name* StorageClass*",
  },
  {
    name: "DeletePersistentVolumeClaim",
    method: "POST",
    mutating: true,
    query: "AppId:int* EnvId:int* PersistentVolumeClaimName*",
  },
  {
    name: "ListPersistentVolumeClaim",
    method: "POST",
    mutating: false,
    query: "AppId:int* EnvId:int* PageNumber:int* PageSize:int*",
  },
  { name: "ListUsers", method: "GET", mutating: false, query: "PageNumber:int* PageSize:int*" },
  { name: "OfflineAppEnvironment", method: "POST", mutating: true, query: "AppId:int* EnvId:int* DeletePvc:flag" },
  { name: "RestartAppInstance", method: "POST", mutating: true, query: "AppId:int* EnvId:int* AppInstanceIdList.N" },
];
