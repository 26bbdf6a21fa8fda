import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { explainKind, fieldNamed } from "../../src/core/explain.ts";
import { reference } from "../../src/core/reference.ts";
import { exampleOf, rulesBroken, sampleOf } from "../../src/core/sample.ts";
import {
  cannotUnset,
  disruption,
  immutable,
  numberOrRange,
  secret,
  subset,
  unordered,
  unsetReplaces,
  writeOnly,
  yaml,
} from "../../src/core/traits.ts";
import { typeText } from "../../src/core/type-text.ts";
import { kinds, testKind } from "./fixtures/kinds.ts";

describe("typeText()", () => {
  test.each<[z.ZodType, string]>([
    [z.enum(["a", "b"]), "a | b"],
    [z.literal(3), "3"],
    [z.union([z.string(), z.int(), z.string()]), "text | whole number"],
    [z.array(z.array(z.boolean())), "list of list of true | false"],
    [z.array(z.string()).transform((list) => list.length), "list of text"],
    [z.array(z.string()).optional().default([]), "list of text"],
    [z.int().min(1).max(9), "whole number, 1 to 9"],
    [z.int().min(0), "whole number, 0 or more"],
    [z.int().max(9), "whole number, at most 9"],
    [z.number(), "number"],
    [z.string().max(5), "text, at most 5 characters"],
    [z.string().min(2).max(5), "text, 2 to 5 characters"],
    [z.record(z.string(), z.int()), "map of whole number"],
    [z.record(z.string(), z.any()), "map"],
    [z.strictObject({ a: z.string(), b: z.string() }), "{ a, b }"],
    [numberOrRange(1), "whole number, 1 or more | { min, max }"],
    [reference("Site"), "name of a Site"],
    [z.array(reference("App")), "list of name of an App"],
    [yaml(z.string()), "Kubernetes object"],
    [z.any(), "anything"],
    [z.array(z.any()).transform(String), "list of anything"],
  ])("of %#: %s", (schema, expected) => {
    expect(typeText(schema)).toBe(expected);
  });
});

describe("sampleOf()", () => {
  test.each<[z.ZodType, unknown]>([
    [z.enum(["a", "b"]), "a"],
    [z.literal(3), 3],
    [z.union([z.int(), z.string()]), 1],
    [z.union([]), "SLB_ID"],
    [z.int().min(30), 30],
    [
      z
        .int()
        .positive()
        .meta({ examples: [80] })
        .optional(),
      80,
    ],
    [z.boolean(), true],
    [z.boolean().default(false), false],
    [z.record(z.string(), z.string()), {}],
    [z.array(z.string()), ["SLB_ID"]],
    [z.array(z.int()).transform(String), [1]],
    [z.array(z.any()).transform(String), ["SLB_ID"]],
    [z.strictObject({ a: z.string(), b: z.string().optional() }), { a: "A" }],
    [reference("Site"), "example"],
    [secret(z.string()), "${env.SLB_ID}"],
    [yaml(z.string()), { $file: "slbId.yaml" }],
    [z.number(), "SLB_ID"],
  ])("of %#: %j", (schema, expected) => {
    expect(sampleOf(schema, "slbId")).toEqual(expected);
  });
});

describe("exampleOf()", () => {
  it("adds the fields that rules between fields miss, and those that these call for", () => {
    const kind = testKind({
      kind: "Ruled",
      naming: "title",
      spec: z.strictObject({ title: z.string(), a: z.int().optional(), b: z.int().optional(), c: z.int().optional() }),
      constraints: ({ a, b }) => [
        ...(a === undefined ? [{ field: "a", message: "needs a" }] : []),
        ...(a !== undefined && b === undefined ? [{ field: "b", message: "needs b" }] : []),
        ...(b === undefined ? [] : [{ field: "elsewhere", message: "never met" }]),
      ],
    });
    expect(exampleOf(kind)["spec"]).toEqual({ a: 1, b: 1 });
    expect(rulesBroken(kind, { a: "no number" })).toEqual([]);
  });
});

describe("explainKind()", () => {
  it("gives the field that names the object the name of the example, and each field its description", () => {
    const kind = testKind({
      kind: "Named",
      naming: "title",
      spec: z.strictObject({ title: z.string().describe("what it is called"), size: z.int() }),
      constraints: (_, target) => (target("title") === undefined ? [] : [{ field: "size", message: "never met" }]),
    });
    const explained = explainKind(kind);
    expect(explained).toMatchObject({ naming: "title", example: { metadata: { name: "example" }, spec: { size: 1 } } });
    expect(fieldNamed(explained, "title")).toMatchObject({
      description: "what it is called",
      required: false,
      example: "example",
    });
    expect(fieldNamed(explained, "size")).not.toHaveProperty("description");
  });

  it("says what the engine heeds of a kind", () => {
    const kind = testKind({
      kind: "Told",
      spec: z.strictObject({ site: reference("Site") }),
      scope: ["site"],
      protected: true,
      billable: true,
      removedWith: ["site"],
      batchBy: "site",
      serialBy: "site",
      triggeredBy: ["site"],
      forceTakes: "its rooms",
      readiness: { check: () => ({ state: "ready" }), firstLookMs: 1, intervalMs: 1, timeoutMs: 120_000 },
    });
    const { update: _, remove: __, ...fixed } = kind;
    expect(explainKind(fixed).notes).toEqual([
      "protected: deleting or replacing it needs --allow destroy=ADDRESS",
      "costs money while it exists",
      "no action changes it: any difference replaces it",
      "goes with its site",
      "those of one site travel in one call",
      "those of one site are changed one after the other",
      "changes with the content of site",
      "lifecycle.force takes along: its rooms",
      "settles within 2 minutes, or fails",
    ]);
    const { removedWith: ___, ...kept } = fixed;
    expect(explainKind(kept).notes).toContain("removing its manifest only forgets it");
  });

  it("says what every trait means, and nothing of shown fields that are not shown", () => {
    const field = (schema: z.ZodType) =>
      fieldNamed(
        explainKind(
          testKind({
            kind: "One",
            spec: z.strictObject({ it: schema }),
            actions: { list: "L", create: "C", update: ["C", "U"] },
          }),
        ),
        "it",
      );
    expect(field(immutable(secret(writeOnly(z.string()))))).toMatchObject({
      notes: ["a change replaces the object", expect.stringMatching(/^secret/), expect.stringMatching(/does not show/)],
      setBy: ["C"],
    });
    expect(field(writeOnly(z.string()))).not.toHaveProperty("shownBy");
    expect(field(unordered(subset(z.array(z.string()))))).toMatchObject({
      notes: ["only what is written is compared", "order does not matter"],
      setBy: ["C", "U"],
      shownBy: "L",
    });
    expect(field(unordered(z.array(z.string()), ["a", "b"]))?.notes).toEqual([
      "order does not matter: known by a and b",
    ]);
    expect(field(cannotUnset(unsetReplaces(disruption(z.string(), "restart")), "write 0"))?.notes).toEqual([
      "cannot be taken away: write 0",
      "taking it away replaces the object",
      "a change means: restart",
    ]);
    expect(field(disruption(numberOrRange(), "none"))?.notes).toEqual(["within { min, max } any number is right"]);
    expect(field(reference("Site"))?.notes).toEqual(["for an object outside: { id: … } or { lookup: { … } }"]);
  });

  it("finds fields at any depth, and none elsewhere", () => {
    const kind = testKind({
      kind: "Deep",
      spec: z.strictObject({
        ports: z.array(z.strictObject({ port: z.int(), name: z.string().optional() })).default([]),
      }),
    });
    const explained = explainKind(kind);
    expect(fieldNamed(explained, "ports.name")).toMatchObject({ path: "ports.name", required: false });
    expect(fieldNamed(explained, "ports")).toMatchObject({ default: [], required: false });
    expect([fieldNamed(explained, "ports.none"), fieldNamed(explained, "port")]).toEqual([undefined, undefined]);
  });

  it.each([...kinds.values()].map((kind) => [kind.kind, kind] as const))("explains the test kind %s", (name, kind) => {
    expect(explainKind(kind)).toMatchObject({ kind: name, example: { kind: name } });
  });
});
