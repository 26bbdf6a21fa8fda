import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "cairn-trace-"));
const bundle = join(folder, "cairn.mjs");

/** The modules whose body ran, as the bundle itself recorded them. */
function modulesOf(...args: string[]): string {
  const list = join(folder, "modules.txt");
  execFileSync(process.execPath, [bundle, ...args], {
    cwd: folder,
    env: { ...process.env, KEY: "b", CAIRN_TRACE: list },
    stdio: "pipe",
  });
  return readFileSync(list, "utf8");
}

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs", "--trace", bundle]);
  mkdirSync(join(folder, "manifests"));
  writeFileSync(
    join(folder, "cairn.yaml"),
    'project: trace\nproviders: { retailcloud: { region: cn-zhangjiakou, endpoint: "http://127.0.0.1:9", accessKeyId: a, accessKeySecret: "${env.KEY}" } }\nvars: { title: Shop }\n',
  );
  writeFileSync(
    join(folder, "manifests", "app.yaml"),
    `apiVersion: retailcloud/v1
kind: App
metadata: { name: shop }
spec:
  title: \${var.title}
  bizCode: JST
  language: Java
  operatingSystem: Linux
  serviceType: GeneralApplication
  userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]
`,
  );
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the executable", () => {
  it("loads neither zod nor YAML nor the clouds to tell its version", () => {
    const modules = modulesOf("version");
    expect(modules).toContain("src/cli/main.ts");
    expect(modules).not.toMatch(/zod|js-yaml|providers\/|src\/(manifest|engine|ledger|emulator)\//);
  });

  it("loads nothing to validate that only calls and plans need", () => {
    const modules = modulesOf("validate");
    expect(modules).toMatch(/zod[\s\S]*js-yaml|js-yaml[\s\S]*zod/);
    expect(modules).toContain("src/manifest/load.ts");
    expect(modules).not.toMatch(/undici|@alicloud|p-queue|p-retry|string-width|cdktf|viz-js|aws4fetch|\/pg\//);
    expect(modules).not.toMatch(/src\/(engine|ledger|emulator)\/|providers\/retailcloud\/(client|signer|credentials)/);
  });

  it("loads the cdktf for synth alone", () => {
    expect(modulesOf("synth")).toMatch(/^cdktf$/m);
    // Nobody listens there.
    expect(() => modulesOf("plan")).toThrow();
    expect(readFileSync(join(folder, "modules.txt"), "utf8")).toContain("src/cli/commands/plan.ts");
    expect(readFileSync(join(folder, "modules.txt"), "utf8")).not.toMatch(/cdktf|src\/cdk\//);
  });
});
