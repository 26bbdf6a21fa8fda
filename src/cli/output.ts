import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Diagnostic, failure } from "../core/errors.ts";
import type { Paint } from "../render/paint.ts";
import { isColoured } from "./color.ts";
import { type FormatName, type LogLevel, logLevels, type Options } from "./options.ts";
import type { World } from "./world.ts";

/** Where a command puts its result and its messages; nothing else writes to the streams. */
export type Output = {
  /** True where somebody asked for the format. */
  wants(format: FormatName): boolean;
  /** True where the result for people goes to stdout. */
  readonly textOnStdout: boolean;
  /** A part of the result for people: to stdout at once if that is text, to files at the end. */
  text(part: string): void;
  /** The result for programs, one document; a later one replaces an earlier one. */
  json(document: object): void;
  /**
   * Text that stands at the foot of a terminal until the next message: given by what writes it anew, taken away by what
   * `clear` returns. Undefined: nothing stands there any more.
   */
  foot(clear: (() => string) | undefined): void;
  /** A message for people on stderr, from this level on. */
  message(level: LogLevel, text: string): void;
  /** Diagnostics for people on stderr: errors always, warnings from level warn on. */
  diagnostics(list: readonly Diagnostic[]): Promise<void>;
  /** The looks of stdout and of stderr; loads the colours. */
  paint(stream: "stdout" | "stderr"): Promise<Paint>;
  /**
   * Writes what waits for the end, each part once however often it is called; `finish` makes the last document of the one so
   * far. `E_FILE` where a file cannot be written: what is left waits for the next call.
   */
  close(finish?: (document: object | undefined) => object): Promise<void>;
};

/** The output of one run, as its options say: formats without a file go to stdout, where text goes if none does. */
export function openOutput(
  world: World,
  options: Pick<Options, "formats" | "color" | "logLevel" | "directory">,
): Output {
  const stdoutFormat = options.formats.find(({ file }) => file === undefined)?.format ?? "text";
  const loud = logLevels.indexOf(options.logLevel);
  const coloured: { stdout?: boolean; stderr?: boolean } = {};
  const paint = async (stream: "stdout" | "stderr"): Promise<Paint> => {
    coloured[stream] ??= isColoured(world[stream], options.color, world.env);
    return (await import("../render/paint.ts")).paintWith(coloured[stream]);
  };
  const collected: { text: string; document?: object } = { text: "" };
  const writes = pendingWrites(world, options, collected);
  let clearFoot: (() => string) | undefined;
  const say = (text: string): void => world.stderr.write(`${clearFoot?.() ?? ""}${text}`);

  return {
    wants: (format) => format === stdoutFormat || options.formats.some((one) => one.format === format),
    textOnStdout: stdoutFormat === "text",
    text: (part) => {
      if (stdoutFormat === "text") world.stdout.write(part);
      collected.text += part;
    },
    json: (document) => {
      collected.document = document;
    },
    foot: (clear) => {
      clearFoot = clear;
    },
    message: (level, text) => {
      if (logLevels.indexOf(level) <= loud) say(text);
    },
    diagnostics: async (list) => {
      const shown = list.filter(({ severity }) => severity === "error" || loud > 0);
      if (shown.length === 0) return;
      const { renderDiagnostics } = await import("../render/diagnostic.ts");
      say(renderDiagnostics(shown, await paint("stderr")));
    },
    paint,
    close: async (finish) => {
      if (writes.length > 0 && finish !== undefined) collected.document = finish(collected.document);
      for (let write = writes.shift(); write !== undefined; write = writes.shift()) await write();
    },
  };
}

/** What the end of the run writes: files first, so that their faults are known before the document on stdout. */
function pendingWrites(
  world: World,
  { formats, directory }: Pick<Options, "formats" | "directory">,
  collected: { readonly text: string; readonly document?: object },
): (() => Promise<void>)[] {
  const json = async (): Promise<string> => (await import("../render/json-text.ts")).jsonText(collected.document ?? {});
  const files = formats.flatMap(({ format, file }) => {
    if (file === undefined) return [];
    const path = resolve(world.cwd, directory, file);
    return [async () => writeResult(path, file, format === "json" ? await json() : plain(collected.text))];
  });
  const toStdout = formats.some(({ format, file }) => format === "json" && file === undefined);
  return toStdout ? [...files, async () => world.stdout.write(await json())] : files;
}

/** Files hold no colours, whatever stdout shows. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
}

function writeResult(path: string, name: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw failure("E_FILE", `cannot write ${name}: ${error instanceof Error ? error.message : String(error)}`, {
      help: "name a file in an existing folder that you may write to",
    });
  }
}
