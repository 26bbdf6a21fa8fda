import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Entry, LedgerState } from "../../src/core/ledger.ts";
import type { Clock } from "../../src/core/provider.ts";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.ts";
import { type Ran, runCairn } from "../cli/run-cairn.ts";
import { jumpingClock } from "../engine/fixtures.ts";
import { type Death, type Declined, openNetwork } from "./network.ts";
import { type Thing, thingsIn } from "./objects.ts";
import type { Manifest } from "./recipe.ts";

/** How one run of cairn ended. */
export type Ended = Ran & {
  /** It was killed before it ended; the rest says nothing then. */
  readonly dead: boolean;
  /** Mutating calls. */
  readonly sent: number;
  readonly declined: readonly Declined[];
};

/** What befalls one run, and how it differs from others. */
export type Weather = {
  readonly death?: Death | undefined;
  readonly mix?: (<T>(rows: readonly T[]) => readonly T[]) | undefined;
};

/** A project of its own with a cloud of its own, both on one clock that jumps over every wait. */
export type Site = {
  readonly emulator: Emulator;
  readonly clock: Clock;
  /** What its runs draw from. */
  readonly random: () => number;
  /** Replaces all manifests; `layout` says how they lie in files. */
  declare(manifests: readonly Manifest[], layout?: Layout): void;
  cairn(line: string, weather?: Weather): Promise<Ended>;
  entries(): readonly Entry[];
  /** Removes the ledger, and all that lies beside it. */
  loseLedger(): void;
  things(): readonly Thing[];
  close(): void;
};

/** One file for each document, or one for all. */
export type Layout = "apart" | "together";

const secrets = { PASSWORD_1: "Aa1-first-secret", PASSWORD_2: "Aa1-second-secret" };

/** The configuration of every site. */
export const config = {
  project: "model",
  manifests: ["manifests/*.yaml"],
  guards: { maxDeletes: 999, maxDeletePercent: 100, maxReplaces: 999, maxVanished: 999 },
  providers: {
    retailcloud: {
      ...{ region: "cn-zhangjiakou", endpoint: "http://127.0.0.1:8087" },
      ...{ accessKeyId: "cairn", accessKeySecret: "cairn-secret" },
    },
    huaweicloud: {
      ...{ region: "cn-north-4", projectId: "0123456789abcdef0123456789abcdef", endpoint: "http://127.0.0.1:8087" },
      ...{ accessKey: "cairn", secretKey: "cairn-secret" },
    },
  },
};

/** A beat beyond what timers take would come at once. */
const lease = { ms: 2000, beatMs: 2 ** 31 - 1 };

/** Opens a site; `seed` decides what its runs draw. */
export function openSite(options: EmulatorOptions, seed: number): Site {
  const folder = mkdtempSync(join(tmpdir(), "cairn-model-"));
  const clock = jumpingClock(Date.now(), 6);
  const emulator = createEmulator({ ...options, clock: clock.now });
  const random = drawing(seed);
  writeFileSync(join(folder, "cairn.yaml"), JSON.stringify(config));
  const manifests = join(folder, "manifests");
  mkdirSync(manifests);
  const entries = (): readonly Entry[] => {
    const file = join(folder, ".cairn/ledger.json");
    const found = readdirSync(folder).includes(".cairn") && readdirSync(join(folder, ".cairn")).includes("ledger.json");
    return found ? Object.values((JSON.parse(readFileSync(file, "utf8")) as LedgerState).entries) : [];
  };
  return {
    emulator,
    clock,
    random,
    declare: (wanted, layout = "apart") => {
      for (const file of readdirSync(manifests)) rmSync(join(manifests, file));
      for (const [file, text] of filesOf(wanted, layout)) writeFileSync(join(manifests, file), text);
    },
    cairn: async (line, { death, mix } = {}) => {
      let send: () => void = () => undefined;
      const network = openNetwork({ emulator, clock, death, mix, onInterrupt: () => send() });
      const run = runCairn(line.split(" "), {
        ...{ cwd: folder, env: secrets, fetch: network.fetch, clock: network.clock, random, lease },
        onStart: (signal) => {
          send = () => signal("SIGINT");
        },
      });
      const ended = await Promise.race([run, network.died]);
      // What a dead run has handed to the disk is still written.
      for (let turns = 0; ended === undefined && turns < 200; turns += 1) await turn();
      const rest = { sent: network.sent(), declined: network.declined };
      return ended === undefined
        ? { code: -1, stdout: "", stderr: "", dead: true, ...rest }
        : { ...ended, dead: false, ...rest };
    },
    entries,
    loseLedger: () => rmSync(join(folder, ".cairn"), { recursive: true, force: true }),
    things: () => thingsIn(emulator.state()),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function filesOf(manifests: readonly Manifest[], layout: Layout): readonly (readonly [string, string])[] {
  const texts = manifests.map((one) => JSON.stringify(one));
  if (layout === "together") return [["all.yaml", texts.join("\n---\n")]];
  return manifests.map(({ kind, metadata }, index) => [
    `${kind}-${metadata.name.replaceAll("/", "-")}.yaml`,
    texts[index] ?? "",
  ]);
}

/** Numbers in [0, 1) that depend on the seed alone. */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
