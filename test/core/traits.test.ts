import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  cannotUnset,
  describedOnly,
  disruption,
  immutable,
  innerSchema,
  noSecret,
  numberOrRange,
  secret,
  setTraits,
  subset,
  traitsOf,
  unordered,
  unsetReplaces,
  unwrapped,
  writeOnly,
  yaml,
} from "../../src/core/traits.ts";

test.each([
  ["immutable", immutable(z.string()), { immutable: true }],
  ["writeOnly", writeOnly(z.string()), { writeOnly: true }],
  ["secret", secret(z.string()), { secret: true }],
  ["noSecret", noSecret(z.string()), { secret: false }],
  ["a trait inside exactOptional", secret(z.string()).exactOptional(), { secret: true }],
  ["describedOnly", describedOnly(z.string()), { describedOnly: true }],
  ["subset", subset(z.string()), { subset: true }],
  ["unordered", unordered(z.array(z.string())), { unordered: [] }],
  ["unordered by fields", unordered(z.array(z.object({})), ["name"]), { unordered: ["name"] }],
  ["cannotUnset", cannotUnset(z.string(), "write a blank"), { cannotUnset: "write a blank" }],
  ["unsetReplaces", unsetReplaces(z.string()), { unsetReplaces: true }],
  ["disruption", disruption(z.string(), "data-loss"), { disruption: "data-loss" }],
  ["yaml", yaml(z.string()), { yaml: true }],
  ["numberOrRange", numberOrRange(), { range: true }],
  ["none", z.string(), {}],
])("traitsOf() reads %s", (_, schema, traits) => {
  expect(traitsOf(schema)).toEqual(traits);
});

describe("traitsOf()", () => {
  test.each([
    ["optional", immutable(z.string()).optional()],
    ["nullable", immutable(z.string()).nullable()],
    ["a default", immutable(z.string()).default("a")],
    ["readonly", immutable(z.string()).readonly()],
    ["a transform", immutable(z.string()).transform((text) => text)],
    ["a preprocess", z.preprocess((value) => value, immutable(z.string()))],
    ["all of them", immutable(z.string()).nullable().default("a").optional().readonly()],
  ])("looks through %s", (_, schema) => {
    expect(traitsOf(schema)).toEqual({ immutable: true });
  });

  test("adds up traits inside and outside; the outer one wins", () => {
    const inside = disruption(secret(z.string()), "restart");
    expect(traitsOf(disruption(writeOnly(inside.optional()), "none"))).toEqual({
      secret: true,
      writeOnly: true,
      disruption: "none",
    });
    expect(traitsOf(inside)).toEqual({ secret: true, disruption: "restart" });
  });

  test("setTraits() returns the same schema", () => {
    const schema = z.string();
    expect(setTraits(schema, { secret: true })).toBe(schema);
  });
});

test("unwrapped() stops at the innermost and at a transform; innerSchema() goes one step", () => {
  const text = z.string();
  const turned = text.transform((one) => one);
  expect(unwrapped(text.nullable().optional().default("a").readonly())).toBe(text);
  expect(unwrapped(turned.optional())).toBe(turned);
  expect(innerSchema(turned)).toBe(text);
  expect(innerSchema(text)).toBeUndefined();
});

test("numberOrRange() takes a whole number or a range that is one", () => {
  const schema = numberOrRange(1);
  expect(schema.parse(1)).toBe(1);
  expect(schema.parse({ min: 1, max: 1 })).toEqual({ min: 1, max: 1 });
  for (const wrong of [0, 1.5, "1", { min: 2, max: 1 }, { min: 0, max: 1 }, { min: 1 }, { min: 1, max: 2, step: 1 }]) {
    expect(schema.safeParse(wrong).success).toBe(false);
  }
  expect(numberOrRange().parse(0)).toBe(0);
  expect(schema.safeParse("x").error?.issues[0]?.message).toBe("must be a whole number, or { min, max }");
});
