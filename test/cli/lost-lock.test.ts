import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFetch } from "../../src/emulator/fetch.ts";
import type { Handle } from "../../src/emulator/request.ts";
import { serve } from "../../src/emulator/serve.ts";
import type { Ran } from "./run-cairn.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

const elsewhere = JSON.stringify({
  token: "8b0f3f0e-6a52-4a5e-9f0e-0d6d5c6f0b11",
  pid: 4711,
  host: "elsewhere",
  boot: "other",
  namespace: "other",
  started: "1",
  user: "deploy",
  command: "cairn apply",
  since: "2026-11-21T00:00:00.000Z",
});

/** Runs apply, whose lock somebody else has from the first call to an action on. */
function robbed(project: Shop, action: string): Promise<Ran> {
  const fetch = createFetch(project.emulator.handle);
  return project.cairn("apply --yes", {
    fetch: (url, request) => {
      if (Object.values(request.headers).includes(action)) project.write(".cairn/ledger.json.lock", elsewhere);
      return fetch(url, request);
    },
  });
}

/** Starts apply in a process of its own. */
function startApply(project: Shop): { readonly child: ChildProcess; readonly ran: () => Promise<Ran> } {
  const script = new URL("./run-line.ts", import.meta.url).pathname;
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const env = { ...process.env, KEY: "cairn", SECRET: "cairn-secret" };
  const options = { cwd: project.folder, env };
  const child = spawn(process.execPath, ["--import", tsx, script, "apply", "--yes"], options);
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stderr.pipe(process.stderr);
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += String(chunk);
  });
  const closed = once(child, "close");
  return { child, ran: () => closed.then((): Ran => JSON.parse(text)) };
}

describe("a run whose lock was lost", () => {
  it("before its first change sends none, and is refused: exit 4", async () => {
    const project = shop();
    const { code, stderr } = await robbed(project, "ListApp");
    expect(stderr).toContain("error[E_LOCKED] .cairn/ledger.json: the lock on the ledger was lost: nothing more is");
    expect(code).toBe(4);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0 });
    expect(project.read(".cairn/ledger.json.lock")).toBe(elsewhere);
  });

  it("after its first change sends no other one, and tells what it did: exit 3", async () => {
    const project = shop();
    const { code, stderr } = await robbed(project, "CreateApp");
    expect(code).toBe(3);
    expect(stderr).toContain("error[E_LOCKED]");
    expect(stderr).toMatch(/for the record, what this one would have written:\n\{[\s\S]*"App\/web"/);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 0, Environment: 0 });
  });

  it("between two calls of which no ledger write tells sends not even the second", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.edit("manifests/web.yaml", "description: first", "description: second");
    project.emulator.setFaults({ rules: [{ match: { action: "UpdateApp", nth: 1 }, effect: "throttle" }] });
    project.emulator.clearCalls();
    const { code } = await robbed(project, "UpdateApp");
    expect(code).toBe(3);
    expect(project.emulator.calls().filter(({ action }) => action === "UpdateApp")).toMatchObject([
      { faulted: "throttle" },
    ]);
  });
});

describe("a run that was stopped for longer than its lease", () => {
  it("leaves everything to the run that came after, which loses and doubles nothing", async () => {
    const project = shop();
    const { emulator } = project;
    let stopped: () => void = () => {};
    const isStopped = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    // The app is made, and its maker stopped before the answer is there.
    const handle: Handle = async (request) => {
      const answer = await emulator.handle(request);
      if (Object.values(request.headers).includes("CreateApp")) {
        first.child.kill("SIGSTOP");
        stopped();
      }
      return answer;
    };
    const { url, close } = await serve({ handle });
    onTestFinished(close);
    project.edit("cairn.yaml", "http://127.0.0.1:8087", url);
    const first = startApply(project);
    await isStopped;
    const second = await project.cairn("apply --yes --lock-timeout 30s", { lease: { ms: 500, beatMs: 50 } });
    expect(second.stderr).toMatch(/waiting for the lock of "cairn apply" \(pid \d+ on /);
    expect(second.code).toBe(0);
    first.child.kill("SIGCONT");
    const { code, stderr } = await first.ran();
    expect(stderr).toContain("error[E_LOCKED]");
    expect(code).toBe(3);
    expect(objectsIn(emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });
});
