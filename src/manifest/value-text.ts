import { isFields, type Value } from "../core/values.ts";
import { precedesComment } from "./text-edit.ts";
import { yamlText } from "./yaml-text.ts";

/** A value on one line, fit to stand anywhere: collections in brackets. */
export function flowText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (!isFields(value)) return yamlText([value], { flow: true }).slice(1, -2);
  const fields = Object.entries(value).map(([name, one]) => flowField(name, one));
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A field on one line, fit to stand in brackets. */
export function flowField(name: string, value: Value): string {
  return `${flowText(name)}: ${flowText(value)}`;
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
  return lines(yamlText({ [name]: value }), column, lineBreak);
}

/** An element of a block list with its `-`, from the given column on; without the last line break. */
export function elementLines(value: Value, column: number, lineBreak: string): string {
  return lines(yamlText([value]), column, lineBreak);
}

/** The first line is not indented: it may stand behind something. */
function lines(text: string, column: number, lineBreak: string): string {
  return text
    .replace(/(?<=\n)\.\.\.\n$/, "")
    .replace(/\n$/, "")
    .replace(/\n(?=[^\n])/g, `\n${" ".repeat(column)}`)
    .replaceAll("\n", lineBreak);
}
