import type { CallRow } from "./call-row.ts";

/** Rollouts: deploy orders and the pods that they start. */
export const releaseCalls: readonly CallRow[] = [
  {
    name: "DeployApp",
    method: "POST",
    mutating: true,
    query: [
      "EnvId:int* Name* TotalPartitions:int* DeployPacketUrl DeployPacketId:int Description PauseType",
      "ArmsFlag:flag DefaultPacketOfAppGroup UpdateStrategyType ContainerImageList.N InitContainerImageList.N",
    ].join(" "),
  },
  {
    name: "ListDeployOrders",
    method: "POST",
    mutating: false,
    query: [
      "PageNumber:int* PageSize:int* AppId:int EnvId:int EnvType DeployType PauseType DeployCategory",
      "PartitionType EndTimeLessThan EndTimeLessThanOrEqualTo EndTimeGreaterThan",
      "EndTimeGreaterThanOrEqualTo StartTimeGreaterThan StartTimeGreaterThanOrEqualTo",
      "StartTimeLessThan StartTimeLessThanOrEqualTo Status:int",
    ].join(" "),
    body: "ResultList.N:int StatusList.N:int",
  },
  { name: "ScaleApp", method: "POST", mutating: true, query: "EnvId:int* Replicas:int* TotalPartitions:int" },
  { name: "DescribeDeployOrderDetail", method: "POST", mutating: false, query: "DeployOrderId:int*" },
  { name: "ResumeDeploy", method: "POST", mutating: true, query: "DeployOrderId:int*" },
  { name: "CloseDeployOrder", method: "POST", mutating: true, query: "DeployOrderId:int*" },
  {
    name: "ListPods",
    method: "POST",
    mutating: false,
    query: "DeployOrderId:int* PageNumber:int* PageSize:int*",
    body: "ResultList.N:int StatusList.N:int",
  },
  { name: "DescribePodLog", method: "POST", mutating: false, body: "AppInstId* DeployOrderId:int*" },
  { name: "DescribePodEvents", method: "POST", mutating: false, query: "AppInstId* DeployOrderId:int*" },
  { name: "DescribeAppEnvDeployBaseline", method: "POST", mutating: false, query: "AppId:int* EnvId:int*" },
  { name: "SetDeployPauseType", method: "POST", mutating: true, query: "DeployOrderId:int* DeployPauseType*" },
];
