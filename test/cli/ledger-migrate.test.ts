import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applied, objectsIn, type Shop, shop } from "./shop.ts";

const old = ".cairn/ledger.json";
const now = "state/ledger.json";
const from = "{ backend: file, path: .cairn/ledger.json }";

/** Lets cairn.yaml name the new place. */
function nameNewPlace(project: Shop, settings = `{ path: ${now} }`): void {
  project.edit("cairn.yaml", "pace:", `ledger: ${settings}\npace:`);
}

/** The small project after an apply, its cairn.yaml ahead of its ledger. */
async function renamed(): Promise<Shop & { readonly ledger: string; readonly yaml: string }> {
  const project = await applied();
  const yaml = project.read("cairn.yaml");
  nameNewPlace(project);
  project.emulator.clearCalls();
  return { ...project, ledger: project.read(old), yaml };
}

function migrate(project: Shop, settings = from, ...rest: readonly string[]) {
  return project.run(["ledger", "migrate", "--from", settings, ...rest]);
}

function strays(project: Shop, folder: string): readonly string[] {
  return readdirSync(join(project.folder, folder)).filter((name) => /lock|tmp/.test(name));
}

describe("cairn ledger migrate", () => {
  it("moves the ledger as it is, makes no call, and a plan goes on from the new place", async () => {
    const project = await renamed();
    const { code, stdout } = await migrate(project);
    const { serial, lineage } = JSON.parse(project.ledger);
    expect([code, stdout]).toEqual([
      0,
      `the ledger of shop (3 resources, serial ${serial}) lies at ${now}; ${old} refuses whoever still looks there, and keeps its history\n`,
    ]);
    expect(project.read(now)).toBe(project.ledger);
    expect(project.emulator.calls()).toEqual([]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect([...strays(project, ".cairn"), ...strays(project, "state")]).toEqual([]);
    expect(JSON.parse(project.read(old))).toMatchObject({ format: "moved", lineage, serial, movedTo: now });
  });

  it("lets nobody with the old cairn.yaml adopt everything a second time", async () => {
    const project = await renamed();
    await migrate(project);
    const ahead = project.read("cairn.yaml");
    project.write("cairn.yaml", project.yaml);
    project.write("backup.json", project.ledger);
    const lines = ["plan", "apply --yes", "destroy --yes", "drift", "ledger list", "ledger pull", "ledger check"];
    for (const line of [...lines, "ledger forget App/web", "ledger push backup.json", "ledger restore 1"]) {
      const { code, stderr } = await project.cairn(line);
      expect([line, code]).toEqual([line, 1]);
      if (line !== "ledger restore 1") {
        expect(stderr).toContain(`error[E_LEDGER] ${old}: the ledger was moved to ${now}`);
        expect(stderr).toContain("help: take the cairn.yaml that names the new place");
      }
    }
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
    project.write("cairn.yaml", ahead);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("says that there is nothing left to do, and finishes what was killed between its two steps", async () => {
    const project = await renamed();
    await migrate(project);
    const again = await migrate(project);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("was moved to state/ledger.json before")]);
    // Killed after the copy: the old ledger is as it was.
    project.write(old, project.ledger);
    const finished = await migrate(project, from, "--format", "json");
    expect([finished.code, JSON.parse(finished.stdout)]).toMatchObject([0, { outcome: "finished", to: now, owned: 3 }]);
    // The same, with a run in the new place since.
    project.write(old, project.ledger);
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await applied(project);
    const stored = project.read(now);
    expect((await migrate(project)).stdout).toContain("finishing what an earlier run began");
    expect(project.read(now)).toBe(stored);
    expect(JSON.parse(project.read(old))).toMatchObject({ format: "moved" });
  });

  it("does not finish where the old ledger went on by itself, and changes nothing", async () => {
    const project = await renamed();
    await migrate(project);
    project.write(old, project.ledger);
    const ahead = project.read("cairn.yaml");
    project.write("cairn.yaml", project.yaml);
    await project.cairn("ledger forget App/web");
    project.write("cairn.yaml", ahead);
    const [before, there] = [project.read(old), project.read(now)];
    const { code, stderr } = await migrate(project);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`error[E_LEDGER] ${now}: there is a ledger already`)]);
    expect([project.read(old), project.read(now)]).toEqual([before, there]);
  });

  it("brings a ledger back to where it was before", async () => {
    const project = await renamed();
    await migrate(project);
    project.write("cairn.yaml", project.yaml);
    const { code } = await migrate(project, `{ path: ${now} }`);
    expect([code, project.read(old)]).toEqual([0, project.ledger]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("moves one stack at a time", async () => {
    const project = shop();
    project.edit("cairn.yaml", /$/, "stacks: { dev: {}, prod: { manifests: [prod/*.yaml] } }\n");
    await project.cairn("apply --yes --stack dev");
    await project.cairn("apply --yes --stack prod");
    nameNewPlace(project);
    expect((await migrate(project)).stderr).toContain("error[E_USAGE]");
    expect((await migrate(project, from, "--stack", "dev")).code).toBe(0);
    expect(readdirSync(join(project.folder, "state"))).toEqual(["ledger.dev.json"]);
    expect((await project.cairn("plan --stack dev --detailed-exitcode")).code).toBe(0);
  });

  it("reads the environment where the settings name it, and shows none of it", async () => {
    const project = await renamed();
    const env = { KEY: "cairn", SECRET: "cairn-secret", OLD: ".cairn/ledger.json" };
    const { code } = await project.run(["ledger", "migrate", "--from", '{ path: "${env.OLD}" }'], { env });
    expect([code, existsSync(join(project.folder, now))]).toEqual([0, true]);
  });

  it.each([
    ["{ backend: floppy }", "E_CONFIG", "--from:1:12 ledger.backend: must be "],
    ["{ pth: x }", "E_UNKNOWN_FIELD", "ledger.pth: unknown field"],
    ["{ path: 5 }", "E_CONFIG", "--from:1:9 ledger.path: must be text; got 5"],
    ['{ path: "${env.NOWHERE}" }', "E_VARIABLE", "NOWHERE"],
    ["{ path: [", "E_YAML", "--from:1:"],
    ["old.json", "E_CONFIG", "must be a map of the settings of one ledger"],
    ["{ backend: [file] }", "E_CONFIG", "must be a map of the settings of one ledger"],
    ["a: 1\n---\nb: 2", "E_CONFIG", "must be a map of the settings of one ledger"],
    [`{ path: ./state/../${now} }`, "E_USAGE", "name the same place"],
    ["{ path: typo/ledger.json }", "E_NO_LEDGER", "there is no ledger at typo/ledger.json"],
  ])("%s is refused with %s, and nothing is made", async (settings, code, says) => {
    const project = await renamed();
    const ran = await migrate(project, settings);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`error[${code}]`)]);
    expect(ran.stderr).toContain(says);
    expect(project.read(old)).toBe(project.ledger);
    expect(["state", "typo"].filter((name) => existsSync(join(project.folder, name)))).toEqual([]);
  });

  it("asks for the old place, and refuses a damaged, a foreign and a taken one", async () => {
    const project = await renamed();
    const without = await project.cairn("ledger migrate");
    expect([without.code, without.stderr]).toEqual([
      1,
      expect.stringContaining("help: write cairn ledger migrate --from "),
    ]);
    project.write(old, project.ledger.slice(0, 200));
    expect((await migrate(project)).stderr).toContain(`error[E_LEDGER] ${old}: the ledger is truncated`);
    project.write(old, project.ledger.replace('"project": "shop"', '"project": "billing"'));
    expect((await migrate(project)).stderr).toContain('belongs to the project "billing"');
    project.write(old, project.ledger);
    for (const there of [
      project.ledger.replace(/"lineage": "[^"]*"/, '"lineage": "other"'),
      project.ledger.slice(0, 99),
    ]) {
      project.write(now, there);
      const { code, stderr } = await migrate(project);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`error[E_LEDGER] ${now}`)]);
      expect([project.read(old), project.read(now)]).toEqual([project.ledger, there]);
    }
  });

  it("says where a ledger went that is not in the new place either", async () => {
    const project = await renamed();
    await migrate(project);
    rmSync(join(project.folder, "state"), { recursive: true });
    const { code, stderr } = await migrate(project);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`was moved to ${now}, and does not lie at ${now}`)]);
  });

  it("waits for both locks, and knows one place by its two names", async () => {
    const project = await renamed();
    for (const lock of [`${old}.lock`, `${now}.lock`]) {
      project.write(lock, "scribble");
      expect([lock, (await migrate(project)).code]).toEqual([lock, 4]);
      rmSync(join(project.folder, lock));
    }
    rmSync(join(project.folder, "state"), { recursive: true });
    symlinkSync(join(project.folder, ".cairn"), join(project.folder, "state"));
    const { code, stderr } = await migrate(project);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("error[E_USAGE]: --from and cairn.yaml name the same place"),
    ]);
    expect(project.read(old)).toBe(project.ledger);
  });
});
