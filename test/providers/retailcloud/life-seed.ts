/** What the objects of the stories stand on; nobody manages it. */
export const seed = {
  retailcloud: {
    App: [app("11", "first", 1), app("12", "second", 1), app("13", "third", 2)],
    DeployConfig: [config("21", "11"), config("22", "11"), config("23", "12")],
    Environment: ["31", "32", "34", "35"].map(environment),
    Cluster: ["c-1", "c-2", "c-3"].map(cluster),
    AppResourceAlloc: ["34", "35"].map((AppEnvId) => ({ Id: `7${AppEnvId}`, AppEnvId, AppId: "11", ClusterId: "c-3" })),
    // Free volumes for each claim that comes anew: a Released one is never bound again.
    PersistentVolume: [
      ...Array(3).fill(["media", "ReadWriteMany"]),
      ...Array(4).fill(["media", "ReadWriteOnce"]),
      ...Array(4).fill(["logs", "ReadWriteOnce"]),
    ].map(volume),
    ClusterNode: ["i-1", "i-2", "i-3"].map((InstanceId, index) => node(51 + index, InstanceId)),
    NodeLabel: ["web", "job"].map((LabelValue, index) => label(61 + index, LabelValue)),
  },
};

/** References to that, as manifests write them. */
export const refs = {
  app: { id: "11" },
  otherApp: { id: "12" },
  statefulApp: { id: "13" },
  config: { id: "21", app: { id: "11" } },
  otherConfig: { id: "22", app: { id: "11" } },
  configOfOther: { id: "23", app: { id: "12" } },
  environment: { id: "31", app: { id: "11" } },
  otherEnvironment: { id: "32", app: { id: "11" } },
  allocated: { id: "34", app: { id: "11" } },
  otherAllocated: { id: "35", app: { id: "11" } },
  cluster: { id: "c-1" },
  otherCluster: { id: "c-2" },
  label: { id: "c-1/label.jst.com/role=web", cluster: { id: "c-1" } },
  otherLabel: { id: "c-1/label.jst.com/role=job", cluster: { id: "c-1" } },
  nodes: ["i-1", "i-2", "i-3"].map((id) => ({ id, cluster: { id: "c-1" } })),
};

/** The secrets of the stories, as environment variables. */
export const secrets = { FIRST: "First-secret-1!", SECOND: "Second-secret-2!" };

function app(AppId: string, Title: string, StateType: number) {
  const words = { BizCode: "JST", Language: "Java", OperatingSystem: "Linux", ServiceType: "StoreApplication" };
  return { AppId, Title, StateType, ...words };
}

function config(SchemaId: string, AppId: string) {
  return { SchemaId, AppId, Name: `config-${SchemaId}`, EnvType: "online" };
}

function volume([StorageClass, AccessModes]: string[], index: number) {
  const place = {
    ClusterInstanceId: "c-3",
    MountTargetDomain: "nas.example",
    NFSVersion: "3",
    ReclaimPolicy: "Retain",
  };
  return { PersistentVolumeId: 801 + index, Name: `v-${index}`, Capacity: "10Gi", StorageClass, AccessModes, ...place };
}

function environment(EnvId: string) {
  const place = { AppId: "11", AppSchemaId: "21" };
  return { EnvId, ...place, EnvName: `env-${EnvId}`, EnvType: 1, Region: "cn-zhangjiakou", Replicas: 1 };
}

function cluster(ClusterInstanceId: string, index: number) {
  const words = { BusinessCode: "JST", ClusterEnvType: "PRO", ClusterType: "Serverless", KeyPair: "ops" };
  const place = { RegionId: "cn-zhangjiakou", VpcId: "vpc-1", Vswitchids: ["vsw-1"] };
  return { Id: 41 + index, ClusterInstanceId, ClusterTitle: `title of ${ClusterInstanceId}`, ...words, ...place };
}

function node(Id: number, InstanceId: string) {
  return { Id, ClusterInstanceId: "c-1", InstanceId };
}

function label(Id: number, LabelValue: string) {
  return { Id, ClusterId: "c-1", LabelKey: "label.jst.com/role", LabelValue };
}
