import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../src/emulator/index.ts";
import type { Ended, Executable, Running, Start } from "./executable.ts";
import { type Blow, type Fallen, type Front, isMutating, openFront } from "./front.ts";
import { copyExample, edit, type Play, secrets, setPace } from "./plays.ts";
import { differences, type Portrait, portrait } from "./portrait.ts";
import { runHere } from "./run-here.ts";
import { strayFiles } from "./stray-files.ts";

/** One death: of which run, at which call or before which step on the ledger's files. */
export type Death = {
  readonly play: Play["name"];
  readonly at: "call" | "file";
  /** Counted from 1. */
  readonly n: number;
  readonly moment: Blow["moment"];
};

/** What came of a death. */
export type Verdict = {
  readonly death: Death;
  /** The run ended before it. */
  readonly missed: boolean;
  /** A call that changes nothing comes to the same whenever it is done: there is nothing to be seen. */
  readonly idle: boolean;
  /** The call that was struck, where it was one. */
  readonly action?: string;
  /** What is not as it has to be after one more run. */
  readonly faults: readonly string[];
};

/** Where deaths are played: a port, a folder, and what undisturbed runs left. One at a time. */
export type Stage = {
  /** How many calls an undisturbed run makes. */
  readonly calls: number;
  readonly kill: (death: Death) => Promise<Verdict>;
  readonly close: () => Promise<void>;
};

/** So many times as fast as real time runs the cloud, and the waits of those who call it. */
const speed = 100;

/** What is under way when its run dies is done within so many milliseconds, divided by the pace. */
const flightMs = 10_000;

/** A late call is not tried for at a slower pace than this: its next run waits for minutes as it is. */
const slowest = 0.1;

const preload = "scripts/chaos/die-at-file-step.mjs";

type Base = { readonly seed: unknown; readonly ledger: string } | undefined;

type Scene = {
  readonly play: Play;
  readonly executable: Executable;
  readonly front: Front;
  readonly folder: string;
  readonly base: Base;
  readonly wanted: Portrait;
};

/** Plays the run undisturbed, to know what is to come of it, and makes ready for disturbing it. */
export async function openStage(executable: Executable, play: Play): Promise<Stage> {
  const front = await openFront();
  const folder = mkdtempSync(join(tmpdir(), "cairn-chaos-"));
  copyExample(folder, front.url, speed);
  const run = (line: string, options?: Start): Running => start(executable, folder, line, options);
  const clean = async (line: string, seed?: unknown): Promise<Emulator> => {
    const emulator = createEmulator({ speed, ...(seed === undefined ? {} : { seed }) });
    front.mount(emulator);
    const { code, stderr } = await run(line).ended;
    if (code !== 0) throw new Error(`an undisturbed ${line} ended with ${code}: ${stderr}`);
    return emulator;
  };
  let base: Base;
  if (play.onTop) {
    const emulator = await clean("apply --yes");
    base = { seed: settled(emulator), ledger: readFileSync(ledgerOf(folder), "utf8") };
  }
  for (const [file, from, to] of play.edits) edit(folder, file, from, to);
  const emulator = await clean(play.line, base?.seed);
  const calls = front.count();
  const scene = { play, executable, front, folder, base, wanted: paint(emulator, folder) };
  return {
    calls,
    kill: (death) => kill(scene, death),
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      await front.close();
    },
  };
}

function start(executable: Executable, folder: string, line: string, { env, preload }: Start = {}): Running {
  const all = { env: { ...secrets, ...env }, ...(preload === undefined ? {} : { preload }) };
  return executable.start(folder, line, all);
}

function ledgerOf(folder: string): string {
  return join(folder, ".cairn", "ledger.json");
}

/** What a cloud holds once everything that was under way has ended. */
function settled(emulator: Emulator): ReturnType<Emulator["state"]> {
  emulator.advance(3_600_000);
  return emulator.state();
}

function paint(emulator: Emulator, folder: string): Portrait {
  return portrait(settled(emulator), JSON.parse(readFileSync(ledgerOf(folder), "utf8")));
}

/** A call that is done late has to come while the next run waits for it: on a slow machine everything is given more time. */
async function kill(scene: Scene, death: Death, pace = death.moment === "late" ? 5 : speed): Promise<Verdict> {
  const { front, folder, play } = scene;
  const emulator = restore(scene, pace);
  const first = await die(scene, emulator, death);
  const fallen = front.fallen();
  const missed = first.signal !== "SIGKILL";
  const idle = death.moment === "late" && fallen !== undefined && !isMutating(fallen.action);
  const verdict = { death, missed, idle, ...(fallen === undefined ? {} : { action: fallen.action }) };
  if (missed)
    return { ...verdict, faults: first.code === 0 ? [] : [`the run ended with ${first.code}: ${first.stderr}`] };
  if (idle) return { ...verdict, faults: [] };
  front.mount(emulator);
  const second = start(scene.executable, folder, play.line);
  const isInTime = death.moment !== "late" || fallen === undefined || (await finishLate(front, fallen, pace));
  const { code, stderr } = await second.ended;
  if (!isInTime && pace >= slowest) return kill(scene, death, pace / 2);
  if (!isInTime)
    return { ...verdict, faults: ["the next run never looked in time: the machine is too slow for this death"] };
  if (code !== 0) return { ...verdict, faults: [`the next run ended with ${code}: ${stderr}`] };
  return { ...verdict, faults: await faultsOf(scene, emulator) };
}

/** Cloud and folder as they were before the run. */
function restore({ base, folder }: Scene, pace: number): Emulator {
  rmSync(join(folder, ".cairn"), { recursive: true, force: true });
  setPace(folder, pace);
  if (base !== undefined) {
    mkdirSync(join(folder, ".cairn"));
    writeFileSync(ledgerOf(folder), base.ledger);
  }
  return createEmulator({ speed, ...(base === undefined ? {} : { seed: base.seed }) });
}

async function die({ executable, front, folder, play }: Scene, emulator: Emulator, death: Death): Promise<Ended> {
  const { at, n, moment } = death;
  if (at === "file") {
    front.mount(emulator);
    return start(executable, folder, play.line, { preload, env: { CHAOS_FILE_STEP: String(n) } }).ended;
  }
  let running: Running | undefined;
  front.mount(emulator, { call: n, moment, kill: async () => running?.kill() });
  running = start(executable, folder, play.line);
  return running.ended;
}

/**
 * Finishes a late call while the next run has begun to look, and may still wait. False where that was not to be. A run that has
 * little left to look at makes few calls: below real time one of them is enough.
 */
async function finishLate(front: Front, { at, finish }: Fallen, pace: number): Promise<boolean> {
  const window = flightMs / pace;
  await new Promise((done) => setTimeout(done, at + 0.7 * window - Date.now()));
  const hasBegun = front.count() >= (pace < 1 ? 1 : 5);
  const doneAt = await finish();
  return hasBegun && doneAt < at + 0.9 * window;
}

async function faultsOf({ play, folder, wanted }: Scene, emulator: Emulator): Promise<string[]> {
  const faults = [...differences(wanted, paint(emulator, folder))];
  const { intents } = JSON.parse(readFileSync(ledgerOf(folder), "utf8"));
  if (intents.length > 0) faults.push(`the ledger holds ${intents.length} open intents`);
  const left = strayFiles(join(folder, ".cairn"));
  if (left.length > 0) faults.push(`beside the ledger lies ${left.join(", ")}`);
  if (!existsSync(ledgerOf(folder))) faults.push("there is no ledger");
  emulator.clearCalls();
  const line = play.name === "destroy" ? play.line : "plan --detailed-exitcode";
  const { code, stdout, stderr } = await runHere(folder, line, emulator);
  if (code !== 0) faults.push(`"${line}" ends with ${code} after that: ${stdout}${stderr}`);
  const changes = emulator.calls().filter(({ action }) => isMutating(action));
  if (changes.length > 0) faults.push(`"${line}" sends ${changes.map(({ action }) => action).join(", ")} after that`);
  return faults;
}
