import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { liveFilters, liveRoots } from "../../src/cli/live-roots.ts";
import { fieldOf, fieldsOf } from "../../src/core/fields.ts";
import { exported, filesIn, roundTrip } from "./exported.ts";
import { built, platform, secrets } from "./platform.ts";
import { shop } from "./shop.ts";

async function applied(options: Parameters<typeof shop>[0] = {}) {
  const at = shop(options);
  expect((await at.cairn("apply --yes")).code).toBe(0);
  return at;
}

describe("cairn export", () => {
  it("writes a project of readable manifests, and says what it wrote and what to supply", async () => {
    const at = await applied();
    const ran = await at.cairn("export --out new");
    expect(ran.code).toBe(0);
    await expect(ran.stdout).toMatchFileSnapshot("golden/export.txt");
    const all = Object.entries(filesIn(join(at.folder, "new"))).map(([file, text]) => `== ${file}\n${text}`);
    await expect(all.join("")).toMatchFileSnapshot("golden/export-files.txt");
  });

  it("makes no call that changes anything, takes no lock, and writes no ledger", async () => {
    const at = await applied();
    const before = at.read(".cairn/ledger.json");
    at.emulator.clearCalls();
    await exported(at);
    const changing = at.emulator.calls().filter(({ action }) => !/^(List|Describe|Query)/.test(action));
    expect(changing).toEqual([]);
    expect(at.read(".cairn/ledger.json")).toBe(before);
    expect(readdirSync(join(at.folder, "new"))).toEqual(["cairn.yaml", "manifests"]);
  });

  it("overwrites nothing: a folder that holds something is refused before any call", async () => {
    const at = await applied();
    mkdirSync(join(at.folder, "new"));
    at.write("new/mine.txt", "mine");
    at.emulator.clearCalls();
    const ran = await at.cairn("export --out new");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('error[E_FILE]: "new" is not empty: it holds mine.txt');
    expect(ran.stderr).toContain("help: name a folder that does not exist, or is empty");
    expect(at.emulator.calls()).toEqual([]);
    expect(filesIn(join(at.folder, "new"))).toEqual({ "mine.txt": "mine" });
    const file = await at.cairn("export --out cairn.yaml");
    expect(file.stderr).toContain('error[E_FILE]: "cairn.yaml" is no folder that can be written: ENOTDIR');
  });

  it("writes to an empty folder, and takes away what a killed export has left there", async () => {
    const at = await applied();
    mkdirSync(join(at.folder, "new/.cairn-export-0123/manifests"), { recursive: true });
    await exported(at);
    expect(readdirSync(join(at.folder, "new"))).toEqual(["cairn.yaml", "manifests"]);
  });

  it("leaves nothing behind where it cannot write", async () => {
    const at = await applied();
    writeFileSync(join(at.folder, "plain"), "");
    const ran = await at.cairn("export --out plain/new");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("error[E_FILE]");
    expect(existsSync(join(at.folder, "plain/new"))).toBe(false);
  });

  it("is an error that names the scope where something could not be seen, and writes nothing", async () => {
    const at = await applied();
    at.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const ran = await at.cairn("export --out new");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/error\[E_REFUSED\]: Environment of app \d+: .*ListAppEnvironment/);
    expect(existsSync(join(at.folder, "new"))).toBe(false);
    const json = await at.cairn("export --out new --format json");
    expect(JSON.parse(json.stdout)).toMatchObject({ errored: true });
  });

  it("gives the same bytes whatever order the cloud lists in", async () => {
    const at = await built();
    await exported(at);
    const state = at.emulator.state();
    const turned = Object.fromEntries(
      Object.entries(state).map(([cloud, tables]) => [
        cloud,
        Object.fromEntries(Object.entries(tables).map(([kind, rows]) => [kind, [...(rows as unknown[])].reverse()])),
      ]),
    );
    const other = platform({ seed: turned as typeof state });
    await exported(other);
    expect(filesIn(join(other.folder, "new"))).toEqual(filesIn(join(at.folder, "new")));
  });

  it("writes no secret anywhere", async () => {
    for (const wire of ["sdk", "manual"] as const) {
      const at = await built({ wire });
      const ran = await at.cairn("export --out new --format json=new.json");
      const texts = [ran.stdout, ran.stderr, at.read("new.json"), ...Object.values(filesIn(join(at.folder, "new")))];
      for (const secret of [...Object.values(secrets), "cairn-secret"]) expect(texts.join("\n")).not.toContain(secret);
    }
  });

  it("works from a configuration alone, and from manifests that have faults", async () => {
    const at = await applied();
    at.write("manifests/web.yaml", "kind: [");
    const told = await exported(at);
    expect(told.objects).toEqual({ App: 1, Environment: 1, DeployConfig: 1 });
  });

  it("says where there is nothing", async () => {
    const at = shop();
    const ran = await at.cairn("export --out new --kind App");
    expect([ran.code, ran.stdout]).toEqual([0, "There is nothing to export.\n"]);
    expect(existsSync(join(at.folder, "new"))).toBe(false);
    expect((await exported(at)).files).toEqual([]);
  });

  it("tells the same as JSON and as YAML", async () => {
    const at = await applied();
    const json = await at.cairn("export --out new --format json --format yaml=told.yaml");
    expect(load(at.read("told.yaml"))).toEqual(JSON.parse(json.stdout));
    expect(JSON.parse(json.stdout)).toMatchObject({
      format_version: "1.0",
      out: "new",
      objects: { App: 1 },
      supply: expect.arrayContaining([{ source: "env", name: "SECRET", why: "credentials" }]),
    });
  });
});

describe("cairn export of a part", () => {
  it("takes kinds, and refers to all else by id with what is needed to find it", async () => {
    const at = await applied();
    const told = await exported(at, "--kind Environment");
    expect(told.objects).toEqual({ Environment: 1 });
    const { spec } = load(at.read("new/manifests/web/environment.yaml")) as { spec: Record<string, unknown> };
    expect(spec).toMatchObject({
      app: { id: expect.stringMatching(/^\d+$/) },
      deployConfig: { id: expect.any(String) },
    });
    const planned = await at.cairn("-C new plan");
    expect(planned.stdout).toContain("Plan: 0 to create, 0 to update, 0 to replace, 0 to delete, 1 to adopt.");
  });

  it("takes what lies in an app or a cluster, by its name, its id or its address, and asks for nothing else", async () => {
    const at = await built();
    const inApp = await exported(at, "--app storefront");
    expect(Object.keys(inApp.objects).sort()).toEqual([
      ...[
        "App",
        "AppResourceAlloc",
        "DeployConfig",
        "Environment",
        "PersistentVolumeClaim",
        "Rollout",
        "Service",
        "SlbAP",
      ],
    ]);
    for (const name of ["店铺集群", "shops", "Cluster/shops"]) {
      const ran = await at.run(["export", "--out", `c-${name.length}`, "--cluster", name, "--format", "json"], {
        env: secrets,
      });
      expect((JSON.parse(ran.stdout) as typeof inApp).objects).toEqual({
        ...{ Cluster: 1, ClusterNode: 3, NodeLabel: 2, NodeLabelBinding: 2, PersistentVolume: 2 },
      });
    }
  });

  it("takes what lies in any of the named, of the named kinds", async () => {
    const at = await built();
    const told = await exported(at, "--app storefront --cluster shops --kind Service --kind NodeLabel");
    expect(told.objects).toEqual({ Service: 1, NodeLabel: 2 });
    const strange = await at.cairn("export --out none --app storefront --kind Cluster --kind NodeLabel");
    expect(strange.stderr).toContain(
      "error[E_USAGE]: nothing of Cluster, NodeLabel lies in App\n  help: leave --app out",
    );
  });

  it("refuses names that nothing has, and kinds that there are not, all at once", async () => {
    const at = await applied();
    const ran = await at.cairn("export --out new --app nobody --app noone");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('error[E_TARGET]: no live App has the name or id "nobody"');
    expect(ran.stderr).toContain('"noone"');
    const kind = await at.cairn("export --out new --kind Envrionment --kind Ap");
    expect(kind.stderr).toContain('error[E_USAGE]: "Envrionment" is no kind\n  help: did you mean "Environment"?');
    expect(kind.stderr).toContain('"Ap" is no kind');
    expect((await at.cairn("export")).stderr).toContain("required option '--out <dir>' not specified");
  });

  it("looks at RDS instances and CCE clusters that it is told of", async () => {
    const cloud = await built();
    const at = shop({ seed: cloud.emulator.state() });
    const blind = await at.cairn("export --out new");
    expect(blind.code).toBe(0);
    expect(blind.stderr).toContain(
      "warning[E_INCOMPLETE]: nothing was looked for of Database, DbGrant, RdsAccount: " +
        "neither the cloud nor the project tells of a dbInstanceId\n  help: add --db-instance ID",
    );
    const asked = await at.cairn("export --out db --kind Database");
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain("error[E_INCOMPLETE]");
    const ran = await at.cairn("export --out db --kind Database --kind DbGrant --db-instance rm-8vb1platform");
    expect(ran.stdout).toContain("Exported 2 objects to db: Database 1, DbGrant 1");
    expect(at.read("db/manifests/rm-8vb1platform/db-grant.yaml")).toContain(
      "  database: rm-8vb1platform/orders\n  account:\n    id: rm-8vb1platform/storefront\n    dbInstanceId: rm-8vb1platform\n",
    );
  });

  it("has an option for every root that no list tells, and filters that lead to kinds", () => {
    const kinds = [...kindsOf(providers).values()];
    const heads = kinds.flatMap((kind) =>
      kind.scope.map((path) => path.split(".")[0] ?? "").filter((head) => fieldOf(kind, head)?.reference === undefined),
    );
    expect([...new Set(heads)].sort()).toEqual(liveRoots.map(({ field }) => field).sort());
    const references = kinds.flatMap((kind) =>
      fieldsOf(kind)
        .filter(({ reference }) => reference)
        .map(({ name }) => name),
    );
    for (const { field } of liveFilters) expect(references).toContain(field);
  });
});

describe("the export of an example", () => {
  it("is planned as adoptions alone, and is clean once they are adopted", async () => {
    await roundTrip({ name: "hybrid", stack: "", wire: "sdk" });
  });
});

describe("cairn export through aliases", () => {
  it("nests what lives behind an alias below it, and adopts it through the same alias", async () => {
    const at = await applied();
    at.edit(
      "cairn.yaml",
      "providers:\n",
      'providers:\n  aliases:\n    brand-b: { provider: retailcloud, region: cn-b, endpoint: "http://127.0.0.1:8087", accessKeyId: cairn, accessKeySecret: "${env.SECRET}" }\n',
    );
    const told = await exported(at);
    expect(told.files.map(({ file }) => file)).toContain("manifests/brand-b/web/app.yaml");
    expect(at.read("new/cairn.yaml")).toContain("  aliases:\n    brand-b:\n      provider: retailcloud\n");
    expect(at.read("new/manifests/brand-b/web/app.yaml")).toContain("name: brand-b/web\n  provider: brand-b\n");
    const planned = await at.cairn("-C new plan");
    expect(planned.stderr).not.toContain("error[");
    expect(planned.stdout).toContain("6 to adopt.");
    const one = await at.cairn("export --out one --provider brand-b --kind App");
    expect(one.stdout).toContain("Exported 1 object to one");
  });
});
