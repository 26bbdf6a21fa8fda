import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Lease } from "../../src/ledger/lease.ts";

/** A process of its own that holds the lock of `ledger.json` in a folder. */
export type Holder = {
  readonly pid: number | undefined;
  /** Sends a signal; resolves for SIGKILL when the process is gone. */
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
  /** Gives an order, and answers what became of it. */
  order(line: "write" | "check"): Promise<string>;
};

/** Starts a holder, and waits until it holds the lock; it is killed when the test ends. */
export async function startHolder(root: string, { ms, beatMs }: Lease): Promise<Holder> {
  const script = new URL("./hold-ledger.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, root, String(ms), String(beatMs)]);
  child.stderr.pipe(process.stderr);
  onTestFinished(() => void child.kill("SIGKILL"));
  await said(child);
  return {
    pid: child.pid,
    signal: async (name) => {
      child.kill(name);
      if (name === "SIGKILL") await once(child, "exit");
    },
    order: (line) => {
      const answer = said(child);
      child.stdin.write(`${line}\n`);
      return answer;
    },
  };
}

/** Makes the lock of a ledger look as if it had been taken on another host, about whose processes this one knows nothing. */
export async function moveElsewhere(root: string): Promise<void> {
  const path = join(root, "ledger.json.lock");
  const record: object = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...record, host: "elsewhere" }));
}

async function said(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [text] = await once(child.stdout, "data");
  return String(text).trim();
}
