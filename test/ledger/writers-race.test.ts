import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type Worker = { readonly child: ChildProcess; readonly lines: string[]; readonly end: Promise<unknown> };

async function startWorker(root: string, name: string, rounds: number): Promise<Worker> {
  const script = new URL("./write-turns.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, root, name, String(rounds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  const lines: string[] = [];
  child.stdout?.on("data", (chunk) => {
    text += String(chunk);
    lines.splice(0, lines.length, ...text.split("\n").slice(0, -1));
  });
  const end = once(child, "close");
  await expect.poll(() => lines[0], { timeout: 20_000 }).toBe("ready");
  return { child, lines, end };
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

test("of processes that are killed, stopped for longer than their lease and robbed of their locks none loses a write", {
  timeout: 120_000,
}, async () => {
  const root = await temporaryFolder();
  const backend = fileBackend({ path: "ledger.json", project: "storefront", root });
  const workers = await Promise.all(["a", "b", "c"].map((name) => startWorker(root, name, 10)));
  const running = (): readonly Worker[] => workers.filter(({ child }) => child.exitCode === null && !child.killed);
  let isOver = false;
  const ends = Promise.all(workers.map(({ end }) => end)).then(() => {
    isOver = true;
  });
  for (let turn = 0; !isOver; turn += 1) {
    const victim = running()[turn % 3]?.child;
    victim?.kill("SIGSTOP");
    if (turn % 3 === 1) await backend.unlock();
    await pass(turn % 4 === 0 ? 500 : 60);
    if (turn === 5) victim?.kill("SIGKILL");
    victim?.kill("SIGCONT");
    await pass(40);
  }
  await ends;
  const stored = await backend.read();
  const told = workers.flatMap(({ lines }) => lines.filter((line) => line.startsWith("App/")));
  expect(told.length).toBeGreaterThan(8);
  expect(Object.keys(stored?.entries ?? {})).toEqual(expect.arrayContaining(told));
  // One entry a write: none was written over another.
  expect(Object.keys(stored?.entries ?? {})).toHaveLength(stored?.serial ?? 0);
});
