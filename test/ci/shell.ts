import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a script ended, with everything that it wrote, in order. */
export type ScriptEnd = { readonly code: number; readonly output: string };

/** Ends a script as code hosts do when a job is cancelled: its shell is told, or all that it has started is killed. */
export type Stop = (how: "tell the shell" | "kill everything") => void;

/** Where a script runs. */
export type ScriptWorld = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onStart?: (stop: Stop) => void;
};

/** Runs a script in the shell that code hosts use, and nothing of this process' environment but what is given. */
export function runScript(script: string, { cwd, env, onStart }: ScriptWorld): Promise<ScriptEnd> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-script-"));
  const file = join(folder, "script.sh");
  writeFileSync(file, script);
  return new Promise((done, fail) => {
    const shell = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], { cwd, env, detached: true });
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
      done({ code: code ?? 137, output: written.output });
    });
    onStart?.((how) => {
      // What a shell has started does not hear of the shell's signal, unless it has taken its place by exec.
      if (how === "tell the shell") shell.kill("SIGINT");
      else process.kill(-(shell.pid ?? 0), "SIGKILL");
    });
  });
}
