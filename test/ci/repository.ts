import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createEmulator, type Emulator, serve } from "../../src/emulator/index.ts";
import type { PackageRegistry } from "./package-registry.ts";
import { runScript } from "./shell.ts";

/** Keys that occur nowhere else: they must stand in nothing that a run leaves. */
export const keys = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "key-of-the-pipeline",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s3cret-0f-the-pipeline",
};

/** What `cairn init` wrote, in a git repository with a remote, and its cloud on a port. */
export type Repository = {
  /** Holds all of it. */
  readonly base: string;
  readonly folder: string;
  /** The bare repository. */
  readonly remote: string;
  readonly emulator: Emulator;
  /** For every process: paths, and nothing of this machine's settings of git and npm. */
  readonly env: Readonly<Record<string, string>>;
  git(line: string): string;
  read(file: string): string;
  edit(file: string, from: string | RegExp, to: string): void;
  /** Commits everything on a branch that begins at main, and pushes it. Gives the commit. */
  propose(branch: string, message?: string): string;
  /** Merges a branch into main as code hosts do, and pushes it. Gives the merge commit. */
  merge(branch: string): string;
  /** The files of the ledger's branch, by name; empty where there is none. */
  ledger(): Readonly<Record<string, string>>;
  /** A folder for one run. */
  machine(): string;
};

/** The project as a user makes it: `cairn init`, the real cloud's keys, `npm install`, commit, push. Gone when the test ends. */
export async function openRepository(registry: PackageRegistry): Promise<Repository> {
  const base = mkdtempSync(join(tmpdir(), "cairn-ci-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const emulator = createEmulator({
    keys: [{ id: keys.ALIBABA_CLOUD_ACCESS_KEY_ID, secret: keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET }],
  });
  const served = await serve(emulator);
  onTestFinished(() => served.close());
  const env = environment(base, registry);
  const folder = join(base, "shop");
  const remote = join(base, "infra.git");
  const run = (file: string, args: readonly string[]): string =>
    execFileSync(file, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] }).toString();
  const git: Repository["git"] = (line) => run("git", line.split(" "));
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const edit: Repository["edit"] = (file, from, to) => {
    const before = read(file);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} does not hold ${from}`);
    write(file, after);
  };
  execFileSync(process.execPath, [registry.executable, "init", folder], { env });
  goToCloud({ edit }, served.url);
  await lock(registry, folder, env);
  execFileSync("git", ["init", "-q", "--bare", "-b", "main", remote], { env });
  for (const line of ["init -q -b main", `remote add origin ${remote}`, "add -A", "commit -qm shop"]) git(line);
  git("push -q origin main");
  const machines = { count: 0 };
  return {
    ...{ base, folder, remote, emulator, env, git, read, edit },
    propose: (branch, message = branch) => {
      git(git(`branch --list ${branch}`) === "" ? `checkout -q -b ${branch}` : `checkout -q ${branch}`);
      git("add -A");
      run("git", ["commit", "-qm", message]);
      git(`push -q origin ${branch}`);
      const commit = git("rev-parse HEAD").trim();
      git("checkout -q main");
      return commit;
    },
    merge: (branch) => {
      git(`merge -q --no-ff --no-edit ${branch}`);
      git("push -q origin main");
      return git("rev-parse HEAD").trim();
    },
    ledger: () => ledgerOf(remote, env),
    machine: () => {
      machines.count += 1;
      const made = join(base, `machine-${machines.count}`);
      mkdirSync(made);
      return made;
    },
  };
}

const locks = new Map<PackageRegistry, string>();

/** `npm install` for the sake of its lock file, which is the same for every project. */
async function lock(registry: PackageRegistry, folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const file = join(folder, "package-lock.json");
  const known = locks.get(registry);
  if (known !== undefined) return writeFileSync(file, known);
  // Not in step with this process, which serves the registry.
  const { code, output } = await runScript("npm install", { cwd: folder, env });
  if (code !== 0) throw new Error(output);
  locks.set(registry, readFileSync(file, "utf8"));
}

/** What the comments of cairn.yaml tell to do for the real cloud, but for the endpoint. */
function goToCloud({ edit }: Pick<Repository, "edit">, url: string): void {
  edit("cairn.yaml", "http://127.0.0.1:8087", url);
  edit("cairn.yaml", /\n {4}accessKeyId: cairn\n {4}accessKeySecret: cairn-secret\n/, "\n");
  edit("cairn.yaml", "# accessKeyId", "accessKeyId");
  edit("cairn.yaml", "# accessKeySecret", "accessKeySecret");
  edit("cairn.yaml", /$/, "pace: 1000\n");
}

function environment(base: string, registry: PackageRegistry): Record<string, string> {
  const tools = join(base, "tools");
  for (const folder of [tools, join(base, "home")]) mkdirSync(folder);
  const identity = { NAME: "Ada", EMAIL: "ada@shop.example" };
  return {
    PATH: [tools, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
    HOME: join(base, "home"),
    TMPDIR: base,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: identity.NAME,
    GIT_AUTHOR_EMAIL: identity.EMAIL,
    GIT_COMMITTER_NAME: identity.NAME,
    GIT_COMMITTER_EMAIL: identity.EMAIL,
    LEDGER_RETRY_SECONDS: "0",
    npm_config_registry: registry.url,
    npm_config_cache: join(base, "npm"),
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}

function ledgerOf(remote: string, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const ask = (...args: string[]): string =>
    execFileSync("git", ["-C", remote, ...args], { env, stdio: ["ignore", "pipe", "ignore"] }).toString();
  try {
    const names = ask("ls-tree", "--name-only", "cairn-ledger").trim().split("\n");
    return Object.fromEntries(names.map((name) => [name, ask("show", `cairn-ledger:${name}`)]));
  } catch {
    return {};
  }
}
