import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, loadAll } from "js-yaml";
import { describe, expect, it, test } from "vitest";
import { objectsIn, shop } from "./shop.ts";

const files = [
  ".github/workflows/cairn.yml",
  ".gitignore",
  ".gitlab-ci.yml",
  "README.md",
  "cairn.yaml",
  "ci/codeup.mjs",
  "ci/flow-drift.yml",
  "ci/flow.yml",
  "ci/gitlab.mjs",
  "ci/ledger.sh",
  "manifests/app.yaml",
  "manifests/deploy-config.yaml",
  "manifests/environment.yaml",
  "package.json",
];

describe("cairn init", () => {
  it.each(["sdk", "manual"] as const)("writes a project that lives a whole life on the emulator (%s)", async (wire) => {
    const at = shop({ wire });
    expect(await at.cairn("init new")).toMatchObject({ code: 0, stderr: "" });
    // As it is written: no stack to choose, no variable to set.
    const bare = { env: {} };
    expect(await at.cairn("-C new validate", bare)).toMatchObject({ code: 0, stdout: "valid, 4 resources\n" });
    expect((await at.cairn("-C new plan", bare)).stdout).toContain("Plan: 4 to create");
    const applied = await at.cairn("-C new apply --yes", bare);
    expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining("Applied: 4 done.")]);
    expect(await at.cairn("-C new plan --detailed-exitcode", bare)).toMatchObject({ code: 0 });
    expect(await at.cairn("-C new drift", bare)).toMatchObject({ code: 0 });
    expect(await at.cairn("-C new destroy --yes", bare)).toMatchObject({ code: 0 });
    expect(Object.values(objectsIn(at.emulator)).reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  it("asks the real cloud with the keys of the environment, once the lines are changed that cairn.yaml names", async () => {
    const at = shop();
    await at.cairn("init new");
    at.edit("new/cairn.yaml", /\n {4}endpoint: .*\n {4}accessKeyId: .*\n {4}accessKeySecret: .*\n/, "\n");
    at.edit("new/cairn.yaml", "# accessKeyId", "accessKeyId");
    at.edit("new/cairn.yaml", "# accessKeySecret", "accessKeySecret");
    const asked: string[] = [];
    const { code, stderr } = await at.cairn("-C new plan", {
      env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "my-key", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "my-secret" },
      fetch: (url, { headers }) => {
        asked.push(`${url} ${JSON.stringify(headers)}`);
        return Promise.resolve(new Response('{"Code":"InvalidAccessKeyId.NotFound"}', { status: 404 }));
      },
    });
    expect([code, stderr]).toEqual([1, expect.not.stringContaining("E_SECRET")]);
    expect(asked.length).toBeGreaterThan(0);
    for (const one of asked) expect(one).toMatch(/^https:\/\/[\w.-]+\.aliyuncs\.com\/.*Credential=my-key/);
  });

  it("lists what it wrote and what to do next, for people and for programs", async () => {
    const at = shop();
    const { stdout } = await at.run(["init", "my shop"]);
    expect(stdout).toBe(
      `wrote project my-shop to my shop:\n${files.map((file) => `  ${file}\n`).join("")}\n` +
        "Next, with the cloud played on this machine:\n  cd 'my shop'\n  cairn emulator &\n  cairn plan\n  cairn apply\n",
    );
    const { stdout: json } = await at.cairn("init other --format json");
    expect(JSON.parse(json)).toEqual({ project: "other", directory: "other", written: files, kept: [] });
    expect(await at.cairn("-C third init")).toMatchObject({ code: 0 });
    expect(existsSync(join(at.folder, "third/cairn.yaml"))).toBe(true);
  });

  test.each([
    ["storefront", "storefront"],
    ["My Shop", "my-shop"],
    ["Café_2.0", "cafe-2-0"],
    ["2026-shop", "shop"],
    ["店铺", "shop"],
    ["--", "shop"],
    ["true", "true"],
    ["1e3", "e3"],
    ["x".repeat(100), "x".repeat(40)],
    ["$(touch pwned)`'\"{}: #", "touch-pwned"],
    ["a\n- b: c", "a-b-c"],
  ])("names the project in folder %j %s, and the project is valid", async (folder, name) => {
    const at = shop();
    const { code } = await at.run(["init", "--", folder]);
    expect(code).toBe(0);
    expect(load(at.read(join(folder, "cairn.yaml")))).toMatchObject({ project: name });
    const validated = await at.cairn("validate", { cwd: join(at.folder, folder) });
    expect(validated).toMatchObject({ code: 0, stdout: "valid, 4 resources\n" });
  });

  it("overwrites nothing, and tells everything that is in the way at once", async () => {
    const at = shop();
    at.write("new/cairn.yaml", "mine\n");
    at.write("new/ci", "a file\n");
    mkdirSync(join(at.folder, "elsewhere"));
    symlinkSync(join(at.folder, "elsewhere"), join(at.folder, "new/manifests"));
    symlinkSync("nowhere", join(at.folder, "new/package.json"));
    const { code, stdout, stderr } = await at.cairn("init new");
    expect([code, stdout]).toEqual([1, ""]);
    const help = "  help: move it away, or name another folder: cairn init DIR\n";
    expect(stderr).toBe(
      [
        "new/cairn.yaml: is there already, and init overwrites nothing",
        "new/ci: is no folder",
        "new/manifests: is a link",
        "new/package.json: is there already, and init overwrites nothing",
      ]
        .map((line) => `error[E_FILE] ${line}\n${help}`)
        .join(""),
    );
    expect([at.read("new/cairn.yaml"), at.read("new/ci")]).toEqual(["mine\n", "a file\n"]);
    for (const file of ["new/.gitlab-ci.yml", "new/.github", "elsewhere/app.yaml"]) {
      expect(existsSync(join(at.folder, file))).toBe(false);
    }
  });

  it("refuses a file in the place of its folder, and a folder that it may not make", async () => {
    const at = shop();
    at.write("new", "a file\n");
    expect(await at.cairn("init new")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("new: is no folder\n"),
    });
    expect(await at.cairn("init new/below")).toMatchObject({ code: 1, stderr: expect.stringContaining("E_FILE") });
    expect(at.read("new")).toBe("a file\n");
  });

  it("keeps what a new repository brings, a README and a .gitignore", async () => {
    const at = shop();
    at.write("new/README.md", "# mine\n");
    at.write("new/.gitignore", "*.log\n");
    const { code, stdout } = await at.cairn("init new");
    expect(code).toBe(0);
    expect(stdout).toContain("kept .gitignore, which was there before\n");
    expect(stdout).toContain("add to it: node_modules/ .cairn/ plan.json\n");
    expect([at.read("new/README.md"), at.read("new/.gitignore")]).toEqual(["# mine\n", "*.log\n"]);
  });

  it("says where pipelines belong when the project lies below the root of a git repository", async () => {
    const at = shop();
    mkdirSync(join(at.folder, ".git"));
    expect((await at.cairn("init shops/web")).stderr).toContain("Code hosts look for pipelines at its root");
    mkdirSync(join(at.folder, "own/.git"), { recursive: true });
    expect((await at.cairn("init own")).stderr).toBe("");
  });

  it("writes files that their readers can read, with nothing left to fill in", async () => {
    const at = shop();
    await at.cairn("init new");
    for (const file of files) {
      const text = at.read(join("new", file));
      expect(text).not.toMatch(/PROJECT_NAME|CAIRN_VERSION/);
      if (/\.ya?ml$/.test(file)) expect(loadAll(text).length).toBeGreaterThan(0);
    }
    expect(JSON.parse(at.read("new/package.json"))).toEqual({
      private: true,
      devDependencies: { cairnctl: "0.0.0-test" },
    });
    expect(statSync(join(at.folder, "new/ci/ledger.sh")).mode & 0o111).toBe(0o111);
  });

  it("hides from git what a run leaves", async () => {
    const at = shop();
    await at.cairn("init new");
    const git = (...args: string[]) => execFileSync("git", args, { cwd: join(at.folder, "new") }).toString();
    git("init", "-q");
    for (const line of ["apply --yes", "plan --out plan.json --format markdown=comment.md --format html=plan.html"]) {
      expect(await at.cairn(`-C new ${line}`, { env: {} })).toMatchObject({ code: 0 });
    }
    mkdirSync(join(at.folder, "new/node_modules"));
    writeFileSync(join(at.folder, "new/node_modules/x"), "");
    const seen = git("ls-files", "--others", "--exclude-standard").trim().split("\n");
    expect(seen.sort()).toEqual(files);
    expect(readFileSync(join(at.folder, "new/.cairn/ledger.json"), "utf8")).toContain("App/new");
  });
});
