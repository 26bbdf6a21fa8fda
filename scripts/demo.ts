// Plays a whole life of examples/storefront against cairn's own emulator, over real HTTP, and stops at the first step that
// does not end as it should. Needs nothing but Node and a build.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const executable = join(root, "dist", "cairn.js");
const folder = mkdtempSync(join(tmpdir(), "cairn-demo-"));

type Ended = { readonly code: number | null; readonly output: string };

/** What a step of the demo types, and how it has to end. */
type Step = { readonly type: string; readonly says: string; readonly exit: number; readonly shows: RegExp };

const before: readonly Step[] = [
  { type: "validate", says: "The manifests are checked without any network.", exit: 0, shows: /valid/ },
  { type: "plan --stack dev", says: "What would be done.", exit: 0, shows: /Plan: [1-9]\d* to create/ },
  { type: "apply --stack dev --yes", says: "It is done.", exit: 0, shows: /Applied: [1-9]\d* done\./ },
  { type: "plan --stack dev --detailed-exitcode", says: "Nothing is left to do.", exit: 0, shows: /No changes\./ },
];

const after: readonly Step[] = [
  { type: "drift --stack dev", says: "The drift is found: exit 2.", exit: 2, shows: /replicas/ },
  { type: "apply --stack dev --yes", says: "It is put right.", exit: 0, shows: /Applied: 1 done\./ },
  { type: "drift --stack dev", says: "No drift any more.", exit: 0, shows: /no drift/i },
  { type: "destroy --stack dev --yes", says: "Everything goes again.", exit: 0, shows: /Applied: [1-9]\d* done\./ },
  { type: "ledger list --stack dev", says: "Nothing is owned any more.", exit: 0, shows: /owns 0 resources/ },
];

async function demo(): Promise<void> {
  cpSync(join(root, "examples", "storefront"), folder, { recursive: true });
  console.log(`A copy of examples/storefront is in ${folder}\n`);
  console.log("$ cairn emulator --port 0 &");
  const emulator = start(["emulator", "--port", "0"]);
  try {
    const url = await readyUrl(emulator);
    const config = join(folder, "cairn.yaml");
    writeFileSync(config, readFileSync(config, "utf8").replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, url));
    for (const step of before) await play(step);
    await scaleByHand(url);
    for (const step of after) await play(step);
    await expectEmpty(url);
  } finally {
    emulator.kill("SIGTERM");
  }
  console.log("The demo went as it should.");
}

function start(args: readonly string[]): ChildProcess {
  const { PATH = "" } = process.env;
  return spawn(process.execPath, [executable, ...args], { cwd: folder, env: { PATH, NO_COLOR: "1" } });
}

function readyUrl(emulator: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    emulator.once("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
    emulator.stderr?.pipe(process.stderr);
    emulator.stdout?.on("data", (chunk: Buffer) => {
      const url = /ready (\S+)/.exec(chunk.toString())?.[1];
      if (url === undefined) return;
      console.log(`ready ${url}\n`);
      resolve(url);
    });
  });
}

async function play({ type, says, exit, shows }: Step): Promise<void> {
  console.log(`# ${says}\n$ cairn ${type}`);
  const { code, output } = await run(type.split(" "));
  console.log(`(exit ${code})\n`);
  if (code !== exit) throw new Error(`"cairn ${type}" ended with ${code}, not ${exit}`);
  if (!shows.test(output)) throw new Error(`"cairn ${type}" does not show ${shows}`);
}

function run(args: readonly string[]): Promise<Ended> {
  const child = start(args);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
  }
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

type State = { readonly retailcloud: Record<string, Record<string, unknown>[]> };

async function stateAt(url: string): Promise<State> {
  return (await (await fetch(`${url}/_emulator/state`)).json()) as State;
}

/** Somebody scales an environment in the console, past cairn. */
async function scaleByHand(url: string): Promise<void> {
  console.log("# Somebody changes the replicas of an environment in the console.\n");
  const state = await stateAt(url);
  const [environment] = state.retailcloud["Environment"] ?? [];
  if (environment === undefined) throw new Error("the emulator holds no environment");
  const field = Object.keys(environment).find((name) => name.toLowerCase() === "replicas") ?? "replicas";
  environment[field] = 9;
  const answer = await fetch(`${url}/_emulator/reset`, { method: "POST", body: JSON.stringify(state) });
  if (!answer.ok) throw new Error(`the emulator refused its own state: ${await answer.text()}`);
}

async function expectEmpty(url: string): Promise<void> {
  const { retailcloud } = await stateAt(url);
  const kinds = ["App", "DeployConfig", "Environment", "Service", "SlbAP", "AppResourceAlloc"];
  const left = kinds.filter((kind) => (retailcloud[kind] ?? []).length > 0);
  if (left.length > 0) throw new Error(`the cloud still holds objects of ${left.join(", ")}`);
  console.log("# The cloud holds none of it any more.\n");
}

try {
  await demo();
} catch (error) {
  console.error(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
