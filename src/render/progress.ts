import type { ApplyEvent } from "../core/event.ts";
import { diagnosticLine } from "./diagnostic.ts";
import { durationText } from "./duration.ts";
import { type Paint, paintWith } from "./paint.ts";
import { safeLine } from "./safe-text.ts";

/**
 * What a pipe or a log gets of an event: one line, without line break, for a step that started, is done, failed, waits or was
 * skipped, with how long it took; undefined for the others.
 */
export function plainLine(event: ApplyEvent, paint: Paint = paintWith(false)): string | undefined {
  switch (event.type) {
    case "started":
      return `${stepText(event)}: started`;
    case "done":
      return `${stepText(event)}: ${paint.green("done")} in ${durationText(event.ms)}${idText(event.id)}`;
    case "failed":
      return `${stepText(event)}: ${paint.red("failed")} after ${durationText(event.ms)}: ${diagnosticLine(event.fault)}`;
    case "waiting":
      return `${stepText(event)}: ${paint.yellow("waiting")} after ${durationText(event.ms)}: ${safeLine(event.fault.message)}`;
    case "skipped": {
      const verb = event.waits === true ? "waits" : "failed";
      return `${stepText(event)}: ${paint.yellow("skipped")}, because ${safeLine(event.cause)} ${verb}`;
    }
    default:
      return undefined;
  }
}

/**
 * The lines of a run for a pipe or a log, event by event: those of `plainLine`, and what a step that waits is told by the cloud,
 * with its percentage, once each time that it changes.
 */
export function plainLines(paint: Paint = paintWith(false)): (event: ApplyEvent) => string | undefined {
  const told = new Map<string, string>();
  return (event) => {
    if (event.type !== "progress") return plainLine(event, paint);
    const { key, message, percent } = event;
    const line = `${stepText(event)}: ${safeLine(message)}${percent === undefined ? "" : ` (${Math.round(percent)} %)`}`;
    if (told.get(key) === line) return undefined;
    told.set(key, line);
    return line;
  };
}

/** `create App/storefront`, harmless. */
export function stepText({ action, address }: { readonly action: string; readonly address: string }): string {
  return safeLine(`${action} ${address}`);
}

function idText(id: string | undefined): string {
  return id === undefined ? "" : safeLine(` (id ${id})`);
}
