import { describe, expect, it } from "vitest";
import type { Kind, Kinds, Live, Remark } from "../../src/core/kind.ts";
import { actionsOf, kindNamed, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** Trees that may be dead. */
const trees: Kinds = new Map([
  [
    "Tree",
    {
      ...kindNamed("Tree"),
      readiness: {
        check: ({ facts }: Live) =>
          facts?.["dead"] === true ? { state: "failed", reason: "its roots are dry" } : { state: "ready" },
        firstLookMs: 1,
        intervalMs: 1,
        timeoutMs: 1,
      },
    },
  ],
]);

const oak = wanted("Tree/oak");
const entry = owned("Tree/oak", "t1");

describe("plan() of an object that the cloud calls failed", () => {
  const dead = worldOf(row("Tree", "t1", { name: "oak" }, { facts: { dead: true } }));

  it("warns with the cloud's reason, and changes nothing unasked", () => {
    const made = planFor(dead, { kinds: trees, desired: [oak], entries: [entry] });
    expect(actionsOf(made)).toEqual({ "Tree/oak": "no-op" });
    expect(made.warnings).toEqual([
      {
        severity: "warning",
        code: "E_NOT_READY",
        address: "Tree/oak",
        place: oak.source,
        message: "the cloud calls it failed: its roots are dry",
        help: "nothing but a new object may cure it: run again with --replace Tree/oak",
      },
    ]);
  });

  it("has nothing to say where the object is replaced, goes, or is none's", () => {
    const replaced = planFor(dead, {
      kinds: trees,
      desired: [oak],
      entries: [entry],
      options: { replace: ["Tree/oak"] },
    });
    expect(actionsOf(replaced)).toEqual({ "Tree/oak": "replace" });
    expect(replaced.warnings).toEqual([]);
    expect(planFor(dead, { kinds: trees, entries: [entry] }).warnings).toEqual([]);
    expect(planFor(worldOf(), { kinds: trees, desired: [oak] }).warnings).toEqual([]);
    expect(planFor(worldOf(row("Tree", "t1", { name: "oak" })), { kinds: trees, desired: [oak] }).warnings).toEqual([]);
  });
});

describe("plan() of a kind that remarks on updates", () => {
  const world = worldOf(row("Site", "s1", { name: "home", motto: "hi" }));
  const said = (remarks: readonly Remark[]): Kinds => {
    const remark: NonNullable<Kind["remarks"]> = ({ spec }, { motto }, changed) =>
      remarks.map((one) => ({ ...one, message: `${one.message} ${spec["motto"]} → ${motto} (${changed})` }));
    return new Map([["Site", { ...kindNamed("Site"), remarks: remark }]]);
  };
  const given = {
    desired: [wanted("Site/home", { motto: "ho" })],
    entries: [owned("Site/home", "s1", { motto: "hi" })],
  };
  const place = { file: "home.yaml", line: 1 };

  it("passes on a remark as a warning at its field", () => {
    const made = planFor(world, { ...given, kinds: said([{ field: "motto", message: "mind", refuses: false }]) });
    expect(made.errors).toEqual([]);
    expect(made.warnings).toEqual([
      {
        severity: "warning",
        code: "E_NO_UPDATE",
        place,
        address: "Site/home",
        field: "motto",
        message: "mind hi → ho (motto)",
      },
    ]);
  });

  it("refuses what a remark refuses", () => {
    const spot = { file: "home.yaml", line: 7 };
    const desired = [wanted("Site/home", { motto: "ho" }, { places: { motto: spot } })];
    const remark = { field: "motto", message: "never", refuses: true, help: "leave it" };
    const made = planFor(world, { ...given, desired, kinds: said([remark]) });
    expect(made.warnings).toEqual([]);
    expect(made.errors).toMatchObject([{ severity: "error", code: "E_NO_UPDATE", place: spot, help: "leave it" }]);
  });

  it("does not ask where nothing is updated", () => {
    const desired = [wanted("Site/home", { motto: "hi" })];
    const made = planFor(world, { ...given, desired, kinds: said([{ field: "motto", message: "x", refuses: true }]) });
    expect(actionsOf(made)).toEqual({ "Site/home": "no-op" });
    expect(made.errors).toEqual([]);
  });
});
