import { expect, test } from "vitest";
import { z } from "zod";
import { canonicalLive, compact } from "../../src/core/canonical.ts";
import { reference } from "../../src/core/reference.ts";
import type { Fields } from "../../src/core/values.ts";
import { testKind } from "./fixtures/kinds.ts";

const kind = testKind({
  kind: "Lamp",
  spec: z.strictObject({
    name: z.string(),
    site: reference("Site").optional(),
    colour: z.enum(["red", "blue"]).optional(),
    watts: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
    lit: z.boolean().default(true),
  }),
});

function specOf(spec: Fields): Fields {
  return canonicalLive(kind, { id: "1", spec }).spec;
}

test("canonicalLive() passes what the cloud shows through the schema of manifests", () => {
  expect(specOf({ name: "a", watts: "40", colour: "red", lit: false })).toEqual({
    name: "a",
    watts: 40,
    colour: "red",
    lit: false,
  });
});

test("canonicalLive() keeps ids of references, and values that the schema refuses", () => {
  expect(specOf({ site: "77", colour: "mauve" })).toEqual({ site: "77", colour: "mauve" });
});

test("canonicalLive() leaves out what is not shown, null, or no field; a default is not made up", () => {
  expect(specOf({ name: "a", colour: null, weight: 3 } as Fields)).toEqual({ name: "a" });
});

test("canonicalLive() keeps id and facts, and is its own canonical form", () => {
  const live = canonicalLive(kind, { id: "1", spec: { watts: "5" }, facts: { status: "on" } });
  expect(live).toEqual({ id: "1", spec: { watts: 5 }, facts: { status: "on" } });
  expect(canonicalLive(kind, live)).toEqual(live);
});

test("compact() leaves out what is undefined, and nothing else", () => {
  expect(compact({ a: undefined, b: null, c: "", d: [], e: 0 })).toStrictEqual({ b: null, c: "", d: [], e: 0 });
});
