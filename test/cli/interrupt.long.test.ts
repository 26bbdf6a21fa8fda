import { execFileSync, spawn, spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/index.ts";
import {
  appsIn,
  becomesTrue,
  type Ended,
  environment,
  executable,
  type Started,
  served,
  start,
  watch,
} from "./child-process.ts";
import { rolling } from "./rollouts.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** Far less than what is waited for in each case, and enough for a process on a busy machine to come to its end. */
const atOnceMs = 10_000;

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"]);
}, 120_000);

/** A project that waits as long as a real one does, behind a cloud on a port. */
function slowShop(rules: readonly object[] = []) {
  const project = shop();
  project.edit("cairn.yaml", "pace: 1000\n", "");
  return served(project, { rules });
}

/** Sends a signal, and expects that the process ends at once with 130 and says what it was about. */
async function interrupt({ child, ended }: Started, signal: "SIGINT" | "SIGTERM"): Promise<Ended> {
  const began = performance.now();
  child.kill(signal);
  const end = await ended;
  expect(performance.now() - began).toBeLessThan(atOnceMs);
  expect(end.stderr).toContain(`${signal}: finishing what is in flight`);
  expect(end.stderr).toContain("error[E_INTERRUPTED]");
  expect(end.stderr).not.toMatch(/E_INTERNAL|\n\s+at /);
  expect(end.code).toBe(130);
  return end;
}

type Ledger = { readonly serial: number; readonly entries: object; readonly intents: readonly object[] };

function ledgerOf(project: Shop): Ledger {
  return JSON.parse(project.read(".cairn/ledger.json"));
}

/** Applies in a hurry, and expects that all is as declared: nothing twice, nothing lost, the lock free. */
async function converges(project: Shop & { readonly emulator: Emulator }, objects: object): Promise<void> {
  project.emulator.setFaults({ rules: [] });
  project.edit("cairn.yaml", /(pace: \d+\n)?$/, "pace: 1000\n");
  const applied = await start(project.folder, "apply --yes").ended;
  expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  expect(objectsIn(project.emulator)).toMatchObject(objects);
  expect(ledgerOf(project).intents).toEqual([]);
  expect((await start(project.folder, "plan --detailed-exitcode").ended).code).toBe(0);
}

const everything = { App: 1, DeployConfig: 1, Environment: 1 };

const gateway = {
  apiVersion: "apig/v2",
  kind: "ApigInstance",
  metadata: { name: "edge" },
  spec: { specId: "BASIC", vpcId: "v", subnetId: "s", securityGroupId: "g", availableZoneIds: ["cn-north-4a"] },
};

const cluster = {
  apiVersion: "retailcloud/v1",
  kind: "Cluster",
  metadata: { name: "shops" },
  spec: {
    businessCode: "JST",
    clusterEnvType: "test",
    clusterType: "Standard",
    regionId: "cn-zhangjiakou",
    vpcId: "vpc-1",
    vswitchIds: ["vsw-1"],
    podCidr: "172.20.0.0/16",
    serviceCidr: "172.21.0.0/20",
    keyPair: "k",
  },
};

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  it("during a call finishes and records it", async () => {
    const rules = [{ match: { action: "CreateApp" }, effect: "latency", ms: 1500 }];
    const project = await slowShop(rules);
    const run = start(project.folder, "apply --yes");
    await becomesTrue(() => project.emulator.calls().some(({ action }) => action === "CreateApp"));
    const { stdout } = await interrupt(run, signal);
    expect(stdout).toContain("Interrupted: 1 done");
    expect(Object.keys(ledgerOf(project).entries)).toEqual(["App/web"]);
    await converges(project, everything);
  });

  it("between the attempts of a call that is throttled ends the wait", async () => {
    const project = await slowShop([{ match: { action: "CreateApp" }, effect: "throttle" }]);
    const run = start(project.folder, "apply --yes");
    await becomesTrue(() => project.emulator.calls().filter(({ action }) => action === "CreateApp").length >= 3);
    const { stderr } = await interrupt(run, signal);
    expect(stderr).toContain("interrupted before the next attempt");
    expect(appsIn(project.emulator)).toBe(0);
    await converges(project, everything);
  });

  it("while lists are throttled ends a plan, and writes nothing", async () => {
    const project = await slowShop([{ match: { action: "ListApp" }, effect: "throttle" }]);
    const run = start(project.folder, "plan");
    await becomesTrue(() => project.emulator.calls().length >= 3);
    const { stdout } = await interrupt(run, signal);
    expect(stdout).toBe("");
    expect(() => project.read(".cairn/ledger.json")).toThrow("ENOENT");
  });

  it("while another run has the lock ends the wait, and leaves that run alone", async () => {
    const project = await slowShop([{ match: { action: "CreateApp" }, effect: "latency", ms: 8000 }]);
    const holder = start(project.folder, "apply --yes");
    await becomesTrue(() => project.emulator.calls().some(({ action }) => action === "CreateApp"));
    const waiting = start(project.folder, "apply --yes --lock-timeout 10m");
    await becomesTrue(() => waiting.said().includes("waiting for"));
    const { stderr } = await interrupt(waiting, signal);
    expect(stderr).toContain("interrupted while waiting for");
    expect((await holder.ended).code).toBe(0);
    await converges(project, everything);
  });

  it("while the object of a lost answer is looked for leaves its intent, and it is not made twice", async () => {
    const project = await slowShop([
      { match: { action: "CreateApp", nth: 1 }, effect: "drop-response" },
      { match: { action: "ListApp" }, effect: "stale-list", ms: 600_000 },
    ]);
    const run = start(project.folder, "apply --yes");
    await becomesTrue(() => run.said().includes("looking for the object"));
    await interrupt(run, signal);
    expect(appsIn(project.emulator)).toBe(1);
    expect(ledgerOf(project)).toMatchObject({ entries: {}, intents: [{ action: "create" }] });
    await converges(project, everything);
  });

  it.each([
    ["gateway", gateway, "ApigInstance"],
    ["cluster", cluster, "Cluster"],
  ] as const)("while a new %s is waited for leaves it owned, and the next run goes on", async (_, manifest, kind) => {
    const project = await slowShop();
    project.edit(
      "cairn.yaml",
      "providers:\n",
      `providers:\n  huaweicloud: { region: r, projectId: "0123456789abcdef0123456789abcdef", endpoint: "${endpointIn(project)}", accessKey: "\${env.KEY}", secretKey: "\${env.SECRET}" }\n`,
    );
    project.write("manifests/web.yaml", JSON.stringify(manifest));
    // The first look at a cluster comes after half a minute.
    project.edit("cairn.yaml", /$/, "pace: 20\n");
    const run = start(project.folder, "apply --yes");
    await becomesTrue(() => new RegExp(`create ${kind}/\\w+: (?!started)`).test(run.said()));
    await interrupt(run, signal);
    expect(Object.keys(ledgerOf(project).entries)).toHaveLength(1);
    project.emulator.advance(7_200_000);
    await converges(project, { [kind]: 1 });
  });

  it("while a rollout is followed leaves it to the cloud, and it is not deployed twice", async () => {
    const project = await served(rolling({}, {}));
    project.edit("cairn.yaml", "pace: 1000\n", "");
    const run = start(project.folder, "apply --yes");
    await becomesTrue(() => project.emulator.calls().some(({ action }) => action === "DescribeDeployOrderDetail"));
    await interrupt(run, signal);
    project.emulator.advance(600_000);
    await converges(project, everything);
    expect(project.emulator.calls().filter(({ action }) => action === "DeployApp")).toHaveLength(1);
  });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

describe.skipIf(!hasScript)("a question on a terminal", () => {
  const ask = (project: Shop): Started => {
    const words = [process.execPath, executable, "apply"].join(" ");
    return watch(spawn("script", ["-qec", words, "/dev/null"], { cwd: project.folder, env: environment }));
  };

  it("is ended by ^C with 130: nothing is changed, and the lock is free", async () => {
    const project = await slowShop();
    const run = ask(project);
    await becomesTrue(() => run.said().includes('Only "yes" goes on'));
    run.child.stdin?.write("\u0003");
    const { code } = await run.ended;
    expect(run.said()).toContain("error[E_INTERRUPTED]");
    expect(code).toBe(130);
    expect(appsIn(project.emulator)).toBe(0);
    await converges(project, everything);
  });

  it.each([
    ["yes", 0, 1],
    ["no", 1, 0],
  ])("is answered with %s", async (answer, code, apps) => {
    const project = await slowShop();
    const run = ask(project);
    await becomesTrue(() => run.said().includes('Only "yes" goes on'));
    run.child.stdin?.write(`${answer}\n`);
    expect((await run.ended).code).toBe(code);
    expect(appsIn(project.emulator)).toBe(apps);
  });
});

describe("a second signal", () => {
  it.each([
    ["during a call", [{ match: { action: "CreateApp" }, effect: "latency", ms: 20_000 }]],
    ["during a call whose answer never comes", [{ match: { action: "CreateApp" }, effect: "latency", ms: 60_000 }]],
  ])("%s ends at once, and the next run goes on", async (_, rules) => {
    const project = await slowShop(rules);
    const { child, ended } = start(project.folder, "apply --yes");
    await becomesTrue(() => project.emulator.calls().some(({ action }) => action === "CreateApp"));
    child.kill("SIGINT");
    await new Promise((done) => setTimeout(done, 300));
    const began = performance.now();
    child.kill("SIGTERM");
    expect((await ended).code).toBe(130);
    expect(performance.now() - began).toBeLessThan(atOnceMs);
    expect(ledgerOf(project).intents).not.toEqual([]);
    await converges(project, everything);
  });
});

function endpointIn(project: Shop): string {
  return /http:\/\/[\d.:]+/.exec(project.read("cairn.yaml"))?.[0] ?? "";
}
