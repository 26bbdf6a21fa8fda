import { beforeEach, describe, expect, it } from "vitest";
import { defineAction, names } from "../../../providers/retailcloud/action.ts";
import type { RetailCloud } from "../../../providers/retailcloud/client.ts";
import type { Scope } from "../../../src/core/kind.ts";
import type { Fields } from "../../../src/core/values.ts";
import { createEmulator, type Emulator } from "../../../src/emulator/index.ts";
import { samples } from "./kind-samples.ts";
import { kindNamed, resolved, trial } from "./kind-trial.ts";
import { rejection, retail } from "./retail-world.ts";

const deploy = defineAction({
  name: "DeployApp",
  method: "POST",
  mutating: true,
  query: names("EnvId Name TotalPartitions"),
});

describe.each(["sdk", "manual"] as const)("what the cloud declines, in the style %s", (wire) => {
  let emulator: Emulator;
  let api: RetailCloud;

  beforeEach(async () => {
    emulator = createEmulator({ wire });
    api = await retail(emulator.fetch);
  });

  async function make(kind: string, spec: Fields, scope: Scope): Promise<string> {
    const id = await trial(api, kindNamed(kind), scope).create(spec);
    emulator.advance(60_000);
    return id;
  }

  function sampleOf(kind: string, name: string, ids: Readonly<Record<string, string>>): Fields {
    return samples[kind]?.[name]?.spec(ids) ?? {};
  }

  const cluster = (): Promise<string> => make("Cluster", sampleOf("Cluster", "plain", {}), {});
  const sent = (): readonly string[] => emulator.calls().map(({ action }) => action);

  async function environment() {
    const app = await make("App", sampleOf("App", "plain", {}), {});
    const ids = { "App/plain": app };
    const config = await make("DeployConfig", sampleOf("DeployConfig", "plain", ids), { app });
    const spec = sampleOf("Environment", "plain", { ...ids, "DeployConfig/plain": config });
    return { app, id: await make("Environment", spec, { app }) };
  }

  it("an environment that still runs is taken offline, and then deleted", async () => {
    const { app, id } = await environment();
    await api.call(deploy, { EnvId: id, Name: "1", TotalPartitions: 1 });
    emulator.advance(600_000);
    emulator.clearCalls();
    const environments = trial(api, kindNamed("Environment"), { app });
    await environments.remove(id);
    expect(sent().slice(1)).toEqual([
      ...["DeleteAppEnvironment", "ListAppInstance", "OfflineAppEnvironment", "DeleteAppEnvironment"],
    ]);
    expect(emulator.calls().at(-2)?.params).toMatchObject({ DeletePvc: "false" });
    expect(await environments.read(id)).toBeUndefined();
  });

  it("an environment that does not run is not taken offline, whatever else keeps it", async () => {
    const { app, id } = await environment();
    await make("Service", sampleOf("Service", "headless", { "Environment/plain": id }), { "environment.app": app });
    emulator.clearCalls();
    const fault = await rejection(trial(api, kindNamed("Environment"), { app }).remove(id));
    expect(fault).toMatchObject({ code: "E_CLOUD" });
    expect(String(fault)).toContain("DeleteAppEnvironment");
    expect(sent()).not.toContain("OfflineAppEnvironment");
  });

  it("machines that have left their cluster do not keep the others in it", async () => {
    const id = await cluster();
    const kind = kindNamed("ClusterNode");
    const removal = (instanceId: string) => ({ id: instanceId, spec: {}, scope: { cluster: id }, force: false });
    const creation = (instanceId: string) => ({
      spec: { cluster: id, instanceId },
      scope: { cluster: id },
      targets: () => [],
    });
    const made = await kind.createMany?.(api, ["a", "b", "c"].map(creation));
    expect(made?.map((one) => one.id)).toEqual(["a", "b", "c"]);
    await kind.remove?.(api, removal("b"));
    emulator.clearCalls();
    await kind.removeMany?.(api, ["a", "b"].map(removal));
    expect(sent()).toEqual(["RemoveClusterNode", "ListClusterNode", "RemoveClusterNode"]);
    expect((await kind.list(api, { cluster: id })).map((live) => live.id)).toEqual(["c"]);
    await kind.removeMany?.(api, ["a", "b"].map(removal));
    await kind.createMany?.(api, []);
    await kind.removeMany?.(api, []);
    emulator.setFaults({ seed: 1, rules: [{ match: { action: "RemoveClusterNode" }, effect: "refused" }] });
    expect(await rejection(kind.remove?.(api, removal("c")) ?? Promise.resolve())).toMatchObject({ code: "E_REFUSED" });
  });

  it("a label that a binding made before is content with that", async () => {
    const id = await cluster();
    const label = sampleOf("NodeLabel", "plain", { "Cluster/plain": id });
    const labelId = kindNamed("NodeLabel").identity(label);
    const scope = { "nodeLabel.cluster": id };
    await make("NodeLabelBinding", { nodeLabel: labelId, instances: ["i-1", "i-2"] }, scope);
    const labels = trial(api, kindNamed("NodeLabel"), { cluster: id });
    expect(await labels.create(label)).toBe(labelId);
    expect((await labels.list())[0]?.facts).toEqual({ nodes: ["i-1", "i-2"] });
    expect(await rejection(labels.remove(labelId))).toMatchObject({ code: "E_CLOUD" });
    await labels.remove(labelId, true);
    expect(await labels.list()).toEqual([]);
    expect(await trial(api, kindNamed("NodeLabelBinding"), scope).list()).toEqual([]);
  });

  it("a node that lost its label by other hands does not stop its set from changing", async () => {
    const id = await cluster();
    const label = sampleOf("NodeLabel", "plain", { "Cluster/plain": id });
    const nodeLabel = await make("NodeLabel", label, { cluster: id });
    const sets = trial(api, kindNamed("NodeLabelBinding"), { "nodeLabel.cluster": id });
    const set = await sets.create({ nodeLabel, instances: ["a", "b", "c"] });
    const before = await sets.see(set);
    await sets.update(set, before, { nodeLabel, instances: ["a", "c"] }, "instances");
    emulator.clearCalls();
    await sets.update(set, before, { nodeLabel, instances: ["c", "d"] }, "instances");
    expect((await sets.see(set))["instances"]).toEqual(["c", "d"]);
    const changing = emulator.calls().filter(({ action }) => !action.startsWith("List"));
    expect(changing.map(({ action, params }) => `${action} ${params["InstanceId"]}`)).toEqual([
      ...["BindNodeLabel d", "UnbindNodeLabel a", "UnbindNodeLabel b"],
    ]);
    await sets.remove(set);
    expect(await sets.read(set)).toBeUndefined();
    expect(await sets.list()).toEqual([]);
  });

  it.each([
    ["PersistentVolume", "plain"],
    ["PersistentVolumeClaim", "unbound"],
    ["Database", "plain"],
    ["NodeLabel", "plain"],
  ])("a %s that has gone already is gone", async (kind, name) => {
    const { app, id } = await environment();
    const ids = { "Cluster/plain": await cluster(), "Environment/plain": id };
    const scope = { cluster: ids["Cluster/plain"], environment: id, "environment.app": app, dbInstanceId: "rm-1" };
    const spec = resolved(kindNamed(kind), sampleOf(kind, name, ids));
    const made = await make(kind, spec, scope);
    const removal = { id: made, spec, scope, force: false };
    await kindNamed(kind).remove?.(api, removal);
    await kindNamed(kind).remove?.(api, removal);
    emulator.advance(60_000);
    await kindNamed(kind).remove?.(api, removal);
    expect(await kindNamed(kind).list(api, scope)).toEqual([]);
  });

  it("a cluster that is being deleted is not deleted again, and one that stays says why", async () => {
    const id = await cluster();
    const removal = { id, spec: {}, scope: {}, force: false };
    const { id: env, app } = await environment();
    const alloc = trial(api, kindNamed("AppResourceAlloc"), { "environment.app": app });
    const held = await alloc.create({ environment: env, cluster: id });
    const fault = await rejection(kindNamed("Cluster").remove?.(api, removal) ?? Promise.resolve());
    expect(fault).toMatchObject({ code: "E_CLOUD" });
    await alloc.remove(held);
    await kindNamed("Cluster").remove?.(api, removal);
    await kindNamed("Cluster").remove?.(api, removal);
    emulator.advance(60_000);
    await kindNamed("Cluster").remove?.(api, removal);
    expect(await kindNamed("Cluster").list(api, {})).toEqual([]);
  });

  it("a volume goes with its claim where its policy is Delete, and is released where it is Retain", async () => {
    const { app, id: environmentId } = await environment();
    const clusterId = await cluster();
    const ids = { "Cluster/plain": clusterId, "Environment/plain": environmentId };
    const scope = { environment: environmentId, "environment.app": app, cluster: clusterId };
    const allocation = { environment: environmentId, cluster: clusterId };
    await make("AppResourceAlloc", allocation, { "environment.app": app });
    const claims = trial(api, kindNamed("PersistentVolumeClaim"), scope);
    for (const [policy, left] of [
      ["Delete", []],
      ["Retain", [{ status: "Released" }]],
    ] as const) {
      const volume = { ...sampleOf("PersistentVolume", "plain", ids), reclaimPolicy: policy };
      const made = await make("PersistentVolume", volume, scope);
      const claim = await make("PersistentVolumeClaim", sampleOf("PersistentVolumeClaim", "unbound", ids), scope);
      const volumes = trial(api, kindNamed("PersistentVolume"), scope);
      expect((await volumes.list())[0]?.facts).toMatchObject({ status: "Bound" });
      expect(await rejection(volumes.remove(made))).toMatchObject({ code: "E_CLOUD" });
      await claims.remove(claim);
      expect((await volumes.list()).map(({ facts }) => facts)).toEqual(left);
      await volumes.remove(made);
    }
  });
});
