import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCairn } from "./run-cairn.ts";
import { shop } from "./shop.ts";

const esc = String.fromCharCode(27);

describe("the output", () => {
  it("keeps the result on stdout and progress on stderr", async () => {
    const { stdout, stderr } = await shop().cairn("apply --yes");
    expect(stdout).toMatch(/Plan: 3 to create[\s\S]*Applied: 3 done\.\n$/);
    expect(stdout).not.toContain("started");
    expect(stderr).toMatch(/create App\/web: started\ncreate App\/web: done in/);
  });

  it("is one JSON document for every command and outcome", async () => {
    const project = shop();
    const lines = [
      "validate",
      "plan",
      "plan --target App/none",
      "drift",
      "apply",
      "apply --yes",
      "plan",
      "drift",
      "accept --all",
      "accept App/none",
      "ledger list",
      "ledger show App/web",
      "ledger show App/none",
      "ledger unlock",
      "ledger forget App/web",
      "destroy --yes",
      "version",
    ];
    for (const line of lines) {
      const { stdout } = await project.cairn(`${line} --format json`);
      expect(typeof JSON.parse(stdout), line).toBe("object");
    }
    const broken = await runCairn(["paln", "--format", "json"]);
    expect(JSON.parse(broken.stdout)).toMatchObject({ errored: true, cairn: { errors: [{ code: "E_USAGE" }] } });
    expect(broken.code).toBe(1);
  });

  it("tells in JSON what became of an apply", async () => {
    const project = shop();
    const { stdout } = await project.cairn("apply --yes --format json");
    const { errored, applyable, resource_changes, cairn } = JSON.parse(stdout);
    expect({ errored, applyable }).toEqual({ errored: false, applyable: true });
    expect(resource_changes.map(({ address }: { address: string }) => address)).toEqual([
      "retailcloud_app.web",
      "retailcloud_deploy_config.web/online",
      "retailcloud_environment.web/prod",
    ]);
    expect(cairn.outcome).toEqual({
      done: ["App/web", "DeployConfig/web/online", "Environment/web/prod"],
      failed: [],
      skipped: [],
      interrupted: false,
    });
  });

  it("shows faults in JSON as they are on stderr", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    const { stdout, stderr, code } = await project.cairn("plan --format json");
    const { errored, applyable, cairn } = JSON.parse(stdout);
    expect({ errored, applyable, code }).toEqual({ errored: true, applyable: false, code: 1 });
    expect(cairn.errors).toMatchObject([{ code: "E_FIELD", address: "App/web", field: "bizCode" }]);
    expect(stderr).toMatch(/^error\[E_FIELD\] manifests\/web\.yaml:5:12 App\/web bizCode: /);
  });

  it("tells in JSON also what ended a run after its plan", async () => {
    const project = shop();
    const declined = await project.cairn("apply --format json", { answers: ["no"] });
    expect(JSON.parse(declined.stdout)).toMatchObject({ errored: true, cairn: { errors: [{ code: "E_CONFIRM" }] } });
    await project.cairn("plan --out plan.json");
    await project.cairn("apply --yes");
    const stale = await project.cairn("apply plan.json --yes --format json");
    expect(JSON.parse(stale.stdout).cairn.errors[0]).toMatchObject({ code: "E_STALE_PLAN" });
    const nothing = await project.cairn("apply --yes --format json");
    expect(JSON.parse(nothing.stdout)).toMatchObject({ errored: false, cairn: { outcome: { done: [] } } });
  });

  it("goes to files beside stdout, without colours", async () => {
    const project = shop();
    const { stdout } = await project.cairn("plan --format json=plan.json --format text=plan.txt", {
      terminal: true,
    });
    expect(stdout).toContain(esc);
    expect(project.read("plan.txt")).not.toContain(esc);
    expect(project.read("plan.txt")).toContain("Plan: 3 to create");
    expect(JSON.parse(project.read("plan.json"))).toMatchObject({ format_version: "1.2" });
  });

  it("says when a file cannot be written, and still prints its document", async () => {
    const { code, stderr, stdout } = await shop().cairn("plan --format json --format text=no/where.txt");
    expect(stderr).toMatch(/error\[E_FILE\].*no\/where\.txt/);
    expect(JSON.parse(stdout)).toHaveProperty("resource_changes");
    expect(code).toBe(1);
  });

  it("says it also where another fault came first", async () => {
    const { code, stderr } = await shop().cairn("plan --target App/none --format json=no/where.json");
    expect(stderr).toMatch(/error\[E_TARGET\][\s\S]*error\[E_FILE\]/);
    expect(code).toBe(1);
  });

  it.each([
    ["in a pipe", {}, false],
    ["on a terminal", { terminal: true }, true],
    ["on a terminal with NO_COLOR", { terminal: true, env: { NO_COLOR: "1" } }, false],
    ["on a terminal with an empty NO_COLOR", { terminal: true, env: { NO_COLOR: "" } }, true],
    ["on a dumb terminal", { terminal: true, env: { TERM: "dumb" } }, false],
    ["in a pipe with FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, true],
    ["in a pipe with FORCE_COLOR=0", { env: { FORCE_COLOR: "0" } }, false],
    ["with both FORCE_COLOR and NO_COLOR", { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
  ])(
    "is coloured only where it should be: %s",
    async (_, { env = {}, ...rest }: { env?: object; terminal?: boolean }, coloured) => {
      const keys = { KEY: "cairn", SECRET: "cairn-secret" };
      const { stdout } = await shop().cairn("plan", { ...rest, env: { ...keys, ...env } });
      expect(stdout.includes(esc)).toBe(coloured);
    },
  );

  it("is not coloured with --no-color", async () => {
    const { stdout, stderr } = await shop().cairn("plan --no-color --target App/none", { terminal: true });
    expect(stdout + stderr.replaceAll(`\r${esc}[K`, "")).not.toContain(esc);
  });

  it("says less on stderr with a lower log level", async () => {
    const project = shop();
    project.edit("cairn.yaml", '"${env.SECRET}"', "cairn-secret");
    expect((await project.cairn("plan")).stderr).toContain("warning[E_SECRET]");
    expect((await project.cairn("plan --log-level error")).stderr).toBe("");
    expect((await project.cairn("apply --yes --log-level warn")).stderr).not.toContain("started");
  });

  it("shows where a fault arose only with --log-level debug", async () => {
    const broken = () => Promise.reject(new Error("the network fell over"));
    const project = shop();
    const quiet = await project.cairn("plan", { fetch: broken });
    expect(quiet.stderr).not.toMatch(/\n\s+at /);
    const loud = await project.cairn("plan --log-level debug", { fetch: broken });
    expect(loud.stderr).toMatch(/\n\s+at /);
    expect(quiet.code).toBe(1);
  });

  it("draws live progress on a terminal and leaves nothing of it behind", async () => {
    const { stderr, code } = await shop().cairn("apply --yes", { terminal: true });
    expect(code).toBe(0);
    expect(stderr).toContain("looking at the clouds: ");
    expect(stderr).toMatch(/\d\/3 done/);
    expect(stderr.endsWith(`${esc}[J`) || !stderr.slice(-20).includes("/3 done")).toBe(true);
  });

  it("has help on stdout, and the version", async () => {
    const help = await runCairn(["plan", "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(/^Usage: cairn plan/);
    expect(await runCairn(["version"])).toMatchObject({ code: 0, stdout: "0.0.0-test\n" });
    expect((await runCairn(["version", "--no-color"])).stdout).toBe("0.0.0-test\n");
  });

  it("resolves paths against -C", async () => {
    const project = shop();
    const { code } = await project.cairn(`plan -C ${project.folder} --out saved.json --format json=shown.json`, {
      cwd: "/",
    });
    expect(code).toBe(0);
    expect([existsSync(`${project.folder}/saved.json`), existsSync(`${project.folder}/shown.json`)]).toEqual([
      true,
      true,
    ]);
  });
});
