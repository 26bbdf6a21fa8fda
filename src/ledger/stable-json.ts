import { byText, isFields, type Value } from "../core/values.ts";

/**
 * JSON whose bytes depend on the value only: keys sorted by code unit, two spaces, a newline at the end. A whole number
 * beyond 2^53 is written with an exponent, because a reader of lossless JSON takes its bare digits for an id.
 */
export function stableJson(value: Value): string {
  return `${textOf(value, "\n")}\n`;
}

/** `newline` is a line feed and the indentation of the line that the value begins on. */
function textOf(value: Value, newline: string): string {
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    return block(
      "[]",
      value.map((item: Value) => textOf(item, inner)),
      newline,
    );
  }
  if (isFields(value)) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([left], [right]) => byText(left, right))
      .map(([key, field]) => `${JSON.stringify(key)}: ${textOf(field, inner)}`);
    return block("{}", fields, newline);
  }
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? value.toExponential()
    : JSON.stringify(value);
}

function block(brackets: "[]" | "{}", parts: readonly string[], newline: string): string {
  if (parts.length === 0) return brackets;
  const inner = `${newline}  `;
  return `${brackets[0]}${inner}${parts.join(`,${inner}`)}${newline}${brackets[1]}`;
}
