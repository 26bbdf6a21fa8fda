import { withEscapes } from "../core/interpolation.ts";
import { isFields, type Value } from "../core/values.ts";
import { withoutEscapes } from "./interpolate.ts";

/**
 * A value as a manifest has to have it to be read as it is: `${` is escaped in every text. Lines of `old`, the text that stood in its
 * place, keep the escapes that they need not have.
 */
export function asWritten(value: Value, old = ""): Value {
  if (typeof value === "string") {
    const lines = new Map(old.split("\n").map((line) => [withoutEscapes(line), line]));
    return value
      .split("\n")
      .map((line) => lines.get(line) ?? withEscapes(line))
      .join("\n");
  }
  if (Array.isArray(value)) return value.map((one: Value) => asWritten(one));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asWritten(one)]));
}
