import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** How a process ended: without a code where a signal ended it. */
export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A process that runs, and its end. */
export type Running = { readonly kill: () => Promise<Ended>; readonly ended: Promise<Ended> };

/** The executable as users get it, built for this purpose alone. */
export type Executable = {
  /** Starts it in a folder; the words of one line. */
  readonly start: (folder: string, line: string, options?: Start) => Running;
  readonly remove: () => void;
};

/** How a process is started: what its environment holds besides the path, and a script that runs in it first. */
export type Start = { readonly env?: Readonly<Record<string, string>>; readonly preload?: string };

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the executable into a folder of its own, so that no other build disturbs a run that takes minutes. */
export function buildExecutable(): Executable {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  const folder = mkdtempSync(join(root, ".tmp", "chaos-"));
  execFileSync(process.execPath, ["scripts/build.mjs", "--out", folder], { cwd: root });
  const path = join(folder, "cairn.js");
  return {
    start: (cwd, line, options) => start(path, cwd, line, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function start(path: string, cwd: string, line: string, { env = {}, preload }: Start = {}): Running {
  const imports = preload === undefined ? [] : ["--import", resolve(root, preload)];
  const child = spawn(process.execPath, [...imports, path, ...line.split(" ")], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = endOf(child);
  return {
    ended,
    kill: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.on("data", (chunk: Buffer) => {
      written[name] += chunk.toString();
    });
  }
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done({ code, signal, ...written }));
  });
}
