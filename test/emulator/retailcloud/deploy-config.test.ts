import { load } from "js-yaml";
import { expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { APP, base64, SEED } from "../seed.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # a comment
  labels: { tier: front }
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: web
          image: "registry/web:1"
          ports: [{ containerPort: 8080 }, 9090]
        - plain
`;

const configMap = (name: string, value: string) =>
  base64(`kind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n  key: ${value}\n`);

/** The Kubernetes objects of config 12, parsed. */
async function objects({ ask }: Cloud, id = "12"): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await ask("ListDeployConfig", { AppId: "11", Id: id });
  const conf = rows[0]?.["ContainerYamlConf"];
  const parsed = (text: unknown) => (Array.isArray(text) ? text.map((one) => load(String(one))) : load(String(text)));
  return Object.fromEntries(Object.entries(conf ?? {}).map(([name, text]) => [name, parsed(text)]));
}

const update = (it: Cloud, params: object) => it.call("UpdateDeployConfig", { AppId: "11", Id: "12", ...params });

test("a Deployment goes in as base64 and comes back as the cluster completed it", async () => {
  const it = cloud({ seed: SEED });
  await update(it, { Deployment: base64(DEPLOYMENT) });
  expect(it.emulator.state()["retailcloud"]?.["DeployConfig"]).toMatchObject([{ Deployment: DEPLOYMENT }]);
  expect((await objects(it))["Deployment"]).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default", labels: { tier: "front", "retailcloud.emulator/app": "11" } },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: {
        spec: {
          restartPolicy: "Always",
          terminationGracePeriodSeconds: 30,
          dnsPolicy: "ClusterFirst",
          containers: [
            {
              name: "web",
              image: "registry/web:1",
              imagePullPolicy: "IfNotPresent",
              ports: [{ containerPort: 8080, protocol: "TCP" }, 9090],
            },
            "plain",
          ],
        },
      },
    },
  });
});

test("other kinds get their defaults, what is declared stays, and the app's namespace is used", async () => {
  const it = cloud();
  await it.ask("CreateApp", { ...APP, StateType: "2", Namespace: "shop" });
  const declared = {
    StatefulSet: base64(
      "kind: StatefulSet\nspec: { revisionHistoryLimit: 3, template: { spec: { dnsPolicy: None } } }",
    ),
    CronJob: base64("kind: CronJob\nspec: { concurrencyPolicy: Forbid }"),
    "SecretList.1": base64("kind: Secret\nmetadata: { namespace: own }"),
    "ConfigMapList.1": base64("data: { a: b }"),
  };
  await it.ask("CreateDeployConfig", { AppId: "1001", EnvType: "test", Name: "t", ...declared });
  const { rows } = await it.ask("ListDeployConfig", { AppId: "1001" });
  expect(rows).toMatchObject([{ Id: 1002n, Name: "t", EnvType: "test", AppId: 1001n }]);
  const labels = { "retailcloud.emulator/app": "1001" };
  const metadata = { namespace: "shop", labels };
  const conf = Object.entries(rows[0]?.["ContainerYamlConf"] ?? {});
  const parsed = Object.fromEntries(conf.map(([name, text]) => [name, load(String(text))]));
  expect(parsed).toEqual({
    StatefulSet: {
      kind: "StatefulSet",
      metadata,
      spec: {
        revisionHistoryLimit: 3,
        podManagementPolicy: "OrderedReady",
        template: { spec: { restartPolicy: "Always", terminationGracePeriodSeconds: 30, dnsPolicy: "None" } },
      },
    },
    CronJob: { kind: "CronJob", metadata, spec: { concurrencyPolicy: "Forbid" } },
    SecretList: { kind: "Secret", type: "Opaque", metadata: { namespace: "own", labels } },
    ConfigMapList: { data: { a: "b" }, metadata },
  });
});

test("the cluster reads YAML 1.1: what was not quoted comes back changed", async () => {
  const it = cloud({ seed: SEED });
  const text =
    'kind: ConfigMap\ndata: { mode: 0644, on: yes, quoted: "0644", text: "yes", url: "${db.url}", day: 2026-01-01 }';
  await update(it, { "ConfigMapList.1": base64(text) });
  expect(await objects(it)).toMatchObject({
    ConfigMapList: [
      { data: { mode: 420, true: true, quoted: "0644", text: "yes", url: "${db.url}", day: "2026-01-01" } },
    ],
  });
});

test("a list of config maps replaces the stored one, and its absence keeps it", async () => {
  const it = cloud({ seed: SEED });
  await update(it, { "ConfigMapList.1": configMap("a", "1"), "ConfigMapList.2": configMap("b", "2") });
  await update(it, { CodePath: "/elsewhere" });
  expect(await objects(it)).toMatchObject({ ConfigMapList: [{ data: { key: 1 } }, { data: { key: 2 } }] });
  await update(it, { "ConfigMapList.1": configMap("c", "3") });
  expect(await objects(it)).toMatchObject({ ConfigMapList: [{ metadata: { name: "c" } }] });
  expect((await objects(it))["ConfigMapList"]).toHaveLength(1);
});

test("the deprecated single config map is read back among the list as well", async () => {
  const it = cloud({ seed: SEED });
  await update(it, { ConfigMap: configMap("old", "1") });
  expect(await objects(it)).toMatchObject({
    ConfigMap: { metadata: { name: "old" } },
    ConfigMapList: [{ metadata: { name: "old" } }],
  });
});

test("an empty code path clears it, an absent one keeps it", async () => {
  const it = cloud({ seed: SEED });
  const path = async () => (await it.ask("ListDeployConfig", { AppId: "11" })).rows[0]?.["ContainerCodePath"];
  await update(it, {});
  expect(await path()).toEqual({ CodePath: "/code" });
  await update(it, { CodePath: "" });
  expect(await path()).toBeUndefined();
});

test.each([
  [{ Deployment: base64("kind: Deployment"), StatefulSet: base64("kind: StatefulSet") }, /exclude each other/],
  [{ StatefulSet: base64("kind: StatefulSet") }, /a stateless app takes a Deployment/],
  [{ Deployment: base64("kind: StatefulSet") }, /Deployment holds an object of kind StatefulSet/],
  [{ Deployment: base64("- a list") }, /Deployment is not a Kubernetes object/],
  [{ Deployment: base64("a: [") }, /Deployment is not YAML: /],
  [{ Deployment: "" }, /Deployment is not YAML: /],
  [{ "ConfigMapList.1": base64("kind: Secret") }, /ConfigMap holds an object of kind Secret/],
  [{ "SecretList.1": base64("text") }, /Secret is not a Kubernetes object/],
])("an update with %j is refused, and changes nothing", async (params, told) => {
  const it = cloud({ seed: SEED });
  const before = it.emulator.state();
  const answer = await update(it, params);
  expect(complaint(answer)).toMatch(told);
  expect(complaint(answer)).toMatch(/^200 400: /);
  expect(it.emulator.state()).toEqual(before);
});

test("a stateful app takes no Deployment", async () => {
  const { ask, call } = cloud();
  await ask("CreateApp", { ...APP, StateType: "2" });
  const params = { AppId: "1001", EnvType: "test", Name: "n", Deployment: base64("kind: Deployment") };
  expect(complaint(await call("CreateDeployConfig", params))).toBe("200 400: a stateful app takes a StatefulSet");
});

test("a config that an environment uses is not deleted, one that nobody uses is", async () => {
  const { ask, call } = cloud({ seed: SEED });
  expect(complaint(await call("DeleteDeployConfig", { SchemaId: "12" }))).toBe(
    "200 409: deploy config 12 is used by environment 13",
  );
  await ask("CreateDeployConfig", { AppId: "11", EnvType: "test", Name: "t" });
  await ask("DeleteDeployConfig", { SchemaId: "1001" });
  expect((await ask("ListDeployConfig", { AppId: "11" })).total).toBe(1);
});

test("a list is narrowed by type, id and part of the name", async () => {
  const { ask } = cloud({ seed: SEED });
  await ask("CreateDeployConfig", { AppId: "11", EnvType: "test", Name: "online-too" });
  const ids = async (filter: object) =>
    (await ask("ListDeployConfig", { AppId: "11", ...filter })).rows.map((row) => row["Id"]);
  expect(await ids({})).toEqual([12n, 1001n]);
  expect(await ids({ EnvType: "test" })).toEqual([1001n]);
  expect(await ids({ Id: "12" })).toEqual([12n]);
  expect(await ids({ Name: "online" })).toEqual([12n, 1001n]);
  expect(await ids({ Name: "too" })).toEqual([1001n]);
});

test("a seeded text that is no object is shown as it is", async () => {
  const [config] = SEED.retailcloud.DeployConfig;
  const DeployConfig = [{ ...config, Deployment: "a: [", ConfigMapList: ["text"] }];
  const { ask } = cloud({ seed: { retailcloud: { ...SEED.retailcloud, DeployConfig } } });
  expect((await ask("ListDeployConfig", { AppId: "11" })).rows).toMatchObject([
    { ContainerYamlConf: { Deployment: "a: [", ConfigMapList: ["text"] } },
  ]);
});

test("an object full of aliases is refused", async () => {
  const aliases = Array.from({ length: 101 }, () => "*a").join(", ");
  const answer = await update(cloud({ seed: SEED }), { Deployment: base64(`a: &a 1\nb: [${aliases}]`) });
  expect(complaint(answer)).toMatch(/^200 400: Deployment is not YAML: /);
});
