import type { Fields } from "../../../src/core/values.ts";
import { clusterSamples } from "./cluster-samples.ts";
import type { Ids, Samples } from "./kind-sample.ts";
import { rdsSamples } from "./rds-samples.ts";

const app = {
  bizCode: "JST",
  language: "Java",
  operatingSystem: "Linux",
  serviceType: "StoreApplication",
  userRoles: [
    { roleName: "Owner", userId: "9007199254740993", userType: "TAOBAO" },
    { roleName: "Dev", userId: 7, userType: "DINGDING_TALK" },
  ],
};

const container = { name: "web", image: "web:1", resources: { limits: { cpu: "1000m", memory: "1024Mi" } } };
const workload = { replicas: 1, template: { spec: { containers: [container] } } };
const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: workload };
const statefulSet = { ...deployment, kind: "StatefulSet" };

function configMap(name: string, text: string): Fields {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { "app.yml": text } };
}

const cronJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "tidy" },
  spec: { schedule: "0 3 * * *" },
};
const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "db" }, stringData: { password: "pässword" } };

const http = { name: "http", protocol: "TCP", port: 80, targetPort: 8080 };
const dns = { name: "dns", protocol: "UDP", port: 53, targetPort: "dns" };

const inEnvironment = [{ parent: "Environment", sample: "plain" }];
const environmentOf = (ids: Ids): string => ids["Environment/plain"] ?? "";

/** Specs of every kind, as the engine holds them before they are parsed; together they declare every attribute. */
export const samples: Samples = {
  ...clusterSamples,
  ...rdsSamples,
  App: {
    plain: {
      spec: () => ({ title: "plain", ...app }),
      changes: {
        description: "now described",
        bizTitle: "博客",
        language: "C#",
        operatingSystem: "Windows",
        serviceType: "GeneralApplication",
        userRoles: [{ roleName: "PE", userId: "1", userType: "DING_TALK" }],
        middleWareIds: ["3"],
      },
    },
    full: {
      spec: () => ({
        title: "full",
        ...app,
        bizTitle: "the blog *'()~!",
        description: "描述",
        stateType: "stateful",
        namespace: "blog",
        groupName: "blogs",
        middleWareIds: ["9007199254740993", "2"],
      }),
      changes: { description: undefined, bizTitle: "" },
    },
    stateful: { spec: () => ({ title: "stateful", ...app, stateType: "stateful" }) },
  },
  DeployConfig: {
    plain: {
      parents: [{ parent: "App", sample: "plain" }],
      spec: (ids) => ({ app: ids["App/plain"] ?? "", name: "web", envType: "test", deployment }),
      changes: {
        codePath: "/code",
        deployment: { ...deployment, spec: { ...workload, replicas: 3 } },
        configMaps: [configMap("a", "yes")],
        cronJob,
        secrets: [secret],
      },
    },
    full: {
      parents: [{ parent: "App", sample: "stateful" }],
      spec: (ids) => ({
        app: ids["App/stateful"] ?? "",
        name: "web",
        envType: "online",
        codePath: "/code",
        statefulSet,
        configMaps: [configMap("a", "profile: ${spring.profile}\nmode: 0644\n"), configMap("b", "on")],
        cronJob,
        secrets: [secret],
      }),
      changes: {
        codePath: undefined,
        statefulSet: { ...statefulSet, spec: { ...workload, replicas: 2 } },
        configMaps: [configMap("b", "off")],
        cronJob: { ...cronJob, spec: { schedule: "0 4 * * *" } },
        secrets: [{ ...secret, stringData: { password: "other" } }],
      },
    },
  },
  Environment: {
    plain: {
      parents: [{ parent: "DeployConfig", sample: "plain" }],
      spec: (ids) => ({
        app: ids["App/plain"] ?? "",
        deployConfig: ids["DeployConfig/plain"] ?? "",
        envName: "test",
        envType: "test",
        region: "cn-zhangjiakou",
        replicas: 2,
      }),
      changes: { replicas: 0 },
    },
    full: {
      parents: [{ parent: "DeployConfig", sample: "plain" }],
      spec: (ids) => ({
        app: ids["App/plain"] ?? "",
        deployConfig: ids["DeployConfig/plain"] ?? "",
        cluster: "c0123",
        envName: "prod",
        envType: "online",
        region: "cn-zhangjiakou",
        replicas: { min: 2, max: 4 },
      }),
      changes: { replicas: { min: 5, max: 6 } },
    },
  },
  AppResourceAlloc: {
    plain: { parents: inEnvironment, spec: (ids) => ({ environment: environmentOf(ids), cluster: "c0123" }) },
  },
  Service: {
    headless: {
      parents: inEnvironment,
      spec: (ids) => ({
        environment: environmentOf(ids),
        name: "web",
        serviceType: "ClusterIP",
        k8sServiceId: "web-headless",
        headless: true,
        portMappings: [http],
      }),
      changes: { name: "网", portMappings: [{ ...http, port: 81 }, dns] },
    },
    nodePort: {
      parents: inEnvironment,
      spec: (ids) => ({
        environment: environmentOf(ids),
        name: "web",
        serviceType: "NodePort",
        k8sServiceId: "web",
        portMappings: [{ ...http, nodePort: 30080 }, dns],
      }),
      changes: { portMappings: [{ ...http, nodePort: 30081 }] },
    },
  },
  SlbAP: {
    tcp: {
      parents: inEnvironment,
      spec: (ids) => ({
        environment: environmentOf(ids),
        name: "tcp",
        slbId: "lb-1",
        protocol: "TCP",
        listenerPort: 80,
        realServerPort: 8080,
        establishedTimeout: 60,
      }),
      changes: { name: "other", realServerPort: 8081, establishedTimeout: 900 },
    },
    https: {
      parents: inEnvironment,
      spec: (ids) => ({
        environment: environmentOf(ids),
        name: "https",
        slbId: "lb-1",
        protocol: "HTTPS",
        listenerPort: 443,
        realServerPort: 8080,
        stickySession: true,
        cookieTimeout: 3600,
        sslCertId: "cert-1",
      }),
      changes: { stickySession: false, cookieTimeout: 60, sslCertId: "cert-2" },
    },
    unstuck: {
      parents: inEnvironment,
      spec: (ids) => ({
        environment: environmentOf(ids),
        name: "http",
        slbId: "lb-1",
        protocol: "HTTP",
        listenerPort: 8080,
        realServerPort: 8080,
        stickySession: true,
        cookieTimeout: 60,
      }),
      changes: { stickySession: undefined },
    },
  },
};
