import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { conceal } from "../../src/core/conceal.ts";
import { secret } from "../../src/core/traits.ts";
import type { Value } from "../../src/core/values.ts";

const hush = secret(z.string());

type Shape = { readonly schema: z.ZodType; readonly value: Value };

/** Schemas of every form with a value of theirs, in which each secret text is `hunter2`. */
const shapes: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => {
  const shape = tie("shape");
  return {
    shape: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Shape>({ schema: hush, value: "hunter2" }, { schema: z.string(), value: "plain" }),
      fc.constantFrom<Shape>({ schema: z.unknown(), value: 1 }, { schema: z.null(), value: null }),
      shape.map(({ schema, value }) => ({ schema: schema.optional(), value })),
      shape.map(({ schema, value }) => ({ schema: schema.nullable().readonly(), value })),
      shape.map(({ schema, value }) => ({ schema: schema.transform((one) => one), value })),
      shape.map(({ schema, value }) => ({ schema: z.preprocess((one) => one, schema), value })),
      shape.map(({ schema, value }) => ({ schema: z.array(schema), value: [value, value] })),
      shape.map(({ schema, value }) => ({
        schema: z.record(z.string(), schema),
        value: { a: value, constructor: value },
      })),
      shape.map(({ schema, value }) => ({ schema: z.object({}).catchall(schema), value: { a: value } })),
      fc.tuple(shape, shape).map(([a, b]) => ({ schema: z.union([a.schema, b.schema]), value: b.value })),
      fc.tuple(shape, shape).map(([a, b]) => ({
        schema: z.strictObject({ a: a.schema, toString: b.schema }),
        value: { a: a.value, toString: b.value } as Value,
      })),
    ),
  };
}).shape;

describe("conceal()", () => {
  test("lets no secret through, whatever the schema", () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom("(secret)", undefined), ({ schema, value }, replacement) => {
        expect(JSON.stringify(conceal(schema, value, replacement)) ?? "").not.toContain("hunter2");
      }),
    );
  });

  test("changes nothing where nothing is secret", () => {
    const schema = z.strictObject({ a: z.array(z.string()), b: z.union([z.string(), z.int()]), c: z.unknown() });
    const value = { a: ["x"], b: 1, c: { d: [null] } };
    expect(conceal(schema, value, undefined)).toEqual(value);
  });

  test.each<[string, z.ZodType, Value, Value, Value | undefined]>([
    ["a value", hush, "x", "***", undefined],
    ["a field", z.object({ a: z.string(), b: hush.optional() }), { a: "1", b: "2" }, { a: "1", b: "***" }, { a: "1" }],
    ["elements", z.array(hush), ["x", "y"], ["***", "***"], [null, null]],
    ["a record's values", z.record(z.string(), hush), { a: "x" }, { a: "***" }, {}],
    ["either form of a union", z.union([z.string(), z.object({ a: hush })]), { a: "x" }, { a: "***" }, {}],
    ["the whole of a union with a secret form", z.union([hush, z.int()]), 5, "***", undefined],
    ["nothing of a value of another form", z.array(hush), "x", "x", "x"],
    ["nothing of fields that the schema does not know", z.object({ a: hush }), { b: "x" }, { b: "x" }, { b: "x" }],
  ])("conceals %s", (_, schema, value, replaced, left) => {
    expect(conceal(schema, value, "***")).toEqual(replaced);
    expect(conceal(schema, value, undefined)).toEqual(left);
  });
});
