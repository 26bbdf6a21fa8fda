import type { SdkRow } from "./sdk-row.ts";

const environment = { appId: 11, envId: 13 };
const pages = { pageNumber: 1, pageSize: 10 };
const pod = { deployOrderId: 40, appInstId: "pod-1" };

/** One row for every action on rollouts, pods and instances, played against the seed of `../platform-seed.ts`. */
export const rolloutRows: readonly SdkRow[] = [
  {
    action: "DeployApp",
    valid: { envId: 13, name: "发布 1", totalPartitions: 2, pauseType: "first", containerImageList: ["web:2"] },
    required: "totalPartitions",
    answers: { success: true, "result.admitted": true, "result.deployOrderId": 1001 },
  },
  {
    action: "ListDeployOrders",
    valid: { ...pages, envId: 13, resultList: [1, 2], statusList: [3] },
    required: "pageNumber",
    answers: { totalCount: 1, "data.0.deployOrderId": 40, "data.0.startTime": "2026-05-01 12:00:00" },
  },
  {
    action: "ScaleApp",
    valid: { envId: 13, replicas: 3 },
    required: "replicas",
    answers: { "result.admitted": true, "result.deployOrderId": 1001 },
  },
  {
    action: "DescribeDeployOrderDetail",
    valid: { deployOrderId: 40 },
    required: "deployOrderId",
    answers: { success: true, "result.result": 1, "result.status": 3, "result.failureRate": "0" },
  },
  // The seeded order is finished, and the service says so to whoever wants to change it.
  { action: "ResumeDeploy", valid: { deployOrderId: 40 }, required: "deployOrderId", answers: { code: 409 } },
  { action: "CloseDeployOrder", valid: { deployOrderId: 40 }, required: "deployOrderId", answers: { code: 409 } },
  {
    action: "SetDeployPauseType",
    valid: { deployOrderId: 40, deployPauseType: "none" },
    required: "deployPauseType",
    answers: { code: 409 },
  },
  {
    action: "DescribeAppEnvDeployBaseline",
    valid: environment,
    required: "envId",
    answers: { success: true, "result.packetUrl": "https://example.com/shop.jar", "result.schemaId": 12 },
  },
  {
    action: "ListAppInstance",
    valid: { ...environment, ...pages },
    required: "pageNumber",
    answers: { totalCount: 2, "data.0.appInstanceId": "pod-1", "data.0.health": "RUNNING" },
  },
  {
    action: "ListPods",
    valid: { deployOrderId: 40, ...pages, resultList: [1] },
    required: "deployOrderId",
    answers: { totalCount: 2, "data.1.appInstanceId": "pod-2", "data.1.deploySteps.0.status": "SUCCESS" },
  },
  {
    action: "DescribePodLog",
    valid: pod,
    required: "appInstId",
    answers: { "result.deployOrderName": "first", "result.deployStepList.0.stepCode": "StartAppInstance" },
  },
  {
    action: "DescribePodEvents",
    valid: pod,
    required: "appInstId",
    answers: { success: true, "result.deployOrderName": "first" },
  },
  {
    action: "RestartAppInstance",
    valid: { ...environment, appInstanceIdList: ["pod-1"] },
    required: "envId",
    answers: { code: 0, result: "true" },
  },
  {
    action: "OfflineAppEnvironment",
    valid: { ...environment, deletePvc: true },
    required: "appId",
    answers: { success: true, "result.success": true },
  },
];
