import fc from "fast-check";
import { expect, test } from "vitest";
import { isFields, type Value } from "../../src/core/values.ts";
import { placeOfNode } from "../../src/manifest/yaml-node.ts";
import { parse, textAt } from "./yaml-text.ts";

test("random text never throws, and every place is inside it", () => {
  const piece = fc.constantFrom(
    ..."abc -:#&*!|>'\"%@`{}[],?\n\r\t0".split(""),
    "\n  ",
    "\n- ",
    "k: ",
    "---\n",
    "...\n",
    "<<: *a",
    "&a ",
    "*a",
    "${var.x}",
    "%YAML 1.2\n",
    "__proto__: ",
    "\uFEFF",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const rows = text.split(/\r\n|\r|\n/);
      for (const { faults, root } of parse(text)) {
        for (const { line = 1, column = 1 } of [
          placeOfNode(root),
          ...faults.map((one) => one.place ?? placeOfNode(root)),
        ]) {
          expect(line).toBeLessThanOrEqual(rows.length);
          expect(column).toBeLessThanOrEqual((rows[line - 1]?.length ?? 0) + 1);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect("polluted" in {}).toBe(false);
});

test("every place points at the scalar that stands there", () => {
  const key = fc.stringMatching(/^[a-z]{1,6}$/);
  const value = fc.letrec<{ node: Value }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.stringMatching(/^[a-z]{1,4}$/),
      fc.integer({ min: 0, max: 999 }),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(key, tie("node"), { maxKeys: 3 }),
    ),
  })).node;
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), fc.boolean(), (tree, flow) => {
      const text = flow ? JSON.stringify(tree, null, 2) : block(tree, 0);
      const [document] = parse(text);
      expect(document?.faults).toEqual([]);
      expect(document?.value).toEqual({ ...tree });
      for (const [path, scalar] of leaves(tree, []))
        expect(textAt(text, path).replace(/^"/, "")).toMatch(starts(scalar));
    }),
  );
});

function starts(scalar: string): RegExp {
  return new RegExp(`^${scalar}`);
}

/** Block style, so that places differ from those of flow style. */
function block(value: Value, depth: number): string {
  const indent = "  ".repeat(depth);
  const under = (one: Value): string => (isCollection(one) ? `\n${block(one, depth + 1)}` : ` ${JSON.stringify(one)}`);
  if (Array.isArray(value)) return value.map((one: Value) => `${indent}-${under(one)}`).join("\n");
  if (isFields(value))
    return Object.entries(value)
      .map(([name, one]) => `${indent}"${name}":${under(one)}`)
      .join("\n");
  return `${indent}${JSON.stringify(value)}`;
}

function isCollection(value: Value): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function leaves(value: Value, path: readonly (string | number)[]): [readonly (string | number)[], string][] {
  if (Array.isArray(value)) return value.flatMap((one: Value, index) => leaves(one, [...path, index]));
  if (isFields(value)) return Object.entries(value).flatMap(([name, one]) => leaves(one, [...path, name]));
  return [[path, String(value)]];
}
