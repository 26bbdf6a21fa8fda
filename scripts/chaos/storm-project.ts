import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many objects stand in the manifests of one app. */
export const objectsPerApp = 10;

/** Writes a project of so many apps, each with its deploy configs, environments, services and its listener. */
export function writeStormProject(folder: string, url: string, apps: number, pace: number): void {
  mkdirSync(join(folder, "manifests"), { recursive: true });
  const retailcloud = {
    region: "cn-zhangjiakou",
    endpoint: url,
    accessKeyId: "${env.KEY}",
    accessKeySecret: "${env.SECRET}",
  };
  const config = { project: "storm", manifests: ["manifests/*.yaml"], pace, providers: { retailcloud } };
  writeFileSync(join(folder, "cairn.yaml"), JSON.stringify(config));
  for (let number = 0; number < apps; number += 1) {
    const documents = appWithAll(`app-${number}`, number).map((one) => JSON.stringify(one));
    writeFileSync(join(folder, "manifests", `app-${number}.yaml`), documents.join("\n---\n"));
  }
}

/** What the project takes from the environment. */
export const stormKeys = { KEY: "cairn", SECRET: "cairn-secret" };

function document(kind: string, name: string, spec: object): object {
  return { apiVersion: "retailcloud/v1", kind, metadata: { name }, spec };
}

function appWithAll(app: string, number: number): readonly object[] {
  const environments = ["online", "canary", "test"].map((name) => {
    const envType = name === "test" ? "test" : "online";
    return { path: `${app}/${name}`, envType };
  });
  const owner = { roleName: "Owner", userId: "2201547836901", userType: "TAOBAO" };
  const software = { language: "Java", operatingSystem: "Linux", serviceType: "GeneralApplication" };
  return [
    document("App", app, { bizCode: "JST", ...software, description: `the app ${app}`, userRoles: [owner] }),
    ...["online", "test"].map((envType) =>
      document("DeployConfig", `${app}/${envType}`, { app, envType, codePath: "/home/admin/app.jar" }),
    ),
    ...environments.map(({ path, envType }) =>
      document("Environment", path, {
        ...{ app, deployConfig: `${app}/${envType}`, envType },
        ...{ region: "cn-zhangjiakou", replicas: 2 },
      }),
    ),
    ...environments.map(({ path }) =>
      document("Service", path, {
        ...{ environment: path, serviceType: "ClusterIP", k8sServiceId: path.replace("/", "-") },
        portMappings: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080 }],
      }),
    ),
    document("SlbAP", `${app}/http`, {
      ...{ environment: `${app}/online`, slbId: `lb-8vb1storm${number}`, protocol: "HTTP" },
      ...{ listenerPort: 80, realServerPort: 8080 },
    }),
  ];
}
