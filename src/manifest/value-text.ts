import { dump } from "js-yaml";
import { isFields, type Value } from "../core/values.ts";
import { precedesComment } from "./text-edit.ts";

// Every text that YAML 1.1, 1.2 or a cluster could take for something else is quoted.
const style = { noRefs: true, lineWidth: -1, quoteStyle: "double" } as const;

/** A value on one line, fit to stand anywhere: collections in brackets. */
export function flowText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (!isFields(value)) return dump([value], { ...style, flowLevel: 0 }).slice(1, -2);
  const fields = Object.entries(value).map(([name, one]) => `${keyText(name)}: ${flowText(one)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function keyText(name: string): string {
  return flowText(name);
}

/** A field on one line, fit to stand in brackets. */
export function flowField(name: string, value: Value): string {
  return `${keyText(name)}: ${flowText(value)}`;
}

/**
 * True where a value may have lines of its own behind the offset: texts over several lines would take a comment that follows,
 * and some of them also empty lines, for more of themselves.
 */
export function mayHaveLines(value: Value, source: string, offset: number): boolean {
  const texts = textsIn(value).filter((text) => text.includes("\n"));
  return texts.length === 0 || !(texts.some((text) => /\n\s*\n$/.test(text)) || precedesComment(source, offset));
}

function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A field with its value on lines of its own, from the given column on; without the last line break. */
export function fieldLines(name: string, value: Value, column: number, lineBreak: string): string {
  return lines(dump({ [name]: value }, style), column, lineBreak);
}

/** An element of a block list with its `-`, from the given column on; without the last line break. */
export function elementLines(value: Value, column: number, lineBreak: string): string {
  return lines(dump([value], style), column, lineBreak);
}

/** The first line is not indented: it may stand behind something. */
function lines(text: string, column: number, lineBreak: string): string {
  return text
    .replace(/(?<=\n)\.\.\.\n$/, "")
    .replace(/\n$/, "")
    .replace(/\n(?=[^\n])/g, `\n${" ".repeat(column)}`)
    .replaceAll("\n", lineBreak);
}
