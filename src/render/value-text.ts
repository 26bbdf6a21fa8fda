import { dump } from "js-yaml";
import { byText, isFields, type Value } from "../core/values.ts";
import { quoted, safeLine } from "./safe-text.ts";

/** A value on one line: texts in quotes, lists and records in flow style. */
export function valueText(value: Value): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (!isFields(value)) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${valueText(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function keyText(key: string): string {
  return /^[\w./-]+$/.test(key) ? key : quoted(key);
}

/** A value as YAML for reading: keys in one order on both sides of a diff, `name` first; a text stands as it is. */
export function yamlText(value: Value): string {
  if (typeof value === "string") return value;
  return dump(ordered(value), { noRefs: true, lineWidth: -1 });
}

function ordered(value: Value): Value {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isFields(value)) return value;
  const keys = Object.keys(value).sort(
    (left, right) => Number(right === "name") - Number(left === "name") || byText(left, right),
  );
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null)]));
}

/** A list of names from outside, harmless and comma separated. */
export function namesText(names: readonly string[]): string {
  return names.map(safeLine).join(", ");
}
