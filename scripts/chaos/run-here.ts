import { main } from "../../src/cli/main.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import type { Emulator } from "../../src/emulator/index.ts";
import { systemClock } from "../../src/http/clock.ts";
import { secrets } from "./plays.ts";

/** What a command left that was run in this process. */
export type RanHere = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command that nobody disturbs in this process, which saves a start: for what is looked at afterwards. */
export async function runHere(cwd: string, line: string, emulator: Emulator): Promise<RanHere> {
  const written = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: false,
    columns: 80,
    rows: 24,
  });
  const code = await main(line.split(" "), {
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    stdin: { isTTY: false, line: async () => undefined, all: async () => undefined },
    env: secrets,
    cwd,
    fetch: createFetch(emulator.handle),
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    onSignal: () => () => undefined,
    exit: () => undefined,
    version: "0.0.0-chaos",
  });
  return { code, ...written };
}
