import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./shop.ts";
import { buildWorkshops } from "./terraform.ts";

const openWorkshop = buildWorkshops();
const stage = mkdtempSync(join(tmpdir(), "cairn-package-"));
const tsc = resolve("node_modules/typescript/bin/tsc");

/** The package as npm packs it, with the library freshly made. */
function pack(): string {
  for (const file of ["package.json", "README.md", "LICENSE", "CHANGELOG.md"]) cpSync(file, join(stage, file));
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.json", "--noCheck", "--outDir", join(stage, "dist/lib")]);
  writeFileSync(join(stage, "dist/lib/package.json"), '{ "type": "module" }\n');
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--offline"], {
    cwd: stage,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return join(stage, JSON.parse(packed.toString())[0].filename);
}

let tarball = "";
beforeAll(() => {
  tarball = pack();
}, 240_000);
afterAll(() => rmSync(stage, { recursive: true, force: true }));

/** A project with the packed package installed, and the example in it. */
async function openProject() {
  const project = await openWorkshop();
  const modules = join(project.folder, "node_modules");
  mkdirSync(join(modules, "cairnctl"), { recursive: true });
  execFileSync("tar", ["xzf", tarball, "-C", join(modules, "cairnctl"), "--strip-components=1"]);
  for (const name of readdirSync("node_modules")) {
    if (!name.startsWith(".")) symlinkSync(resolve("node_modules", name), join(modules, name));
  }
  for (const file of ["app.ts", "cairn.yaml", "tsconfig.json"])
    cpSync(join("examples/cdk", file), join(project.folder, file));
  writeFileSync(join(project.folder, "package.json"), '{ "type": "module" }\n');
  return project;
}

function yamlIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

describe("cairnctl/cdk, as it is packed", { timeout: 240_000 }, () => {
  it("is found, compiles the example, and gives its manifests and its stack", async () => {
    const project = await openProject();
    expect(await project.run(`"${process.execPath}" "${tsc}" -p .`)).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stdout, stderr } = await project.run("cairn synth app.js --manifests generated --log-level error");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("wrote generated: 19 manifests\nwrote cdktf.out/stacks/cdk/cdk.tf.json: 19 resources\n");
    expect(yamlIn(join(project.folder, "generated"))).toEqual(yamlIn("examples/cdk/generated"));
    rmSync(join(project.folder, "generated"), { recursive: true });
    expect((await project.run("cairn synth app.ts --manifests generated")).code).toBe(0);
    expect(yamlIn(join(project.folder, "generated"))).toEqual(yamlIn("examples/cdk/generated"));
  });

  it("knows by types what a kind takes", async () => {
    const project = await openProject();
    const right = `import { App, Environment, Manifests, RdsAccount } from "cairnctl/cdk";
const root = new Manifests();
const app = new App(root, "shop", { bizCode: "\${var.code}", language: "Java", operatingSystem: "Linux", serviceType: "GeneralApplication", userRoles: "\${var.roles}" });
const environment = new Environment(root, "e", { app, deployConfig: { id: "7" }, envType: "test", region: "cn", replicas: { min: 1, max: 2 } });
new RdsAccount(root, "r", { dbInstanceId: "rm", accountPassword: { $file: "password.txt" }, accountType: "Normal" });
`;
    const mistakes = [
      'new App(root, "a", { bizCode: "JST" });',
      'new Environment(root, "b", { app: environment, deployConfig: "x", envType: "test", region: "cn", replicas: 1 });',
      'new Environment(root, "c", { app, deployConfig: "x", envType: "live", region: "cn", replicas: 1 });',
      'new Environment(root, "d", { app, deployConfig: "x", envType: "test", region: "cn", replicas: true });',
      'new Environment(root, "e", { app, deployConfig: "x", envType: "test", region: "cn", replicas: 1, replica: 1 });',
    ];
    writeFileSync(join(project.folder, "app.ts"), right + mistakes.join("\n"));
    const { stdout } = await project.run(`"${process.execPath}" "${tsc}" -p . --noEmit`);
    const lines = [...stdout.matchAll(/^app\.ts\((\d+),\d+\): error/gm)].map(([, line]) => Number(line));
    expect(lines).toEqual(mistakes.map((_, index) => index + 6));
  });
});

describe("cairn synth APP", () => {
  it("tells what keeps an app from being run", async () => {
    const project = shop();
    project.write("throws.cjs", "throw new Error('not today')\n");
    project.write("empty.cjs", "exports.a = 1; exports.b = {}; exports.c = { node: null };\n");
    const said = async (line: string) => {
      const { code, stderr } = await project.cairn(`synth ${line}`);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await said("throws.cjs")).toContain("error[E_READ] throws.cjs: cannot be run: not today\n");
    expect(await said("nowhere.js")).toMatch(/^error\[E_READ\] nowhere\.js: cannot be run: Cannot find module/);
    expect(await said("nowhere.ts")).toMatch(/^error\[E_READ\] nowhere\.ts: cannot be run: /);
    expect(await said("empty.cjs")).toContain("error[E_READ] empty.cjs: exports no construct\n");
    expect(await said("--manifests generated")).toContain("error[E_USAGE]: --manifests is for the manifests of an app");
  });

  it("passes on what the constructs themselves refuse", async () => {
    const project = shop();
    const { stdout } = await project.cairn("version");
    expect(stdout).not.toBe("");
    project.write(
      "app.cjs",
      "const error = new Error('x'); error.diagnostics = [{ severity: 'error', code: 'E_FIELD', message: 'no', help: 'write yes' }]; throw error;\n",
    );
    expect((await project.cairn("synth app.cjs")).stderr).toBe("error[E_FIELD]: no\n  help: write yes\n");
  });

  it("writes the manifests where the project looks for them", async () => {
    const project = shop();
    const constructs = resolve("node_modules/constructs");
    project.write(
      "app.cjs",
      `const { RootConstruct, Construct } = require(${JSON.stringify(constructs)});
const root = new RootConstruct();
const one = new Construct(root, "one");
one[Symbol.for("cairnctl.manifest")] = { apiVersion: "retailcloud/v1", kind: "Database", metadata: { name: "orders" }, spec: { dbInstanceId: "rm-1", characterSetName: "utf8mb4" } };
exports.one = one;
`,
    );
    project.edit("cairn.yaml", "[manifests/*.yaml]", "[manifests/**/*.yaml]");
    const { code, stdout } = await project.cairn("synth app.cjs");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "wrote manifests/cdk: 1 manifest\nwrote cdktf.out/stacks/shop/cdk.tf.json: 4 resources\n",
    });
    expect(project.read("manifests/cdk/Database/orders.yaml")).toContain("dbInstanceId: rm-1");
  });
});
