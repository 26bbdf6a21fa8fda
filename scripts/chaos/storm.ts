import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, serve } from "../../src/emulator/index.ts";
import type { Ended, Executable } from "./executable.ts";
import { objectsPerApp, stormKeys, writeStormProject } from "./storm-project.ts";

/** How a storm is raised. */
export type Weather = {
  /** The project has ten objects for each. */
  readonly apps: number;
  readonly seed: number;
  /** So many times as fast as real time runs the cloud, and the waits of those who call it. */
  readonly pace: number;
};

/** What one apply cost and left. */
type Passage = {
  readonly code: number | null;
  readonly stderr: string;
  readonly calls: number;
  /** How many calls met each effect. */
  readonly met: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly peakMiB: number;
  readonly objects: number;
  readonly owned: number;
  /** What a plan after it says is still to be done; empty where nothing is. */
  readonly undone: string;
};

/** An apply of the same project in calm weather and in the storm. */
export type Storm = { readonly calm: Passage; readonly stormy: Passage; readonly faults: readonly string[] };

/** So many calls may the storm cost, as a multiple of those in calm weather. */
export const mostCalls = 2.5;

/**
 * Of all calls 20 % are done and lose their answers, 20 % are throttled, 10 % end in an internal error, and 5 % are done and
 * answered with half a body. Rules look at what the ones before them have let pass, and so ask for more of it.
 */
const rules = [
  { match: { probability: 0.2 }, effect: "drop-response" },
  { match: { probability: 0.2 / 0.8 }, effect: "throttle" },
  { match: { probability: 0.1 / 0.6 }, effect: "http500" },
  { match: { probability: 0.05 / 0.5 }, effect: "malformed" },
];

/** Applies the project twice, each time once and to an empty cloud, and says what the storm must not have done. */
export async function raiseStorm(executable: Executable, weather: Weather): Promise<Storm> {
  const calm = await pass(executable, weather, []);
  const stormy = await pass(executable, weather, rules);
  const wanted = weather.apps * objectsPerApp;
  const faults = [
    ...(calm.code === 0 ? [] : [`in calm weather apply ended with ${calm.code}: ${lastOf(calm.stderr)}`]),
    ...(stormy.code === 0 ? [] : [`apply ended with ${stormy.code}: ${lastOf(stormy.stderr)}`]),
    ...(stormy.objects === wanted ? [] : [`${stormy.objects} objects instead of ${wanted}`]),
    ...(stormy.owned === wanted ? [] : [`${stormy.owned} owned objects instead of ${wanted}`]),
    ...(stormy.undone === "" ? [] : [`a plan still says: ${stormy.undone}`]),
    ...(stormy.calls <= mostCalls * calm.calls ? [] : [`more than ${mostCalls} times the calls of calm weather`]),
  ];
  return { calm, stormy, faults };
}

async function pass(executable: Executable, weather: Weather, faults: readonly object[]): Promise<Passage> {
  const { apps, seed, pace } = weather;
  const folder = mkdtempSync(join(tmpdir(), "cairn-storm-"));
  const emulator = createEmulator({ speed: pace });
  const served = await serve(emulator);
  const peak = join(folder, "peak");
  const run = (line: string): Promise<Ended> => {
    const env = { ...stormKeys, CHAOS_PEAK: peak };
    return executable.start(folder, line, { env, preload: "scripts/chaos/tell-peak.mjs" }).ended;
  };
  try {
    writeStormProject(folder, served.url, apps, pace);
    emulator.setFaults({ seed, rules: faults });
    const began = Date.now();
    const { code, stderr } = await run("apply --yes");
    const seconds = Math.round((Date.now() - began) / 1000);
    const peakMiB = Math.round(Number(readFileSync(peak, "utf8")));
    const cost = { calls: emulator.calls().length, met: metIn(emulator), seconds, peakMiB };
    emulator.setFaults({ rules: [] });
    const planned = await run("plan --detailed-exitcode");
    const undone = planned.code === 0 ? "" : lastOf(planned.stdout + planned.stderr);
    return { code, stderr, ...cost, objects: objectsIn(emulator), owned: ownedIn(folder), undone };
  } finally {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function metIn(emulator: Emulator): Record<string, number> {
  const met: Record<string, number> = {};
  for (const { faulted } of emulator.calls()) {
    if (faulted !== false) met[faulted] = (met[faulted] ?? 0) + 1;
  }
  return met;
}

function objectsIn(emulator: Emulator): number {
  const tables = Object.values(emulator.state()["retailcloud"] ?? {});
  return tables.reduce((sum, rows) => sum + rows.length, 0);
}

function ownedIn(folder: string): number {
  const { entries } = JSON.parse(readFileSync(join(folder, ".cairn", "ledger.json"), "utf8"));
  return Object.keys(entries).length;
}

function lastOf(text: string): string {
  return text.trim().split("\n").slice(-5).join("\n");
}
