import type { SdkRow } from "./sdk-row.ts";

const app = { appId: 11 };
const pages = { pageNumber: 1, pageSize: 10 };
const userRoles = [{ roleName: "Dev", userId: "56789", userType: "DING_TALK" }];
const newApp = {
  bizCode: "SUPPLY",
  language: "C#",
  operatingSystem: "Windows",
  serviceType: "GeneralApplication",
  title: "编号 *'()~! 1",
};
const portMappings = [{ name: "http", protocol: "TCP", port: 80, targetPort: "8080" }];
const newSlb = { envId: 13, name: "s", slbId: "lb-2", listenerPort: 443, realServerPort: 8443, protocol: "HTTPS" };
const newConfig = {
  ...app,
  envType: "test",
  name: "t",
  deployment: Buffer.from("kind: Deployment\n").toString("base64"),
};
const newEnvironment = { ...app, appSchemaId: 12, envName: "test", envType: 0, region: "cn-hangzhou", replicas: 1 };
const newService = { envId: 13, name: "n", serviceType: "NodePort", k8sServiceId: "n", portMappings };

/** One row for every action on apps, their parts and their traffic, played against the seed of `../platform-seed.ts`. */
export const appRows: readonly SdkRow[] = [
  { action: "CreateApp", valid: { ...newApp, userRoles }, required: "title", answers: { "result.appId": 1001 } },
  { action: "UpdateApp", valid: { ...app, userRoles }, required: "userRoles", answers: { "result.success": true } },
  { action: "ListApp", valid: {}, answers: { totalCount: 1, "data.0.appId": 11, "data.0.appStateType": "stateless" } },
  { action: "DescribeAppDetail", valid: app, required: "appId", answers: { "result.title": "storefront" } },
  { action: "DeleteAppDetail", valid: { ...app, force: true }, required: "appId", answers: { "result.success": true } },
  { action: "CreateEnvironment", valid: newEnvironment, required: "region", answers: { "result.appEnvId": 1001 } },
  {
    action: "UpdateEnvironment",
    valid: { ...app, appEnvId: 13, replicas: 3 },
    required: "appEnvId",
    answers: { "result.success": true },
  },
  {
    action: "ListAppEnvironment",
    valid: { ...app, ...pages },
    required: "pageSize",
    answers: { totalCount: 1, pageSize: 10, "data.0.envId": 13 },
  },
  {
    action: "DeleteAppEnvironment",
    valid: { ...app, envId: 13, force: true },
    required: "force",
    answers: { "result.success": true },
  },
  {
    action: "DescribeAppEnvironmentDetail",
    valid: { ...app, envId: 13 },
    required: "envId",
    answers: { "result.replicas": 2, "result.envName": "prod" },
  },
  { action: "CreateDeployConfig", valid: newConfig, required: "name", answers: { "result.schemaId": 1001 } },
  {
    action: "ListDeployConfig",
    valid: app,
    required: "appId",
    answers: { totalCount: 1, "data.0.id": 12, "data.0.containerCodePath.codePath": "/code" },
  },
  // The seeded config is in use, and the service says so.
  { action: "DeleteDeployConfig", valid: { schemaId: 12 }, required: "schemaId", answers: { code: 409 } },
  {
    action: "UpdateDeployConfig",
    valid: { ...app, id: 12, codePath: "" },
    required: "id",
    answers: { "result.success": true },
  },
  { action: "ListUsers", valid: pages, required: "pageNumber", answers: { totalCount: 2, "data.0.userId": "12345" } },
  { action: "CreateSlbAP", valid: newSlb, required: "slbId", answers: { success: true, "result.slbAPId": 1001 } },
  { action: "ModifySlbAP", valid: { slbAPId: 15, name: "b" }, required: "slbAPId", answers: { success: true } },
  { action: "DeleteSlbAP", valid: { slbAPId: 15 }, required: "slbAPId", answers: { success: true } },
  {
    action: "DescribeSlbAPDetail",
    valid: { slbAPId: 15 },
    required: "slbAPId",
    answers: { success: true, "result.appId": 11, "result.cookieTimeout": 60 },
  },
  {
    action: "ListSlbAPs",
    valid: { ...app, ...pages, protocolList: ["HTTP", "TCP"] },
    required: "appId",
    answers: { totalCount: 1, "data.0.slbAPId": 15, "data.0.networkMode": "intranet" },
  },
  { action: "CreateService", valid: newService, required: "k8sServiceId", answers: { "result.serviceId": 1001 } },
  {
    action: "ModifyService",
    valid: { serviceId: 14, portMappings },
    required: "serviceId",
    answers: { success: true },
  },
  { action: "DeleteService", valid: { serviceId: 14 }, required: "serviceId", answers: { success: true } },
  {
    action: "DescribeServiceDetail",
    valid: { serviceId: 14 },
    required: "serviceId",
    answers: { success: true, "result.portMappings.0.targetPort": "8080", "result.appId": 11 },
  },
  {
    action: "ListServices",
    valid: { ...app, ...pages },
    required: "pageNumber",
    answers: { totalCount: 1, "data.0.k8sServiceId": "web" },
  },
  {
    action: "CreateAppResourceAlloc",
    valid: { ...app, appEnvId: 13, clusterId: "c-2" },
    required: "clusterId",
    answers: { success: true, "result.id": 1001, "result.clusterId": "c-2" },
  },
  {
    action: "ListAppResourceAllocs",
    valid: pages,
    required: "pageSize",
    answers: { totalCount: 1, "data.0.clusterId": "c-1" },
  },
  { action: "DeleteAppResourceAlloc", valid: { appEnvId: 13 }, required: "appEnvId", answers: { success: true } },
  {
    action: "DescribeAppResourceAlloc",
    valid: { appEnvId: 13 },
    required: "appEnvId",
    answers: { success: true, "result.id": 16 },
  },
];
