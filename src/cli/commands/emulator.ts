import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CairnError, failure, fault } from "../../core/errors.ts";
import { createEmulator, type Emulator, type Key, parseKey, serve } from "../../emulator/index.ts";
import { parseJson } from "../../emulator/read-json.ts";
import type { Options } from "../options.ts";
import type { RunContext } from "../run.ts";
import type { World } from "../world.ts";

/** `cairn emulator`: serves the clouds on loopback until a signal ends it; that end is a success. */
export async function runEmulator({ world, options, output, signal }: RunContext): Promise<number> {
  const emulator = create(world, options);
  const served = await serve(emulator, { port: options.port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw failure("E_USAGE", `port ${options.port} is in use`, { help: "name another --port; 0 picks a free one" });
  });
  output.text(`ready ${served.url}\n`);
  await new Promise<void>((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
  await served.close();
  return 0;
}

function create(world: World, options: Options): Emulator {
  const { wire, speed } = options;
  const keys = options.keys.length === 0 ? {} : { keys: options.keys.map(keyOf) };
  if (options.seed === undefined) return createEmulator({ ...keys, wire, speed });
  const { seed: name } = options;
  try {
    const seed = parseJson(readFileSync(resolve(world.cwd, options.directory, name), "utf8"), name);
    return createEmulator({ ...keys, wire, speed, seed });
  } catch (error) {
    const help = "a seed is what GET /_emulator/state prints";
    const mistakes = messageOf(error).split("\n");
    throw new CairnError(mistakes.map((one) => fault("E_READ", `cannot start from ${name}: ${one}`, { help })));
  }
}

/** The message of a bad key names no part of it. */
function keyOf(text: string): Key {
  try {
    return parseKey(text);
  } catch (error) {
    throw failure("E_USAGE", `option '--key': ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
