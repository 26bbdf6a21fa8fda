import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { onTestFinished } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions, serve } from "../../src/emulator/index.ts";
import { objectsIn, type Shop } from "./shop.ts";

/** The executable that the build writes. */
export const executable = resolve("dist/cairn.js");

/** How a process ended, and what it wrote. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A running `cairn`. */
export type Started = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written so far, on both streams. */
  readonly said: () => string;
};

/** The environment of every process: the keys of the shop, and nothing of this machine's. */
export const environment = { PATH: process.env["PATH"] ?? "", KEY: "cairn", SECRET: "cairn-secret" };

/** Starts the real executable in a folder; nobody is at its stdin. */
export function start(folder: string, line: string): Started {
  const started = startOpen(folder, line);
  started.child.stdin?.end();
  return started;
}

/** The same, with a stdin that stays open until its `child` is given its end. */
export function startOpen(folder: string, line: string): Started {
  return watch(spawn(process.execPath, [executable, ...line.split(" ")], { cwd: folder, env: environment }));
}

/** Gathers what a process writes until it ends. */
export function watch(child: ChildProcess): Started {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.on("data", (chunk: Buffer) => {
      written[name] += chunk.toString();
    });
  }
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, ...written })));
  return { child, ended, said: () => `${written.stdout}${written.stderr}` };
}

/** Puts the cloud of a project behind a real port. */
export async function served<S extends Shop>(
  project: S,
  { rules = [], ...options }: EmulatorOptions & { readonly rules?: readonly object[] } = {},
): Promise<S & { readonly emulator: Emulator }> {
  const emulator = createEmulator(options);
  emulator.setFaults({ rules });
  const server = await serve(emulator);
  onTestFinished(() => server.close());
  project.edit("cairn.yaml", "http://127.0.0.1:8087", server.url);
  return { ...project, emulator };
}

/** Resolves as soon as the condition holds. */
export function becomesTrue(condition: () => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (condition()) done();
      else setTimeout(look, 20);
    };
    look();
  });
}

/** How many apps an emulator holds. */
export function appsIn(emulator: Emulator): number {
  return objectsIn(emulator)["App"] ?? 0;
}
