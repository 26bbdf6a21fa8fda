import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createEmulator, type Emulator, serve } from "../../src/emulator/index.ts";

/** How a process ended, with all that it wrote. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A project in a folder, its cloud on a port, and processes that find `cairn` and a Terraform without network. */
export type Workshop = {
  readonly folder: string;
  readonly emulator: Emulator;
  /** Runs a line of a shell in the project folder, or in one below it. */
  run(line: string, below?: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Runs Terraform in the folder of a stack; fails with its output where it fails. */
  terraform(line: string, stack?: string): Promise<string>;
};

/** Why tests with Terraform cannot run here; undefined where they can. */
export function missingTerraform(): string | undefined {
  try {
    execFileSync("terraform", ["version"], { env: offline("") });
    return undefined;
  } catch {
    return "there is no terraform on this machine";
  }
}

function offline(file: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", TF_CLI_CONFIG_FILE: file, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}

/** Builds `cairn` for the processes of a test file; gives what opens workshops. */
export function buildWorkshops(): (name?: string) => Promise<Workshop> {
  const tools = mkdtempSync(join(tmpdir(), "cairn-tools-"));
  const settings = join(tools, "terraform.rc");
  beforeAll(() => {
    const bundle = join(tools, "cairn.mjs");
    execFileSync(process.execPath, ["scripts/build.mjs", "--trace", bundle]);
    writeFileSync(join(tools, "cairn"), `#!/bin/sh\nexec "${process.execPath}" "${bundle}" "$@"\n`);
    chmodSync(join(tools, "cairn"), 0o755);
    // Nothing is downloaded: what is not built in is not found.
    writeFileSync(settings, `provider_installation {\n  filesystem_mirror {\n    path = "${tools}"\n  }\n}\n`);
  }, 60_000);
  afterAll(() => rmSync(tools, { recursive: true, force: true }));

  return async (name = "project") => {
    const base = mkdtempSync(join(tmpdir(), "cairn-terraform-"));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    const folder = join(base, name);
    mkdirSync(join(folder, "manifests"), { recursive: true });
    const emulator = createEmulator();
    const served = await serve(emulator);
    onTestFinished(() => served.close());
    const env = { ...offline(settings), PATH: `${tools}:${process.env["PATH"]}`, KEY: "cairn", SECRET: "cairn-secret" };
    const config = {
      project: "shop",
      providers: {
        retailcloud: {
          region: "cn-zhangjiakou",
          endpoint: served.url,
          accessKeyId: "${env.KEY}",
          accessKeySecret: "${env.SECRET}",
        },
      },
      pace: 1000,
    };
    writeFileSync(join(folder, "cairn.yaml"), JSON.stringify(config));
    const run: Workshop["run"] = (line, below = ".", more = {}) =>
      new Promise((done) => {
        const options = { cwd: join(folder, below), env: { ...env, ...more }, maxBuffer: 1e8 };
        execFile("/bin/sh", ["-c", line], options, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          done({ code, stdout, stderr });
        });
      });
    const terraform: Workshop["terraform"] = async (line, stack = "shop") => {
      const { code, stdout, stderr } = await run(`terraform ${line}`, join("cdktf.out", "stacks", stack));
      if (code !== 0) throw new Error(`terraform ${line} ended with ${code}:\n${stdout}\n${stderr}`);
      return stdout;
    };
    return { folder, emulator, run, terraform };
  };
}
