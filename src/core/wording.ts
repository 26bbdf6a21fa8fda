import type { z } from "zod";

type RawIssue = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
  null: "empty",
};

/**
 * What a zod issue says in cairn's words: lower case, without the value (which may be secret). Handed to `safeParse` as
 * `error`, so that a message of the schema's own goes before it.
 */
export function wording(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    case "too_small":
      return bound(issue.origin, "least", issue.minimum, issue.inclusive);
    case "too_big":
      return bound(issue.origin, "most", issue.maximum, issue.inclusive);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `must look like ${"pattern" in issue && issue.pattern ? issue.pattern : issue.format}`;
    case "invalid_union": {
      const first = issue.errors.flatMap((option) => option.slice(0, 1).map((one) => one.message));
      return [...new Set(first)].join(", or ");
    }
    default:
      return "has a wrong form";
  }
}

function bound(origin: string, side: "least" | "most", limit: number | bigint, inclusive = true): string {
  if (origin === "string" && side === "least" && limit === 1) return "must not be empty";
  if (origin === "string") return `must have at ${side} ${limit} characters`;
  if (origin === "array") return `must have at ${side} ${limit} ${limit === 1 ? "element" : "elements"}`;
  if (inclusive) return `must be at ${side} ${limit}`;
  return `must be ${side === "least" ? "above" : "below"} ${limit}`;
}
