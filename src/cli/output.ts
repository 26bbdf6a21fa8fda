import { relative, resolve } from "node:path";
import type { Diagnostic } from "../core/errors.ts";
import { type EventLine, messageLine } from "../render/event-lines.ts";
import type { Paint } from "../render/paint.ts";
import type { Found, Report } from "../render/report.ts";
import { isColoured } from "./color.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { failureDocument, withFaults } from "./failure.ts";
import { type FormatName, type LogLevel, logLevels, type Options } from "./options.ts";
import { pasteable, type Workplace, withPasteableHelp } from "./pasteable.ts";
import { type Collected, pendingWrites } from "./pending-writes.ts";
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
  /** What the formats that are made at the end show; a later result replaces an earlier one. */
  found(found: Found): void;
  /** The project and stack that the run is about, as soon as they are known, and what is known of its providers. */
  about(subject: Pick<Report, "project" | "stack"> & Pick<Workplace, "aliasOf">): void;
  /** A text of cairn's own, with the commands that it names as they have to be typed to work where this run does. */
  pasteable(text: string): string;
  /** The same for the help of diagnostics, before they become part of a result; `diagnostics` and `close` do it themselves. */
  withPasteableHelp(list: readonly Diagnostic[]): readonly Diagnostic[];
  /** Lines of the event stream, written at once where somebody asked for it. */
  events(lines: readonly EventLine[]): void;
  /**
   * Text that stands at the foot of a terminal until the next message: given by what writes it anew, taken away by what
   * `clear` returns. Undefined: nothing stands there any more.
   */
  foot(clear: (() => string) | undefined): void;
  /** A message for people on stderr, from this level on. */
  message(level: LogLevel, text: string): void;
  /** Diagnostics for people on stderr, errors always, warnings from level warn on; every format tells all of them. */
  diagnostics(list: readonly Diagnostic[]): Promise<void>;
  /** The looks of stdout and of stderr; loads the colours. */
  paint(stream: "stdout" | "stderr"): Promise<Paint>;
  /**
   * Writes what waits for the end, each part once however often it is called; `faults` are what ended the run, if anything
   * did. `E_FILE` where a file cannot be written: what is left waits for the next call.
   */
  close(faults?: readonly Diagnostic[]): Promise<void>;
};

/** What an output is opened for. */
export type OutputOptions = Pick<Options, "formats" | "color" | "logLevel" | "directory" | "stack" | "provider"> & {
  /** The command as typed. */
  readonly command: string;
  /** What goes to stdout where no format is named for it. */
  readonly ownFormat: FormatName;
};

/** The output of one run, as its options say: formats without a file go to stdout, where the command's own goes if none does. */
export function openOutput(world: World, options: OutputOptions): Output {
  const formats = withOwn(options);
  const asText = formats.some(({ format, file }) => format === "text" && file === undefined);
  const loud = logLevels.indexOf(options.logLevel);
  const coloured: { stdout?: boolean; stderr?: boolean } = {};
  const paint = async (stream: "stdout" | "stderr"): Promise<Paint> => {
    coloured[stream] ??= isColoured(world[stream], options.color, world.env);
    return (await import("../render/paint.ts")).paintWith(coloured[stream]);
  };
  const collected: Collected = { text: "", report: emptyReport(world, options) };
  const stream = openEventStream(world, { ...options, formats });
  const writes = pendingWrites(world, { ...options, formats }, collected, stream);
  let clearFoot: (() => string) | undefined;
  const say = (text: string): void => world.stderr.write(`${clearFoot?.() ?? ""}${text}`);
  const extend = (part: Partial<Report>): void => {
    collected.report = { ...collected.report, ...part };
  };
  let place: Workplace = options;
  const helpful = (list: readonly Diagnostic[]): readonly Diagnostic[] => withPasteableHelp(list, place);

  return {
    wants: (wanted) => formats.some(({ format }) => format === wanted),
    textOnStdout: asText,
    text: (part) => {
      if (asText) world.stdout.write(part);
      collected.text += part;
    },
    json: (document) => {
      collected.document = document;
    },
    found: (found) => extend({ found }),
    about: ({ aliasOf, ...subject }) => {
      place = { ...place, ...subject, ...(aliasOf === undefined ? {} : { aliasOf }) };
      extend(subject);
    },
    pasteable: (text) => pasteable(text, place),
    withPasteableHelp: helpful,
    events: (lines) => writeLines(stream, lines),
    foot: (clear) => {
      clearFoot = clear;
    },
    message: (level, text) => {
      if (logLevels.indexOf(level) <= loud) say(text);
    },
    diagnostics: async (given) => {
      const list = helpful(given);
      extend({ diagnostics: [...collected.report.diagnostics, ...list] });
      writeLines(stream, list.map(messageLine));
      const shown = list.filter(({ severity }) => severity === "error" || loud > 0);
      if (shown.length === 0) return;
      const { renderDiagnostics } = await import("../render/diagnostic.ts");
      say(renderDiagnostics(shown, await paint("stderr")));
    },
    paint,
    close: async (faults) => {
      if (faults !== undefined) collected.document = documentWith(collected.document, helpful(faults));
      for (let write = writes.shift(); write !== undefined; write = writes.shift()) await write();
    },
  };
}

function withOwn({ formats, ownFormat }: OutputOptions): Options["formats"] {
  return formats.some(({ file }) => file === undefined) ? formats : [{ format: ownFormat }, ...formats];
}

function emptyReport(world: World, { command, directory }: OutputOptions): Report {
  const folder = relative(world.cwd, resolve(world.cwd, directory)).replaceAll("\\", "/");
  // What lies outside of where cairn was started has no name that a review tool could know.
  return { command, cairnVersion: world.version, folder: folder.startsWith("..") ? "" : folder, diagnostics: [] };
}

function writeLines(stream: EventStream | undefined, lines: readonly EventLine[]): void {
  if (stream !== undefined) for (const line of lines) stream.write(line);
}

/** The document with the faults that ended its run; one of their own where there is none. */
function documentWith(document: object | undefined, faults: readonly Diagnostic[]): object {
  return document === undefined ? failureDocument(faults) : withFaults(document, faults);
}
