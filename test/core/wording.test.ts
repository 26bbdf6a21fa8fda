import { expect, test } from "vitest";
import { z } from "zod";
import { wording } from "../../src/core/wording.ts";

function said(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: wording }).error?.issues[0]?.message;
}

test.each<readonly [z.ZodType, unknown, string]>([
  [z.string(), 1, "must be text"],
  [z.date(), 1, "must be date"],
  [z.literal("a"), 1, "must be a"],
  [z.enum(["a", "b"]), 1, "must be one of a, b"],
  [z.string().min(1), "", "must not be empty"],
  [z.string().min(2), "a", "must have at least 2 characters"],
  [z.string().max(2), "aaa", "must have at most 2 characters"],
  [z.string().max(1), "aaa", "must have at most 1 characters"],
  [z.array(z.string()).min(1), [], "must have at least 1 element"],
  [z.array(z.string()).max(2), ["a", "b", "c"], "must have at most 2 elements"],
  [z.number().min(2), 1, "must be at least 2"],
  [z.number().max(2), 3, "must be at most 2"],
  [z.number().gt(2), 2, "must be above 2"],
  [z.number().lt(2), 2, "must be below 2"],
  [z.number().multipleOf(2), 3, "must be a multiple of 2"],
  [z.string().regex(/^a/), "b", "must look like /^a/"],
  [z.url(), "b", "must look like url"],
  [z.union([z.string(), z.string(), z.number()]), [], "must be text, or must be a number"],
  [z.strictObject({}), { a: 1 }, "has a wrong form"],
  [z.string("of the schema's own"), 1, "of the schema's own"],
])("wording() of an issue, %#", (schema, value, message) => {
  expect(said(schema, value)).toBe(message);
});
