import type { Fields } from "../../../src/core/values.ts";
import { refs } from "./life-seed.ts";
import { by, type Story } from "./life-story.ts";

const container = { name: "web", image: "web:1", resources: { limits: { cpu: "1000m", memory: "1024Mi" } } };
const deployment = workload("Deployment", 1);
const statefulSet = workload("StatefulSet", 1);
const cronJob = job("0 3 * * *");

/** Apps and their deploy configs. */
export const appStories: Readonly<Record<string, Story>> = {
  App: {
    id: by("AppId"),
    spec: {
      ...{ title: "blog", bizCode: "JST", language: "Java", operatingSystem: "Linux", bizTitle: "博客" },
      ...{ serviceType: "StoreApplication", description: "first", namespace: "blog", groupName: "blogs" },
      middleWareIds: ["3", "9007199254740993"],
      userRoles: [{ roleName: "Owner", userId: "1", userType: "TAOBAO" }],
    },
    fields: {
      language: { update: "PHP" },
      operatingSystem: { update: "Windows" },
      serviceType: { update: "GeneralApplication" },
      userRoles: { update: [{ roleName: "PE", userId: "9007199254740993", userType: "DING_TALK" }] },
      bizTitle: { update: "the blog *'()~!", unset: "clears" },
      description: { update: "描述", unset: "clears" },
      middleWareIds: { update: ["2"], kept: { MiddleWareIdList: ["2"] }, unset: "is refused" },
      bizCode: { replace: "SUPPLY" },
      stateType: { replace: "stateful", unset: "replaces" },
      namespace: { replace: "blog-2", kept: { Namespace: "blog-2" }, unset: "replaces" },
      groupName: { replace: "others", kept: { GroupName: "others" }, unset: "replaces" },
      title: { replace: "journal" },
    },
  },
  DeployConfig: {
    id: by("SchemaId"),
    spec: {
      ...{ app: refs.app, name: "web", envType: "test", codePath: "/code", deployment, cronJob },
      ...{ configMaps: [configMap("a", "yes"), configMap("b", "0644")], secrets: [secretObject("${env.FIRST}")] },
    },
    fields: {
      codePath: { update: "/other", unset: "clears" },
      deployment: { update: workload("Deployment", 3), unset: "is refused" },
      cronJob: { update: job("0 4 * * *"), unset: "is refused" },
      configMaps: { update: [configMap("b", "profile: $${spring.profile}")], unset: "replaces" },
      secrets: { update: [secretObject("${env.SECOND}")], unset: "replaces" },
      envType: { replace: "online" },
      name: { replace: "worker" },
      app: { replace: refs.otherApp },
      statefulSet: {
        given: { app: refs.statefulApp, deployment: undefined, statefulSet },
        ...{ update: workload("StatefulSet", 2), unset: "is refused" },
      },
    },
  },
};

function workload(kind: string, replicas: number): Fields {
  const spec = { replicas, template: { spec: { containers: [container] } } };
  return { apiVersion: "apps/v1", kind, metadata: { name: "web" }, spec };
}

function job(schedule: string): Fields {
  return { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "tidy" }, spec: { schedule } };
}

function configMap(name: string, text: string): Fields {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { "app.yml": text } };
}

function secretObject(password: string): Fields {
  return { apiVersion: "v1", kind: "Secret", metadata: { name: "db" }, stringData: { password } };
}
