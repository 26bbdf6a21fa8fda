import { describe, expect, it } from "vitest";
import type { Address } from "../../src/core/address.ts";
import { fault } from "../../src/core/errors.ts";
import { dependantsOf, restOfPlan } from "../../src/core/rest-of-plan.ts";
import { changeAt, operation, planOf } from "../engine/fixtures.ts";

const plan = {
  ...planOf(
    [
      changeAt("Box/a", "update"),
      changeAt("Box/b", "create", { dependencies: ["Box/a"] }),
      changeAt("Box/calm", "no-op", { dependencies: ["Box/b"] }),
      changeAt("Box/other", "create"),
      changeAt("Box/old", "delete", { dependencies: ["Box/a"] }),
      changeAt("Box/parent", "delete"),
      changeAt("Lid/l", "create", { parents: { box: "Box/b" } }),
    ],
    [
      operation("update", "Box/a"),
      operation("create", "Box/b", ["update Box/a"]),
      operation("create", "Lid/l", ["create Box/b"]),
      operation("create", "Box/other", ["create nowhere"]),
      operation("delete", "Box/old"),
      operation("delete", "Box/parent", ["delete Box/old"]),
    ],
  ),
  refusals: [
    fault("E_PROTECTED", "no", { address: "Box/old" }),
    fault("E_PROTECTED", "no", { address: "Box/a" }),
    fault("E_GUARD", "too many"),
  ],
};

const from = (...roots: Address[]) => Object.fromEntries(dependantsOf(plan, new Set(roots)));

describe("dependantsOf()", () => {
  it("finds what needs something, through everything in between, each with its root", () => {
    expect(from("Box/a")).toEqual({ "Box/a": "Box/a", "Box/b": "Box/a", "Box/calm": "Box/a", "Lid/l": "Box/a" });
    expect(from("Box/other")).toEqual({ "Box/other": "Box/other" });
  });

  it("lets a delete wait only for what goes before it", () => {
    expect(from("Box/old")).toEqual({ "Box/old": "Box/old", "Box/parent": "Box/old" });
  });
});

describe("restOfPlan()", () => {
  it("leaves out changes, operations and refusals of what is out; what has no change stays", () => {
    const rest = restOfPlan(plan, new Map(), new Set(dependantsOf(plan, new Set(["Box/a"])).keys()));
    expect(rest.changes.map(({ address }) => address)).toEqual(["Box/calm", "Box/other", "Box/old", "Box/parent"]);
    expect(rest.operations.map(({ key }) => key)).toEqual(["create Box/other", "delete Box/old", "delete Box/parent"]);
    expect(rest.refusals.map(({ address }) => address)).toEqual(["Box/old", undefined]);
  });
});
