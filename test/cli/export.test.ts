import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { exported, filesIn, roundTrip } from "./exported.ts";
import { built, platform, secrets } from "./platform.ts";
import { applied, shop } from "./shop.ts";

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

  it("says what to do where a link on the way leads nowhere", async () => {
    const at = await applied();
    symlinkSync("nowhere/deep", join(at.folder, "new"));
    const ran = await at.cairn("export --out new");
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringMatching(/E_FILE]: "new" cannot be written: E\w+\n {2}help: see to space, permissions and links/),
    ]);
    expect(existsSync(join(at.folder, "nowhere"))).toBe(false);
  });

  it("refuses a folder in which the project, in any stack, looks for its own manifests, before any call", async () => {
    const at = await applied();
    at.emulator.clearCalls();
    at.edit("cairn.yaml", "manifests/*.yaml", '"{manifests,more}/**/*.yaml"');
    for (const out of ["manifests/new", "manifests/a/b", "more"]) {
      const ran = await at.run(["export", "--out", out]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(
        `error[E_FILE]: "${out}" is where this project looks for its own manifests ({manifests,more}/**/*.yaml)\n  help: `,
      );
      expect(existsSync(join(at.folder, out))).toBe(false);
    }
    at.edit("cairn.yaml", "pace:", "stacks: { dev: {}, prod: { manifests: [prod/*/app.yaml] } }\npace:");
    expect((await at.cairn("export --out prod/new --stack dev")).stderr).toContain("(prod/*/app.yaml)");
    expect(at.emulator.calls()).toEqual([]);
    for (const out of ["prod/new/deep", ".new", "other"])
      expect((await at.cairn(`export --out ${out} --stack dev`)).code).toBe(0);
  });

  it("names the folder in the next command as a shell finds it from here", async () => {
    const at = await applied();
    const ran = await at.run(["-C", "..", "export", "--out", "ours/it's new"], { cwd: join(at.folder, "manifests") });
    expect(ran.stdout).toContain(`With these, cairn -C '../ours/it'\\''s new' plan adopts`);
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
