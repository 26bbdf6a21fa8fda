import { refs } from "./life-seed.ts";
import { by, type Story } from "./life-story.ts";

const wish = { packageUrl: undefined, packageId: "9007199254740993", partitions: 1, arms: true, description: "second" };
const http = { name: "http", protocol: "TCP", port: 80, targetPort: 8080 };

/** Environments, what leads to them, and what they run. */
export const environmentStories: Readonly<Record<string, Story>> = {
  Environment: {
    id: by("EnvId"),
    spec: {
      ...{ app: refs.app, deployConfig: refs.config, envName: "prod", envType: "online", region: "cn-zhangjiakou" },
      ...{ replicas: 2, cluster: refs.cluster },
    },
    fields: {
      deployConfig: { update: refs.otherConfig },
      replicas: { update: { min: 3, max: 5 } },
      envType: { replace: "test" },
      region: { replace: "cn-hangzhou" },
      envName: { replace: "live" },
      app: { replace: refs.otherApp, along: { deployConfig: refs.configOfOther } },
      cluster: {
        replace: refs.otherCluster,
        kept: { ClusterId: "c-2" },
        keptIn: "AppResourceAlloc",
        unset: "replaces",
      },
    },
  },
  AppResourceAlloc: {
    id: by("Id"),
    spec: { environment: refs.environment, cluster: refs.cluster },
    fields: {
      cluster: { replace: refs.otherCluster },
      environment: { replace: refs.otherEnvironment },
    },
  },
  Service: {
    id: by("ServiceId"),
    spec: {
      ...{ environment: refs.environment, name: "web", serviceType: "NodePort", k8sServiceId: "web" },
      portMappings: [
        { ...http, nodePort: 30080 },
        { ...http, name: "admin", port: 81 },
      ],
    },
    fields: {
      name: { update: "网" },
      portMappings: { update: [{ ...http, nodePort: 30081, port: 8080, protocol: "UDP", targetPort: "web" }] },
      serviceType: { replace: "ClusterIP", along: { portMappings: [http] } },
      headless: { replace: true, unset: "replaces" },
      k8sServiceId: { replace: "web-2" },
      environment: { replace: refs.otherEnvironment },
    },
  },
  SlbAP: {
    id: by("SlbAPId"),
    spec: {
      ...{ environment: refs.environment, name: "shop", slbId: "lb-1", protocol: "TCP", listenerPort: 80 },
      ...{ realServerPort: 8080, establishedTimeout: 60 },
    },
    fields: {
      name: { update: "other" },
      realServerPort: { update: 8081 },
      establishedTimeout: { update: 900, unset: "is refused" },
      listenerPort: { replace: 443 },
      slbId: { replace: "lb-2" },
      environment: { replace: refs.otherEnvironment },
      protocol: { replace: "HTTPS", along: { establishedTimeout: undefined, sslCertId: "cert-1" } },
      stickySession: { given: { cookieTimeout: 60 }, update: true, unset: "clears" },
      cookieTimeout: { update: 3600, unset: "is refused" },
      sslCertId: { update: "cert-2", unset: "is refused" },
    },
  },
  Rollout: {
    ...{ id: by("EnvId"), stays: true },
    spec: { environment: refs.environment, release: "v1", packageUrl: "https://example.com/web.jar" },
    fields: {
      packageUrl: { carry: "https://example.com/web-2.jar", unset: "is carried" },
      packageId: { carry: "9007199254740993", along: { packageUrl: undefined }, unset: "is carried" },
      containerImages: { carry: ["web:2"], unset: "is carried" },
      initContainerImages: { carry: ["init:2"], unset: "is carried" },
      updateStrategyType: { carry: "rolling", unset: "is carried" },
      partitions: { carry: 1, unset: "is carried" },
      pause: { carry: "first", unset: "is carried" },
      arms: { carry: true, unset: "is carried" },
      description: { carry: "second", unset: "is carried" },
      onFailure: { carry: "close", unset: "is carried" },
      release: {
        update: "v2",
        along: { containerImages: ["web:2"], initContainerImages: ["init:2"], updateStrategyType: "rolling", ...wish },
        kept: {
          ...{ Name: "v2", DeployPacketId: "9007199254740993", ContainerImageList: ["web:2"], TotalPartitions: 1 },
          ...{
            InitContainerImageList: ["init:2"],
            UpdateStrategyType: "rolling",
            ArmsFlag: true,
            Description: "second",
          },
        },
      },
      environment: { replace: refs.otherEnvironment },
    },
  },
  PersistentVolumeClaim: {
    id: by("PersistentVolumeClaimId"),
    spec: {
      ...{ environment: refs.allocated, name: "media", capacity: "1024Mi", accessModes: "ReadWriteMany" },
      storageClass: "media",
    },
    fields: {
      capacity: { replace: "2Gi" },
      accessModes: { replace: "ReadWriteOnce" },
      storageClass: { replace: "logs" },
      name: { replace: "logs" },
      environment: { replace: refs.otherAllocated },
    },
  },
};
