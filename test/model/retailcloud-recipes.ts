import fc from "fast-check";
import type { Fields, Value } from "../../src/core/values.ts";
import { mostly } from "./field-values.ts";
import { type Before, type Recipe, without } from "./recipe.ts";

const optional = <T extends Value>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });

/** Secrets never stand in a manifest; these are in the environment of every run. */
const password = fc.constantFrom("${env.PASSWORD_1}", "${env.PASSWORD_2}");

const image = fc.constantFrom("web:1", "web:2");
const workload = (kind: string) =>
  image.map((text) => ({
    ...{ apiVersion: "apps/v1", kind, metadata: { name: "web" } },
    spec: { template: { spec: { containers: [{ name: "web", image: text }] } } },
  }));
const configMap = fc.record({ name: fc.constantFrom("app", "log"), level: fc.constantFrom("info", "debug") }).map(
  ({ name, level }): Fields => ({
    ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name } },
    data: { "app.yml": `level: ${level}\n` },
  }),
);
const kubernetesSecret = fc.record({ name: fc.constantFrom("db", "api"), text: password }).map(
  ({ name, text }): Fields => ({
    ...{ apiVersion: "v1", kind: "Secret", metadata: { name } },
    stringData: { password: text },
  }),
);
const cronJob = fc.constantFrom("0 3 * * *", "0 4 * * *").map((schedule) => ({
  ...{ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "tidy" } },
  spec: { schedule },
}));
const named = (object: Fields): unknown => (object["metadata"] as Fields)["name"];
const objects = (one: fc.Arbitrary<Fields>) => optional(fc.uniqueArray(one, { maxLength: 2, selector: named }));

const mapping = fc.record({
  name: fc.constantFrom("http", "dns"),
  protocol: fc.constantFrom("TCP", "UDP"),
  port: fc.constantFrom(80, 53),
  targetPort: fc.constantFrom<Value>(8080, "dns"),
  nodePort: optional(fc.constantFrom(30_080, 30_081)),
}) as fc.Arbitrary<Fields>;

const role = fc.record({
  roleName: fc.constantFrom("Owner", "Dev"),
  userId: fc.constantFrom<Value>("9007199254740993", 7),
  userType: fc.constantFrom("TAOBAO", "DING_TALK"),
});

const machines = ["i-1", "i-2", "i-3", "i-4"];
const storageClass = fc.constantFrom("media", "scratch");
/** A cluster of this wish, or one that nobody of the emulator holds. */
const anyCluster = mostly<Value>(4, 0, 1, { id: "c-elsewhere" });

/** Every kind of RetailCloud. */
export const retailcloudRecipes: Readonly<Record<string, Recipe>> = {
  App: {
    names: ["shop", "blog"],
    most: 2,
    values: {
      userRoles: fc.uniqueArray(role, { minLength: 1, maxLength: 2, selector: ({ roleName }) => roleName }),
      stateType: mostly<Value | undefined>(6, undefined, "stateless", "stateful"),
      middleWareIds: optional(fc.constantFrom<Value>(["3"], ["3", "4"])),
    },
  },
  DeployConfig: {
    names: ["shop/first", "shop/second", "blog/first"],
    most: 3,
    values: {
      codePath: optional(fc.constantFrom("/srv/a", "/srv/b")),
      deployment: workload("Deployment"),
      statefulSet: workload("StatefulSet"),
      configMaps: objects(configMap),
      cronJob: fc.option(cronJob, { nil: undefined, freq: 3 }),
      secrets: objects(kubernetesSecret),
    },
    fit: (spec, { find }) =>
      without(spec, find("App", spec["app"])?.["stateType"] === "stateful" ? "deployment" : "statefulSet"),
  },
  Environment: {
    names: ["shop/prod", "shop/test", "blog/prod"],
    most: 3,
    values: {
      replicas: fc.oneof(fc.nat({ max: 2 }), fc.constant({ min: 1, max: 2 })),
      cluster: mostly<Value | undefined>(6, undefined, 0, { id: "c-elsewhere" }),
      region: mostly<Value>(6, "cn-zhangjiakou", "cn-beijing"),
    },
    fit: (spec, { find, all }) => {
      const configs = all("DeployConfig").filter((one) => one.spec["app"] === spec["app"]);
      const own = find("DeployConfig", spec["deployConfig"])?.["app"] === spec["app"];
      const config = own ? spec["deployConfig"] : configs[0]?.metadata.name;
      return config === undefined ? undefined : { ...spec, deployConfig: config };
    },
  },
  Cluster: {
    names: ["main", "spare"],
    most: 2,
    values: {
      password: mostly<Value>(6, "${env.PASSWORD_1}", "${env.PASSWORD_2}"),
      keyPair: mostly<Value | undefined>(6, undefined, "keys-1"),
      vswitchIds: mostly<Value>(6, ["vsw-1"], ["vsw-2", "vsw-1"]),
      podCidr: mostly<Value>(6, "172.20.0.0/16", "172.22.0.0/16"),
      serviceCidr: mostly<Value>(6, "172.23.0.0/20", "172.24.0.0/20"),
    },
    fit: (spec) =>
      without(
        spec,
        ...(spec["keyPair"] === undefined ? [] : ["password"]),
        ...(spec["clusterType"] === "Standard" ? [] : ["createWithLogIntegration"]),
      ),
  },
  AppResourceAlloc: { names: ["a", "b"], most: 2, values: { cluster: anyCluster } },
  Service: {
    names: ["shop/web", "shop/api", "blog/web"],
    most: 3,
    values: {
      k8sServiceId: fc.constantFrom("web", "api"),
      portMappings: fc.uniqueArray(mapping, { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
    },
    fit: (spec) => {
      if (spec["serviceType"] === "NodePort") return without(spec, "headless");
      const mappings = (spec["portMappings"] as readonly Fields[]).map((one) => without(one, "nodePort"));
      return { ...spec, portMappings: mappings };
    },
  },
  SlbAP: {
    names: ["shop/in", "shop/tls", "blog/in"],
    most: 3,
    values: {
      slbId: mostly<Value>(4, "lb-1", "lb-2"),
      listenerPort: fc.constantFrom(80, 443),
      realServerPort: fc.constantFrom(8080, 8081),
      establishedTimeout: fc.constantFrom(60, 900),
      cookieTimeout: fc.constantFrom(60, 3600),
      sslCertId: fc.constantFrom("cert-1", "cert-2"),
    },
    fit: (spec) => {
      const web = ["stickySession", "cookieTimeout"];
      const foreign: Readonly<Record<string, readonly string[]>> = {
        TCP: [...web, "sslCertId"],
        UDP: [...web, "sslCertId", "establishedTimeout"],
        HTTP: ["sslCertId", "establishedTimeout"],
        HTTPS: ["establishedTimeout"],
      };
      return without(spec, ...(foreign[String(spec["protocol"])] ?? []));
    },
  },
  ClusterNode: {
    names: ["main/1", "main/2", "spare/1"],
    most: 3,
    values: { instanceId: fc.constantFrom(...machines) },
  },
  NodeLabel: {
    names: ["role/web", "role/job", "zone/a"],
    most: 3,
    values: { labelKey: fc.constantFrom("label.jst.com/role", "label.jst.com/zone") },
  },
  NodeLabelBinding: { names: ["role/web", "role/job"], most: 2, fit: fittingBinding },
  PersistentVolume: {
    names: ["media", "scratch"],
    most: 2,
    values: {
      capacity: mostly<Value>(6, "10Gi", "20480Mi"),
      storageClass,
      mountDir: mostly<Value | undefined>(6, "/media", "/", undefined),
      nfsVersion: mostly<Value>(6, "4.0", 4, "3"),
    },
  },
  PersistentVolumeClaim: {
    names: ["shop/media", "shop/scratch"],
    most: 2,
    values: { capacity: mostly<Value>(6, "5Gi", "10Gi"), storageClass },
    fit: fittingClaim,
  },
  Database: {
    names: ["orders", "stock"],
    most: 2,
    values: {
      dbInstanceId: mostly<Value>(6, "rm-1", "rm-2"),
      characterSetName: mostly<Value>(6, "utf8mb4", "UTF8MB4", "gbk"),
      dbDescription: mostly<Value | undefined>(6, "订单", undefined, "orders"),
    },
  },
  RdsAccount: {
    names: ["web", "job"],
    most: 2,
    values: { dbInstanceId: mostly<Value>(6, "rm-1", "rm-2"), accountPassword: password },
  },
  DbGrant: {
    names: ["a", "b"],
    most: 2,
    fit: (spec, { find }) => {
      const account = find("RdsAccount", spec["account"]);
      const same = find("Database", spec["database"])?.["dbInstanceId"] === account?.["dbInstanceId"];
      return same && account?.["accountType"] !== "Super" ? spec : undefined;
    },
  },
  Rollout: {
    names: ["a", "b"],
    most: 2,
    values: {
      release: fc.constantFrom("2026.1", "2026.2", "2026.3"),
      packageUrl: optional(fc.constant("https://packages.example.com/web.jar")),
      packageId: optional(fc.constant("4711")),
      pause: fc.constant(undefined),
    },
    fit: (spec) => (spec["packageId"] === undefined ? spec : without(spec, "packageUrl")),
  },
};

/** A set of nodes is of the label's cluster, and a node carries one value of a key. */
function fittingBinding(spec: Fields, { find, all }: Before): Fields | undefined {
  const label = find("NodeLabel", spec["nodeLabel"]);
  const others = all("NodeLabelBinding").filter(
    (one) => find("NodeLabel", one.spec["nodeLabel"])?.["labelKey"] === label?.["labelKey"],
  );
  const taken = others.flatMap((one) => one.spec["instances"] as readonly Value[]);
  const chosen = new Set(spec["instances"] as readonly Value[]);
  const instances = [...chosen].filter(
    (node) => !taken.includes(node) && find("ClusterNode", node)?.["cluster"] === label?.["cluster"],
  );
  return instances.length === 0 ? undefined : { ...spec, instances };
}

/** A claim gets a volume of the cluster that its environment is allocated to, and nobody else gets that. */
function fittingClaim(spec: Fields, { find, all }: Before): Fields | undefined {
  const taken = all("PersistentVolumeClaim").map((one) => one.spec["storageClass"]);
  const pairs = all("Environment").flatMap(({ metadata: { name } }) => {
    const alloc = all("AppResourceAlloc").find((one) => one.spec["environment"] === name);
    const cluster = find("Environment", name)?.["cluster"] ?? alloc?.spec["cluster"];
    return all("PersistentVolume")
      .filter((one) => one.spec["cluster"] === cluster && !taken.includes(one.spec["storageClass"] ?? null))
      .map((volume) => ({ environment: name, volume: volume.spec }));
  });
  const chosen = pairs.find(({ environment }) => environment === spec["environment"]) ?? pairs[0];
  if (chosen === undefined) return undefined;
  const { accessModes = null, storageClass: word = null } = chosen.volume;
  return { ...spec, environment: chosen.environment, accessModes, storageClass: word };
}
