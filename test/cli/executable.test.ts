import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createEmulator, type Emulator, serve } from "../../src/emulator/index.ts";
import { objectsIn, shop } from "./shop.ts";

const executable = resolve("dist/cairn.js");

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function start(folder: string, line: string): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { PATH: process.env["PATH"] ?? "", KEY: "cairn", SECRET: "cairn-secret" };
  const child = spawn(process.execPath, [executable, ...line.split(" ")], { cwd: folder, env });
  child.stdin.end();
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      written[name] += chunk.toString();
    });
  }
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, ...written })));
  return { child, ended };
}

/** A project whose cloud is served on a real port. */
async function servedShop(rules: readonly object[] = []) {
  const project = shop();
  const emulator = createEmulator();
  emulator.setFaults({ rules });
  const served = await serve(emulator);
  onTestFinished(() => served.close());
  project.edit("cairn.yaml", "http://127.0.0.1:8087", served.url);
  return { ...project, emulator };
}

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

function appsIn(emulator: Emulator): number {
  return objectsIn(emulator)["App"] ?? 0;
}

function becomesTrue(condition: () => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (condition()) done();
      else setTimeout(look, 20);
    };
    look();
  });
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

  it("tells how far the creation of a gateway is, against an emulator of its own with --speed", {
    timeout: 60_000,
  }, async () => {
    const served = start(".", "emulator --port 0 --speed 600");
    onTestFinished(() => void served.child.kill("SIGTERM"));
    const ready = await new Promise<string>((done) =>
      served.child.stdout?.once("data", (chunk: Buffer) => done(chunk.toString())),
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

  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect((await start(".", "version").ended).stdout).toBe(`${version}\n`);
  });
});
