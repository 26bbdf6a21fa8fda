import { describe, expect, test } from "vitest";
import type { FieldClass } from "../../src/core/change.ts";
import { classOf, elements } from "../../src/core/field-class.ts";
import { seal } from "../../src/core/seal.ts";
import { sealedValue } from "../../src/core/sealed-value.ts";
import type { Value } from "../../src/core/values.ts";
import { gadgetField } from "./fixtures/fields.ts";

type Row = [string, Value | undefined, Value | undefined, Value | undefined, FieldClass];

describe("classOf()", () => {
  test.each<Row>([
    // base, live, wanted
    ["make", undefined, "live", "wanted", "intended"],
    ["make", "base", "base", "wanted", "intended"],
    ["make", "base", "live", "base", "drift"],
    ["make", "base", undefined, "base", "drift"],
    ["make", "base", "live", "wanted", "conflict"],
    ["make", "base", undefined, "wanted", "conflict"],
    ["make", "base", "base", undefined, "intended"],
    ["make", "base", "live", undefined, "conflict"],
    ["pin", seal("base", "salt"), undefined, "wanted", "intended"],
    ["memo", "base", undefined, "wanted", "intended"],
    ["memo", "base", undefined, "base", "drift"],
    ["tags", ["a", "b"], ["c"], ["b", "a"], "drift"],
    ["tags", ["a", "b"], ["b", "a"], ["c"], "intended"],
    ["labels", { a: "1" }, { a: "1", cloud: "x" }, { a: "2" }, "intended"],
    ["labels", { a: "1" }, { a: "9", cloud: "x" }, { a: "2" }, "conflict"],
    ["labels", { a: "1" }, undefined, { a: "2" }, "conflict"],
    ["account", { user: "u" }, { user: "u", word: "x" }, { user: "u", word: "y" }, "intended"],
    ["account", { user: "u" }, { user: "u", word: "x" }, { user: "v", word: "y" }, "intended"],
    [
      "sheet",
      { data: { port: "1" } },
      { data: { port: "1", token: "a" } },
      { data: { port: "2", token: "b" } },
      "intended",
    ],
    [
      "sheet",
      { data: { port: "1" } },
      { data: { port: "1", token: "a" } },
      { data: { port: "1", token: "b" } },
      "intended",
    ],
    ["knobs", { pwd: sealedValue("") }, { pwd: "a" }, {}, "intended"],
    ["knobs", { pwd: sealedValue("") }, {}, { pwd: "a" }, "drift"],
    ["knobs", { pwd: sealedValue(""), x: 1 }, { pwd: "a", x: 2 }, { pwd: "a", x: 1 }, "drift"],
    ["knobs", { pwd: sealedValue("") }, { pwd: "a" }, { pwd: "b" }, "intended"],
  ])("%s from base %j, live %j, wanted %j: %s", (name, base, live, wanted, expected) => {
    expect(classOf({ field: gadgetField(name), base, live, wanted }, "")).toBe(expected);
  });

  const part = (name: string, port: number, rest = {}): Value => ({ metadata: { name }, spec: { port, ...rest } });
  test.each<Row>([
    ["git alone", [part("a", 1)], [part("a", 1, { added: 1 })], [part("a", 2)], "intended"],
    ["the cloud alone", [part("a", 1)], [part("b", 1), part("a", 9)], [part("a", 1), part("b", 2)], "drift"],
    ["both", [part("a", 1)], [part("a", 9)], [part("a", 2)], "conflict"],
    ["nobody: it was never applied", [part("b", 1)], [part("a", 9)], [part("a", 2)], "conflict"],
    ["git alone, which added it", [part("b", 1)], [part("b", 1)], [part("a", 2)], "intended"],
    ["the cloud alone, which added it", [part("b", 1)], [part("a", 1)], [part("b", 1)], "drift"],
  ])("of one Kubernetes object of several that was moved by %s", (_, base, live, wanted, expected) => {
    expect(classOf({ field: gadgetField("sheets"), base, live, wanted }, "a")).toBe(expected);
  });
});

test("elements() are those of a list by their keys, and none of anything else", () => {
  const list = [
    { name: "a", port: 1 },
    { name: "b", port: 2 },
  ];
  expect([...elements(gadgetField("ports"), list)]).toEqual([
    ["a", list[0]],
    ["b", list[1]],
  ]);
  expect(elements(gadgetField("ports"), { a: 1 }).size).toBe(0);
  expect(elements(gadgetField("ports"), undefined).size).toBe(0);
});
