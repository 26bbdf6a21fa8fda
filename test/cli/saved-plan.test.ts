import { rmSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { objectsIn, type Shop, shop } from "./shop.ts";

async function saved(options = ""): Promise<Shop> {
  const project = shop();
  expect((await project.cairn(`plan --out plan.json${options}`)).code).toBe(0);
  return project;
}

/** Applies the saved plan and expects the refusal that names what moved. */
async function expectStale(project: Shop, ...told: RegExp[]): Promise<void> {
  const before = objectsIn(project.emulator);
  const { code, stderr } = await project.cairn("apply plan.json --yes");
  expect(stderr).toContain("error[E_STALE_PLAN]");
  for (const one of told) expect(stderr).toMatch(one);
  expect(code).toBe(4);
  expect(objectsIn(project.emulator)).toEqual(before);
}

describe("a saved plan", () => {
  it("is applied as it is, and afterwards there is nothing left to do", async () => {
    const project = await saved();
    expect((await project.cairn("apply plan.json --yes")).stdout).toContain("Applied: 3 done.");
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("is the plan as JSON, for its owner's eyes only", async () => {
    const project = await saved();
    const { format_version, cairn } = JSON.parse(project.read("plan.json"));
    expect(format_version).toBe("1.2");
    expect(Object.keys(cairn.fingerprints)).toEqual(["App/web", "DeployConfig/web/online", "Environment/web/prod"]);
    expect(statSync(`${project.folder}/plan.json`).mode & 0o777).toBe(0o600);
  });

  it("keeps targets, variables and what it was allowed", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "description: first", "description: ${var.text}");
    await project.cairn("plan --out plan.json --target App/* --var text=second");
    const { stdout, code } = await project.cairn("apply plan.json --yes");
    expect(stdout).toContain("Applied: 1 done.");
    expect(code).toBe(0);
    expect(JSON.stringify(project.emulator.state())).toContain("second");
  });

  it("does not hold variables whose name looks secret: they are given again", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "description: first", "description: ${var.apiToken}");
    await project.cairn("plan --out plan.json --var apiToken=t0ps3cret");
    expect(JSON.parse(project.read("plan.json")).cairn.saved.vars).toEqual({});
    expect((await project.cairn("apply plan.json --yes")).stderr).toContain("E_VARIABLE");
    expect((await project.cairn("apply plan.json --yes --var apiToken=t0ps3cret")).code).toBe(0);
  });

  it("destroys where it was planned to", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    await project.cairn("plan --destroy --out plan.json");
    expect((await project.cairn("apply plan.json --yes")).stdout).toContain("Applied: 3 done.");
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0 });
  });

  it("may be allowed more when it is applied", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.write("manifests/web.yaml", "");
    await project.cairn("plan --out plan.json");
    expect((await project.cairn("apply plan.json --yes")).code).toBe(4);
    expect((await project.cairn("apply plan.json --yes --allow destroy=App/web")).code).toBe(0);
  });

  it("is stale when a manifest has changed", async () => {
    const project = await saved();
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await expectStale(project, /App\/web: has moved since the plan was saved: what the manifests want\n/);
  });

  it("is stale when the cloud has changed", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await project.cairn("plan --out plan.json");
    const state = JSON.stringify(project.emulator.state()).replace('"Replicas":2', '"Replicas":5');
    project.emulator.reset(JSON.parse(state));
    await expectStale(project, /Environment\/web\/prod: .*what the cloud shows/);
  });

  it("is stale when an object has come or gone", async () => {
    const project = await saved();
    project.edit("manifests/web.yaml", /---[\s\S]*kind: Environment[\s\S]*$/, "");
    project.write("manifests/new.yaml", project.read("manifests/web.yaml").replace("name: web", "name: shop"));
    await expectStale(project, /App\/shop: was not in the plan/, /Environment\/web\/prod: is not in the plan any more/);
  });

  it("is stale when the ledger has moved", async () => {
    const project = await saved();
    await project.cairn("apply --yes --target App/web");
    await expectStale(
      project,
      /App\/web: exists by now, and did not when the plan was saved/,
      /DeployConfig\/web\/online: needs App\/web, which has moved since the plan was saved/,
    );
  });

  it("is stale as a whole with another ledger, or none", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await project.cairn("plan --out plan.json");
    rmSync(`${project.folder}/.cairn`, { recursive: true });
    await expectStale(project, /the plan was made from the ledger [\w-]+, and there is none any more/);
    await project.cairn("apply --yes --target App/web");
    await expectStale(project, /the plan was made from the ledger [\w-]+, and this is [\w-]+/);
  });

  it("is stale when a provider leads elsewhere", async () => {
    const project = await saved();
    project.edit("cairn.yaml", "cn-zhangjiakou", "cn-hangzhou");
    await expectStale(project, /the providers lead to other clouds/);
  });

  it("belongs to one project and stack", async () => {
    const project = await saved();
    project.edit("cairn.yaml", "project: shop", "project: store");
    const other = await project.cairn("apply plan.json --yes");
    expect(other.stderr).toMatch(/error\[E_USAGE\]: the plan is of project shop, and this is store/);
    expect(other.code).toBe(1);
    const stack = await project.cairn("apply plan.json --yes --stack dev");
    expect(stack.stderr).toMatch(/plan\.json was planned for no stack, not dev/);
  });

  it("is one of a stack, which apply takes from it", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "stacks: { dev: {}, prod: {} }\npace:");
    await project.cairn("plan --stack dev --out plan.json");
    expect((await project.cairn("apply plan.json --yes --stack prod")).stderr).toContain(
      "planned for stack dev, not prod",
    );
    expect((await project.cairn("apply plan.json --yes")).code).toBe(0);
    expect((await project.cairn("plan --stack dev --detailed-exitcode")).code).toBe(0);
  });

  it("takes no targets of its own when it is applied", async () => {
    const project = await saved();
    const { stderr, code } = await project.cairn("apply plan.json --yes --target App/web");
    expect(stderr).toContain("apply takes targets from the saved plan");
    expect(code).toBe(1);
  });

  it.each([
    ["no file", undefined, /E_READ.*cannot read the plan/],
    ["no JSON", "plan", /E_READ.*cannot read the plan/],
    ["another tool's plan", '{"format_version": "1.2", "resource_changes": []}', /E_READ.*is not a saved plan/],
  ])("is refused when it is %s", async (_, text, told) => {
    const project = shop();
    if (text !== undefined) project.write("plan.json", text);
    const { stderr, code } = await project.cairn("apply plan.json --yes");
    expect(stderr).toMatch(told);
    expect(code).toBe(1);
  });

  it("is not written for a plan with errors, nor where there is no folder", async () => {
    const project = shop();
    await project.cairn("plan --target App/none --out plan.json");
    expect(() => project.read("plan.json")).toThrow();
    const { stderr, code } = await project.cairn("plan --out no/plan.json");
    expect(stderr).toMatch(/error\[E_FILE\]: cannot save the plan/);
    expect(code).toBe(1);
  });

  it("holds no secret, and notices another one", async () => {
    const project = shop();
    project.edit(
      "manifests/web.yaml",
      "codePath: /srv/app",
      `codePath: /srv/app
  secrets: [{ apiVersion: v1, kind: Secret, metadata: { name: db }, stringData: { pass: "\${env.DB}" } }]`,
    );
    const keys = { KEY: "cairn", SECRET: "cairn-secret" };
    const planned = await project.cairn("plan --out plan.json", { env: { ...keys, DB: "hunter2-hunter2" } });
    expect(planned.stderr).not.toContain("error[");
    expect(project.read("plan.json")).not.toContain("hunter2");
    const other = await project.cairn("apply plan.json --yes", { env: { ...keys, DB: "hunter3-hunter3" } });
    expect(other.stderr).toMatch(/E_STALE_PLAN.*DeployConfig\/web\/online.*what the manifests want/);
    const same = await project.cairn("apply plan.json --yes", { env: { ...keys, DB: "hunter2-hunter2" } });
    expect(same.stderr).not.toContain("error[");
    expect(same.code).toBe(0);
  });
});
