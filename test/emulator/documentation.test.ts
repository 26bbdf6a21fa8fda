import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { actions } from "../../src/emulator/retailcloud/actions.ts";

test("docs/emulator.md says of every served action, and of no other, what is reproduced", () => {
  const text = readFileSync(new URL("../../docs/emulator.md", import.meta.url), "utf8");
  const [, table = ""] = /### Actions\n(.*?)\nNot served: /s.exec(text) ?? [];
  const rows = [...table.matchAll(/^\| ([A-Z][\w, ]+) \|/gm)].flatMap(([, names = ""]) => names.split(", "));
  expect(rows.sort()).toEqual([...actions.keys()].sort());
});
