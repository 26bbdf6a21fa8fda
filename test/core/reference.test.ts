import { describe, expect, test } from "vitest";
import { isReference, reference } from "../../src/core/reference.ts";
import { traitsOf } from "../../src/core/traits.ts";

describe("reference()", () => {
  test.each([
    ["a name", "shop/prod", { to: "App/shop/prod" }],
    ["an id", { id: "77" }, { id: "77", parents: {} }],
    ["an id that is a number", { id: 77, app: { id: "12" } }, { id: "77", parents: { app: { id: "12" } } }],
    ["a look-up", { lookup: { envName: "prod", app: "shop" } }, { lookup: { envName: "prod", app: "shop" } }],
    ["an id beside a parent called lookup", { id: "1", lookup: {} }, { id: "1", parents: { lookup: {} } }],
  ])("brings %s into canonical form", (_, input, output) => {
    expect(reference("App").parse(input)).toEqual(output);
  });

  test.each([
    ["an empty name", ""],
    ["a name of a wrong form", "/shop"],
    ["a fraction for an id", { id: 1.5 }],
    ["nothing of the kind", { name: "shop" }],
    ["a list", ["shop"]],
    ["null", null],
  ])("refuses %s", (_, input) => {
    const { error } = reference("App").safeParse(input);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      "must be the name of an App manifest, { id: … } or { lookup: { … } }",
    ]);
  });

  test.each([
    ["an empty id", { id: "" }, "id"],
    ["an integer above 2^53, of which digits are lost", { id: 2 ** 53 }, "id"],
    ["a look-up with something beside it", { lookup: {}, app: "shop" }, ""],
  ])("refuses %s at its place", (_, input, path) => {
    const { error } = reference("App").safeParse(input);
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  test("carries the kind that it refers to, and speaks its article", () => {
    expect(traitsOf(reference("Cluster"))).toEqual({ reference: "Cluster" });
    expect(reference("Cluster").description).toBe("a Cluster: its name, { id: … } or { lookup: { … } }");
    expect(reference("Environment").description).toMatch(/^an Environment:/);
  });
});

test.each([
  [{ to: "App/a" }, true],
  [{ lookup: {} }, true],
  [{ id: "1", parents: {} }, true],
  [{ id: "1" }, false],
  [{ parents: {} }, false],
  [{}, false],
  [["to"], false],
  ["App/a", false],
  [null, false],
  [undefined, false],
])("isReference(%j) is %s", (value, expected) => {
  expect(isReference(value)).toBe(expected);
});
