import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a script ended, with everything that it wrote, in order. */
export type ScriptEnd = { readonly code: number; readonly output: string };

/** Where a script runs. `onStart` gets a function that interrupts it, as a code host does when a job is cancelled. */
export type ScriptWorld = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onStart?: (interrupt: () => void) => void;
};

/** Runs a script in the shell that code hosts use, and nothing of this process' environment but what is given. */
export function runScript(script: string, { cwd, env, onStart }: ScriptWorld): Promise<ScriptEnd> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-script-"));
  const file = join(folder, "script.sh");
  writeFileSync(file, script);
  return new Promise((done, fail) => {
    const shell = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], { cwd, env });
    const written = { output: "" };
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        written.output += chunk.toString();
      });
    }
    shell.stdin.end();
    shell.once("error", fail);
    shell.once("close", (code) => {
      rmSync(folder, { recursive: true, force: true });
      done({ code: code ?? 130, output: written.output });
    });
    // Only the shell gets the signal, as from GitHub's runner: what it has started hears of it by exec alone.
    onStart?.(() => shell.kill("SIGINT"));
  });
}
