import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Report } from "../render/report.ts";
import { type EventStream, fileFailure } from "./event-stream.ts";
import type { FormatName, Options } from "./options.ts";
import { isReportFormat, renderers } from "./renderers.ts";
import type { World } from "./world.ts";

/** What a run has gathered for its end. */
export type Collected = { text: string; document?: object; report: Report };

/** What the end of a run writes: files first, so that their faults are known before the document on stdout. */
export function pendingWrites(
  world: World,
  { formats, directory }: Pick<Options, "formats" | "directory">,
  collected: Readonly<Collected>,
  stream: EventStream | undefined,
): (() => Promise<void>)[] {
  const atEnd = formats.filter(({ format }) => format !== "ndjson");
  const files = atEnd.flatMap(({ format, file }) => {
    if (file === undefined) return [];
    return [async () => writeResult(resolve(world.cwd, directory, file), file, await contentOf(format, collected))];
  });
  const ownStdout = atEnd.find(({ format, file }) => file === undefined && format !== "text");
  const toStdout = async (format: FormatName): Promise<void> => {
    const content = await contentOf(format, collected);
    if (content !== undefined) world.stdout.write(content);
  };
  return [
    ...files,
    ...(stream === undefined ? [] : [async () => stream.check()]),
    ...(ownStdout === undefined ? [] : [() => toStdout(ownStdout.format)]),
  ];
}

async function contentOf(
  format: FormatName,
  { text, document, report }: Readonly<Collected>,
): Promise<string | undefined> {
  if (isReportFormat(format)) return (await renderers[format]())(report);
  if (format === "yaml") return (await import("../render/yaml-document.ts")).yamlDocument(document ?? {});
  return format === "json" ? (await import("../render/json-text.ts")).jsonText(document ?? {}) : plain(text);
}

/** Files hold no colours, whatever stdout shows. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
}

function writeResult(path: string, name: string, content: string | undefined): void {
  if (content === undefined) return;
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw fileFailure(name, error);
  }
}
