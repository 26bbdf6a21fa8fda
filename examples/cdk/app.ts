// Two shops with a test and a live environment each: what differs between them is what is written down once.
import { App, AppResourceAlloc, DeployConfig, Environment, Manifests, Service, SlbAP } from "cairnctl/cdk";

/** What tells the shops apart. */
type Shop = { readonly name: string; readonly port: number; readonly certificate?: string };

const shops: readonly Shop[] = [
  { name: "orders", port: 8080, certificate: "1300001" },
  { name: "stock", port: 9090 },
];
const stages = ["test", "online"] as const;

/** The cluster belongs to another team: it is no construct of ours. */
const cluster = { id: "c4f1d0a2" };

function addShop(manifests: Manifests, { name, port, certificate }: Shop): void {
  const app = new App(manifests, name, {
    bizCode: "JST",
    language: "Java",
    operatingSystem: "Linux",
    serviceType: "GeneralApplication",
    userRoles: [{ roleName: "Owner", userId: "${var.owner}", userType: "TAOBAO" }],
  });
  for (const stage of stages) {
    const deployConfig = new DeployConfig(app, stage, { app, envType: stage, deployment: deployment(name, port) });
    const environment = new Environment(app, stage, {
      app,
      deployConfig,
      envType: stage,
      region: "cn-zhangjiakou",
      replicas: stage === "online" ? "${var.replicas}" : 1,
    });
    const alloc = new AppResourceAlloc(app, stage, { environment, cluster });
    const portMappings = [{ name: "http", protocol: "TCP", port: 80, targetPort: port }] as const;
    new Service(app, stage, { environment, serviceType: "ClusterIP", k8sServiceId: name, portMappings });
    if (stage === "online" && certificate !== undefined) addAccess(environment, alloc, port, certificate);
  }
}

/** What customers reach; the environment has to have its place in the cluster before. */
function addAccess(environment: Environment, alloc: AppResourceAlloc, port: number, sslCertId: string): void {
  new SlbAP(
    environment,
    "https",
    { environment, slbId: "lb-8vb1", protocol: "HTTPS", listenerPort: 443, realServerPort: port, sslCertId },
    { dependsOn: [alloc] },
  );
}

function deployment(name: string, port: number) {
  const ports = [{ containerPort: port }];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "app", image: `registry.example.com/${name}:1`, ports }] },
      },
    },
  };
}

export const manifests = new Manifests();
for (const shop of shops) addShop(manifests, shop);
