import { describe, expect, it } from "vitest";
import type { PlanOptions } from "../../src/core/plan-input.ts";
import { actionsOf, errorsOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, type World, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const everything = [home().entry, house.entry];

function village(): World {
  return worldOf(home().row, house.row);
}

function chosen(options: Partial<PlanOptions>, given: Parameters<typeof planFor>[1], world = village()) {
  return planFor(world, { ...given, options });
}

describe("--target", () => {
  const desired = [home().desired, house.desired, wanted("Room/r", { house: "a" }), wanted("Site/other")];

  it("brings missing dependencies along, however far, and nothing else", () => {
    const made = chosen({ targets: ["Room/*"] }, { desired }, worldOf());
    expect(Object.keys(actionsOf(made))).toEqual(["House/a", "Room/r", "Site/home"]);
    expect(made.left).toEqual(["Site/other"]);
    expect(made.warnings).toMatchObject([
      { code: "E_TARGET", message: "left out by --target or --exclude, although they differ: Site/other" },
    ]);
  });

  it("leaves alone dependencies that exist", () => {
    const changed = wanted("Site/home", { motto: "new" });
    const made = chosen({ targets: ["House/a"] }, { desired: [changed, ...desired.slice(1)], entries: everything });
    expect(actionsOf(made)).toEqual({ "House/a": "no-op" });
    expect(made.left).toEqual(["Room/r", "Site/home", "Site/other"]);
  });

  it("brings along what has to follow a replaced target, and the parent that a target follows", () => {
    const given = {
      desired: [wanted("Site/home", { name: "new" }), house.desired, wanted("Site/other")],
      entries: everything,
    };
    const both = { "House/a": "replace", "Site/home": "replace" };
    expect(actionsOf(chosen({ targets: ["Site/home"] }, given))).toEqual(both);
    expect(actionsOf(chosen({ targets: ["House/a"] }, given))).toEqual(both);
  });

  it("deletes an owned address that no manifest declares, with its dependants", () => {
    expect(stepsOf(chosen({ targets: ["Site/home"] }, { entries: everything }))).toEqual([
      "delete House/a",
      "delete Site/home",
    ]);
    const made = chosen({ targets: ["House/a"] }, { entries: everything });
    expect([stepsOf(made), made.left]).toEqual([["delete House/a"], ["Site/home"]]);
  });

  it("brings owned dependants along on destroy", () => {
    const made = chosen({ targets: ["Site/home"], destroy: true }, { desired, entries: everything });
    expect(stepsOf(made)).toEqual(["delete House/a", "delete Site/home"]);
  });

  it("that nothing answers to is a mistake, except on destroy", () => {
    const made = chosen({ targets: ["Site/hmoe"] }, { desired: [home().desired], entries: [home().entry] });
    expect(made.errors).toMatchObject([
      { code: "E_TARGET", message: "--target Site/hmoe matches neither a manifest nor an owned resource" },
    ]);
    expect(errorsOf(chosen({ targets: ["Site/gone"], destroy: true }, { entries: everything }))).toEqual([]);
  });
});

describe("--exclude", () => {
  it("that matches nothing is a mistake, of a destroy above all: it would let through what it was to keep", () => {
    for (const options of [{}, { destroy: true, targets: ["Nobody/x"] }]) {
      const made = chosen({ ...options, excludes: ["Hosue/a"] }, { entries: everything });
      expect(made.errors).toMatchObject([
        { code: "E_TARGET", message: "--exclude Hosue/a matches neither a manifest nor an owned resource" },
      ]);
    }
  });

  it("drops dependants, too, and says so", () => {
    const desired = [home().desired, house.desired, wanted("Room/r", { house: "a" }), wanted("Site/other")];
    const made = chosen({ excludes: ["House/a"] }, { desired }, worldOf());
    expect(Object.keys(actionsOf(made))).toEqual(["Site/home", "Site/other"]);
    expect(made.left).toEqual(["House/a", "Room/r"]);
  });

  it("wins over --target", () => {
    const made = chosen({ excludes: ["Site/*"], targets: ["**"] }, { desired: [home().desired] }, worldOf());
    expect([actionsOf(made), made.left]).toEqual([{}, ["Site/home"]]);
  });

  it("keeps from being deleted what an excluded deletion still uses, and not what uses it", () => {
    const kept = chosen({ excludes: ["House/a"] }, { entries: everything });
    expect([stepsOf(kept), kept.left]).toEqual([[], ["House/a", "Site/home"]]);
    expect(stepsOf(chosen({ excludes: ["Site/home"] }, { entries: everything }))).toEqual(["delete House/a"]);
  });

  it("keeps from being deleted what an excluded update would have stopped using", () => {
    const world = worldOf(home().row, house.row, row("Path", "p1", { name: "p", ends: ["h1"] }));
    const made = chosen(
      { excludes: ["Path/p"] },
      { desired: [home().desired, wanted("Path/p")], entries: [...everything, owned("Path/p", "p1", { ends: ["a"] })] },
      world,
    );
    expect([stepsOf(made), made.left]).toEqual([[], ["House/a", "Path/p"]]);
  });

  it("says nothing of what does not differ", () => {
    const made = chosen({ excludes: ["**"] }, { desired: [home().desired, house.desired], entries: everything });
    expect([made.changes, made.left, made.warnings]).toEqual([[], [], []]);
  });
});
