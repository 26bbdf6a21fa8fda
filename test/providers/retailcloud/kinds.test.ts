import { beforeEach, describe, expect, it } from "vitest";
import type { RetailCloud } from "../../../providers/retailcloud/client.ts";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import type { Fields } from "../../../src/core/values.ts";
import { createEmulator, type Emulator } from "../../../src/emulator/index.ts";
import { samples } from "./kind-samples.ts";
import { fieldsThatDiffer, kindNamed, trial } from "./kind-trial.ts";
import { rejection, retail } from "./retail-world.ts";

describe.each(["sdk", "manual"] as const)("against the emulator in the style %s", (wire) => {
  let emulator: Emulator;
  let api: RetailCloud;
  let ids: Record<string, string>;

  beforeEach(async () => {
    emulator = createEmulator({ wire });
    api = await retail(emulator.fetch);
    ids = {};
  });

  /** Makes what a sample stands on, and gives its spec with the ids of its parents. */
  async function prepared(kind: string, name: string): Promise<Fields> {
    const sample = samples[kind]?.[name];
    if (sample === undefined) throw new Error(`no sample ${kind}/${name}`);
    for (const { parent, sample: which } of sample.parents ?? []) {
      const key = `${parent}/${which}`;
      ids[key] ??= await make(parent, await prepared(parent, which));
    }
    return sample.spec(ids);
  }

  /** The value of each scope path: what its last step names among the parents that were made. */
  function scopeOf(kind: string): Record<string, string> {
    const ends: Readonly<Record<string, string | undefined>> = {
      app: ids["App/plain"] ?? ids["App/stateful"],
      environment: ids["Environment/plain"],
      cluster: ids["Cluster/plain"],
      dbInstanceId: "rm-1",
    };
    return Object.fromEntries(kindNamed(kind).scope.map((path) => [path, ends[path.split(".").at(-1) ?? ""] ?? ""]));
  }

  /** Makes an object, and lets the emulator's clock go on until it is what it will be. */
  async function make(kind: string, spec: Fields): Promise<string> {
    const id = await trial(api, kindNamed(kind), scopeOf(kind)).create(spec);
    emulator.advance(60_000);
    return id;
  }

  const all = Object.entries(samples).flatMap(([kind, some]) => Object.keys(some).map((name) => ({ kind, name })));

  it.each(all)("$kind ($name) is created, listed, read and then as wanted", async ({ kind, name }) => {
    const spec = await prepared(kind, name);
    const one = trial(api, kindNamed(kind), scopeOf(kind));
    const id = await make(kind, spec);
    const listed = (await one.list()).filter((live) => live.id === id);
    expect(listed).toHaveLength(1);
    expect(kindNamed(kind).identity(listed[0]?.spec ?? {})).toBe(kindNamed(kind).identity(spec));
    expect(fieldsThatDiffer(kindNamed(kind), await one.see(id), spec)).toEqual([]);
    if (kindNamed(kind).remove === undefined) return;
    await one.remove(id);
    emulator.advance(60_000);
    expect((await one.list()).filter((live) => live.id === id)).toEqual([]);
    expect(await one.read(id)).toBeUndefined();
  });

  const changes = all.flatMap(({ kind, name }) =>
    Object.entries(samples[kind]?.[name]?.changes ?? {}).map(([field, value]) => ({ kind, name, field, value })),
  );

  it.each(changes)(
    "$kind ($name): $field becomes $value, and nothing else changes",
    async ({ kind, name, field, value }) => {
      const spec = await prepared(kind, name);
      const one = trial(api, kindNamed(kind), scopeOf(kind));
      const id = await make(kind, spec);
      const before = await one.see(id);
      const target = typeof value === "function" ? value(ids) : value;
      const { [field]: _, ...rest } = spec;
      const wanted: Fields = target === undefined ? rest : { ...spec, [field]: target };
      await one.update(id, before, wanted, field);
      const after = await one.see(id);
      expect(fieldsThatDiffer(kindNamed(kind), after, wanted)).toEqual([]);
      if (target === undefined || target === "") expect([undefined, false]).toContain(after[field]);
    },
  );

  it("a list that is refused throws, and so does a read", async () => {
    emulator.setFaults({ seed: 1, rules: [{ match: { mutating: false }, effect: "refused" }] });
    for (const kind of retailcloudKinds) {
      const one = trial(api, kind, Object.fromEntries(kind.scope.map((path) => [path, "1"])));
      expect(await rejection(one.list())).toMatchObject({ code: "E_REFUSED" });
      if (kind.read !== undefined) expect(await rejection(one.read("1/a=b"))).toMatchObject({ code: "E_REFUSED" });
    }
  });

  it("force is sent only where it is wanted", async () => {
    const app = await prepared("Environment", "plain");
    const environments = trial(api, kindNamed("Environment"), scopeOf("Environment"));
    const id = await make("Environment", app);
    const apps = trial(api, kindNamed("App"), {});
    const parent = ids["App/plain"] ?? "";
    expect(await rejection(apps.remove(parent))).toMatchObject({ code: "E_CLOUD" });
    await apps.remove(parent, true);
    expect(await environments.read(id)).toBeUndefined();
    const forces = emulator.calls().map(({ params }) => params["Force"]);
    expect(forces.filter((force) => force !== undefined)).toEqual(["true"]);
  });

  it("pages are followed to the end whatever their size", async () => {
    emulator = createEmulator({ wire, pageLimit: 2 });
    api = await retail(emulator.fetch);
    const apps = trial(api, kindNamed("App"), {});
    const spec = await prepared("App", "plain");
    for (const title of ["a", "b", "c", "d", "e"]) await apps.create({ ...spec, title });
    expect((await apps.list()).map((live) => live.spec["title"])).toEqual(["a", "b", "c", "d", "e"]);
  });
});
