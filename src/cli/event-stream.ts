import { appendFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CairnError, failure } from "../core/errors.ts";
import type { EventLine } from "../render/event-lines.ts";
import { jsonLine } from "../render/json-line.ts";
import type { Options } from "./options.ts";
import type { World } from "./world.ts";

/** Where `--format ndjson` goes: every line at once, so that others can follow a run. */
export type EventStream = {
  /** One line; without a time of its own it gets the clock's. Never throws: a full disk must not end an apply. */
  write(line: EventLine): void;
  /** `E_FILE` where a line could not be written to a file. */
  check(): void;
};

/** Opens every stream that the options ask for; undefined where they ask for none. */
export function openEventStream(
  world: World,
  { formats, directory }: Pick<Options, "formats" | "directory">,
): EventStream | undefined {
  const targets = formats.filter(({ format }) => format === "ndjson");
  if (targets.length === 0) return undefined;
  const broken = new Map<string, CairnError>();
  const begun = new Set<string>();
  const writeFile = (file: string, text: string): void => {
    const path = resolve(world.cwd, directory, file);
    if (broken.has(file)) return;
    try {
      if (begun.has(file)) appendFileSync(path, text);
      else writeFileSync(path, text);
      begun.add(file);
    } catch (error) {
      broken.set(file, fileFailure(file, error));
    }
  };
  return {
    write: ({ type, at = world.clock.now(), ...rest }) => {
      const text = jsonLine({ type, at, ...rest });
      for (const { file } of targets) {
        if (file === undefined) world.stdout.write(text);
        else writeFile(file, text);
      }
    },
    check: () => {
      const [first] = broken.values();
      broken.clear();
      if (first !== undefined) throw first;
    },
  };
}

/** A file of results that cannot be written. */
export function fileFailure(name: string, error: unknown): CairnError {
  return failure("E_FILE", `cannot write ${name}: ${error instanceof Error ? error.message : String(error)}`, {
    help: "name a file in an existing folder that you may write to",
  });
}
