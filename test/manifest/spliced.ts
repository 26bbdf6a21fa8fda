import { expect } from "vitest";
import { isFields, type Value } from "../../src/core/values.ts";
import { layOut } from "../../src/manifest/layout.ts";
import { parseYaml } from "../../src/manifest/parse-yaml.ts";
import { splice } from "../../src/manifest/splice.ts";
import { applyEdits } from "../../src/manifest/text-edit.ts";

/** What a text without faults holds. */
export function read(text: string): Value | undefined {
  const [document] = parseYaml(new TextEncoder().encode(text), "a.yaml");
  expect(document?.faults).toEqual([]);
  return document?.value;
}

/** The text after its one field `v` has been made to hold another value. */
export function spliced(text: string, after: Value | undefined, arrangement = {}): string {
  const [document] = parseYaml(new TextEncoder().encode(text), "a.yaml");
  const { value, text: source = "", start = 0 } = document ?? {};
  const holder = layOut(source);
  if (holder === undefined || !isFields(value)) throw new Error("no map");
  const before = value["v"];
  const { edits, obstacles, files } = splice(source, holder, [{ field: "v", before, after, arrangement }]);
  expect([obstacles, files]).toEqual([[], []]);
  return text.slice(0, start) + applyEdits(source, edits) + text.slice(start + source.length);
}
