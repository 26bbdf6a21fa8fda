import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { projectTemplate } from "../../src/cli/project-template.ts";
import { appsIn, becomesTrue, served, start, startOpen } from "./child-process.ts";
import { applied, shop } from "./shop.ts";

/** A project whose cloud is served on a real port. */
const servedShop = (rules: readonly object[] = []) => served(shop(), { rules });

const gateway = {
  apiVersion: "apig/v2",
  kind: "ApigInstance",
  metadata: { name: "edge" },
  spec: { specId: "BASIC", vpcId: "v", subnetId: "s", securityGroupId: "g", availableZoneIds: ["cn-north-4a"] },
};

function edgeConfig(endpoint: string): string {
  const place = { region: "cn-north-4", projectId: "0123456789abcdef0123456789abcdef", endpoint };
  const huaweicloud = { ...place, accessKey: "${env.KEY}", secretKey: "${env.SECRET}" };
  return JSON.stringify({ project: "edge", manifests: ["manifests/*.yaml"], pace: 200, providers: { huaweicloud } });
}

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"]);
}, 60_000);

describe("the executable", () => {
  it("plans, applies and destroys over real HTTP", { timeout: 60_000 }, async () => {
    const { folder, emulator } = await servedShop();
    const applied = await start(folder, "apply --yes").ended;
    expect(applied.stderr).not.toContain("error[");
    expect(applied.code).toBe(0);
    const planned = await start(folder, "plan --detailed-exitcode --format json").ended;
    expect(JSON.parse(planned.stdout)).toMatchObject({ errored: false, applyable: false });
    expect(planned.code).toBe(0);
    expect((await start(folder, "destroy --yes").ended).code).toBe(0);
    expect(JSON.stringify(emulator.state())).toContain('"App":[]');
  });

  it("stores the ledger that comes through a pipe, and stops waiting for one at a signal", {
    timeout: 60_000,
  }, async () => {
    const text = (await applied()).read(".cairn/ledger.json");
    const { folder } = shop();
    const pushed = startOpen(folder, "ledger push -");
    pushed.child.stdin?.write(text.slice(0, 500));
    setTimeout(() => pushed.child.stdin?.end(text.slice(500)), 50);
    expect(await pushed.ended).toMatchObject({ code: 0, stdout: expect.stringContaining("3 come (App/web, ") });
    const { entries } = JSON.parse((await start(folder, "ledger pull").ended).stdout);
    expect(entries).toEqual(JSON.parse(text).entries);
    const waiting = startOpen(folder, "ledger push - --log-level debug");
    setTimeout(() => waiting.child.kill("SIGINT"), 1500);
    expect(await waiting.ended).toMatchObject({ code: 130, stderr: expect.stringContaining("E_INTERRUPTED") });
  });

  it("tells how far the creation of a gateway is, against an emulator of its own with --speed", {
    timeout: 60_000,
  }, async () => {
    const cloud = start(".", "emulator --port 0 --speed 600");
    onTestFinished(() => void cloud.child.kill("SIGTERM"));
    const ready = await new Promise<string>((done) =>
      cloud.child.stdout?.once("data", (chunk: Buffer) => done(chunk.toString())),
    );
    const project = shop();
    project.write("cairn.yaml", edgeConfig(ready.trim().replace("ready ", "")));
    project.write("manifests/web.yaml", JSON.stringify(gateway));
    const { code, stdout, stderr } = await start(project.folder, "apply --yes").ended;
    expect(stderr).not.toContain("error[");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Applied: 1 done")]);
    for (const step of ["Creating (30 %)", "Registering (80 %)"]) {
      expect(stderr).toContain(`create ApigInstance/edge: ${step}\n`);
    }
    expect((await start(project.folder, "plan --detailed-exitcode").ended).code).toBe(0);
  });

  it("finishes what is in flight after a signal, and exits 130", { timeout: 60_000 }, async () => {
    const { folder, emulator } = await servedShop([{ match: { action: "CreateApp" }, effect: "latency", ms: 500 }]);
    const { child, ended } = start(folder, "apply --yes");
    await becomesTrue(() => emulator.calls().some(({ action }) => action === "CreateApp"));
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(stderr).toContain("SIGTERM: finishing what is in flight");
    expect(code).toBe(130);
    const listed = await start(folder, "ledger list").ended;
    expect(listed.stdout).toContain("owns 1 resource;");
  });

  it("exits at once after a second signal, and the next run owns what was made", { timeout: 60_000 }, async () => {
    const { folder, emulator } = await servedShop([{ match: { action: "CreateApp" }, effect: "latency", ms: 1500 }]);
    const { child, ended } = start(folder, "apply --yes");
    await becomesTrue(() => emulator.calls().some(({ action }) => action === "CreateApp"));
    child.kill("SIGINT");
    await new Promise((done) => setTimeout(done, 200));
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    emulator.setFaults({ rules: [] });
    // What was in flight commits although nobody waits for it any more.
    await becomesTrue(() => appsIn(emulator) === 1);
    expect((await start(folder, "apply --yes").ended).code).toBe(0);
    expect(appsIn(emulator)).toBe(1);
  });

  it("tells quickly and briefly that nobody listens", { timeout: 60_000 }, async () => {
    const project = shop();
    project.edit("cairn.yaml", "127.0.0.1:8087", "127.0.0.1:9");
    const { code, stderr, stdout } = await start(project.folder, "plan").ended;
    expect(stderr).toMatch(/^error\[E_UNREACHABLE\].*\n.*cairn emulator/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("serves the emulator until SIGTERM", { timeout: 60_000 }, async () => {
    const { child, ended } = start(".", "emulator --port 0");
    const first = await new Promise<string>((done) =>
      child.stdout?.once("data", (chunk: Buffer) => done(chunk.toString())),
    );
    expect(first).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\n$/);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("does not mind a reader that goes away", { timeout: 60_000 }, async () => {
    const { folder, emulator } = await servedShop();
    const { child, ended } = start(folder, "apply --yes");
    child.stdout?.destroy();
    expect((await ended).code).toBe(0);
    expect(JSON.stringify(emulator.state())).toContain('"Title":"web"');
  });

  it("carries the files of a new project, word for word", async () => {
    const { folder } = shop();
    const written = await start(folder, "init new --format json").ended;
    expect(written.stderr).toBe("");
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    const texts = JSON.parse(written.stdout).written.map((file: string) => [
      file,
      readFileSync(join(folder, "new", file), "utf8"),
    ]);
    const expected = [...projectTemplate()].map(([file, text]) => [
      file,
      text.replaceAll("PROJECT_NAME", "new").replaceAll("CAIRN_VERSION", version),
    ]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(expected));
  });

  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect((await start(".", "version").ended).stdout).toBe(`${version}\n`);
  });
});
