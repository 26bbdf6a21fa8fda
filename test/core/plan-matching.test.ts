import { describe, expect, it } from "vitest";
import { noStack, ownerKey } from "../../src/core/plan-input.ts";
import type { Fields } from "../../src/core/values.ts";
import { changeOf, errorsOf, owned, planFor, stepsOf, testCloud, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

describe("plan() of what is wanted", () => {
  it("creates what the cloud lacks, with every declared field", () => {
    const made = planFor(worldOf(), { desired: [wanted("Site/home", { motto: "hi" })] });
    expect(changeOf(made, "Site/home")).toMatchObject({
      action: "create",
      reason: "declared, and not in the cloud",
      origin: "created",
      identity: "home",
      after: { name: "home", motto: "hi" },
      fields: [
        { path: "name", after: "home", class: "intended" },
        { path: "motto", after: "hi", class: "intended" },
      ],
      disruption: "none",
      cloud: testCloud,
    });
    expect(changeOf(made, "Site/home")).not.toHaveProperty("before");
    expect(made.operations).toEqual([{ key: "create Site/home", address: "Site/home", action: "create", after: [] }]);
    expect(made.calls).toEqual({ CreateSite: 1 });
  });

  it("carries the stack, where there is one", () => {
    expect(planFor(worldOf(), { stack: "dev" })).toMatchObject({ project: "proof", stack: "dev", destroy: false });
    expect(planFor(worldOf(), {})).not.toHaveProperty("stack");
  });

  it("creates again what is owned and proved gone", () => {
    const made = planFor(worldOf(), { desired: [home().desired], entries: [home().entry] });
    expect(changeOf(made, "Site/home")).toMatchObject({
      action: "create",
      reason: "owned (id s1), and gone from the cloud",
    });
  });

  it("adopts what exists and is not owned, without a call", () => {
    const made = planFor(worldOf(home().row), { desired: [home().desired] });
    expect(changeOf(made, "Site/home")).toMatchObject({ action: "adopt", adopts: true, origin: "adopted", id: "s1" });
    expect(stepsOf(made)).toEqual(["record Site/home"]);
    expect(made.calls).toEqual({});
  });

  it("adopts and updates what exists, is not owned and differs; every difference is intended", () => {
    const made = planFor(worldOf(home().row), { desired: [wanted("Site/home", { motto: "hi" })] });
    expect(changeOf(made, "Site/home")).toMatchObject({
      action: "update",
      adopts: true,
      origin: "adopted",
      reason: "exists, is not owned yet, and differs",
      fields: [{ path: "motto", after: "hi", class: "intended" }],
    });
    expect(made.calls).toEqual({ UpdateSite: 1 });
  });

  it("refuses to adopt where adoption is switched off", () => {
    const made = planFor(worldOf(home().row), { desired: [home().desired], options: { adopt: "never" } });
    expect(made.errors).toMatchObject([
      { code: "E_ADOPT", address: "Site/home", place: { file: "home.yaml", line: 1 } },
    ]);
    expect(made.errors[0]?.message).toBe(
      "a Site with this identity exists (id s1) and is not owned; adoption is switched off",
    );
    expect(made.changes).toEqual([]);
  });

  it("refuses to adopt what another stack owns, and names the stack", () => {
    const ownedElsewhere = new Map([[ownerKey("Site", testCloud, "s1", {}), "prod"]]);
    const made = planFor(worldOf(home().row), { desired: [home().desired], ownedElsewhere });
    expect(made.errors).toMatchObject([
      { code: "E_OWNED_ELSEWHERE", message: "stack prod of this project owns the Site with id s1" },
    ]);
    // Where the cloud behind an alias is not known, nothing can be said of it.
    expect(
      errorsOf(planFor(worldOf(home().row), { desired: [home().desired], ownedElsewhere, clouds: new Map() })),
    ).toEqual([]);
  });

  it("is not adopted either where the ledger without a stack owns it, and the cure names no stack", () => {
    const ownedElsewhere = new Map([[ownerKey("Site", testCloud, "s1", {}), noStack]]);
    expect(planFor(worldOf(home().row), { desired: [home().desired], ownedElsewhere }).errors).toMatchObject([
      {
        message: "the ledger without a stack of this project owns the Site with id s1",
        help: "give this stack's resource another identity, or forget it in the ledger without a stack",
      },
    ]);
  });

  it("refuses to adopt what would have to be replaced: only what is owned is ever deleted", () => {
    const world = worldOf(row("Gadget", "g1", { name: "g", make: "old" }));
    const made = planFor(world, { desired: [wanted("Gadget/g", { make: "new" })] });
    expect(made.errors).toMatchObject([{ code: "E_ADOPT", address: "Gadget/g" }]);
    expect(made.errors[0]?.message).toContain("differs in make, which cannot be changed in place");
  });

  it("names the fields that an adoption takes as declared, because the cloud never shows them", () => {
    const world = worldOf(row("Gadget", "g1", { name: "g" }));
    const made = planFor(world, { desired: [wanted("Gadget/g", { memo: "m" })] });
    expect(changeOf(made, "Gadget/g")).toMatchObject({ action: "adopt", assumed: ["memo"] });
    expect(made.warnings).toMatchObject([
      { severity: "warning", code: "E_ADOPT", message: "adopted with assumed values: Gadget/g memo" },
    ]);
  });

  it("names what is declared after an adoption and never shown, once, and replaces nothing for it", () => {
    const world = worldOf(row("Gadget", "g1", { name: "g" }));
    const plan = (origin: "adopted" | "created", held: Fields, rest: Parameters<typeof wanted>[2] = {}) =>
      planFor(world, {
        desired: [wanted("Gadget/g", { mould: "m" }, rest)],
        entries: [owned("Gadget/g", "g1", held, { origin })],
      });
    const later = plan("adopted", {});
    expect(changeOf(later, "Gadget/g")).toMatchObject({ action: "no-op", assumed: ["mould"] });
    expect(later.warnings).toMatchObject([
      { code: "E_ADOPT", message: "declared after its adoption, and assumed to be so: Gadget/g mould" },
    ]);
    // It is recorded, and then no longer told.
    expect(stepsOf(later)).toEqual(["record Gadget/g"]);
    expect(plan("adopted", { mould: "m" }).warnings).toEqual([]);
    const ignored = plan("adopted", {}, { lifecycle: { ignoreChanges: ["mould"] } });
    expect([ignored.warnings, changeOf(ignored, "Gadget/g").assumed]).toEqual([[], undefined]);
    const made = plan("created", {});
    expect([changeOf(made, "Gadget/g").action, made.warnings]).toEqual(["replace", []]);
  });

  it("says nothing of a field that came with a newer version of its kind and that nobody declares", () => {
    const older = { ...owned("Jar/j", "j1"), origin: "adopted" as const, spec: { name: "j" } };
    const made = planFor(worldOf(row("Jar", "j1", { name: "j" })), { desired: [wanted("Jar/j")], entries: [older] });
    expect([changeOf(made, "Jar/j").action, made.warnings]).toEqual(["no-op", []]);
  });

  it("does nothing for what is owned and as declared", () => {
    const made = planFor(worldOf(home().row), { desired: [home().desired], entries: [home().entry] });
    expect(changeOf(made, "Site/home")).toMatchObject({ action: "no-op", reason: "as declared", fields: [] });
    expect(made.operations).toEqual([]);
  });

  it("adopts an object that has taken the place of an owned one: another id is another object", () => {
    const world = worldOf(row("Site", "s2", { name: "home" }));
    const given = { desired: [home().desired], entries: [home().entry] };
    expect(changeOf(planFor(world, given), "Site/home")).toMatchObject({
      action: "adopt",
      id: "s2",
      origin: "adopted",
    });
    expect(errorsOf(planFor(world, { ...given, options: { adopt: "never" } }))).toEqual(["E_ADOPT"]);
  });

  it("tells who has moved: git, the cloud, or both", () => {
    const reason = (applied: string, live: string, declared: string): string => {
      const house = (colour: string) => houseOf("a", "h1", { colour });
      const world = worldOf(home().row, house(live).row);
      const desired = [home().desired, house(declared).desired];
      const made = planFor(world, { desired, entries: [home().entry, house(applied).entry] });
      return changeOf(made, "House/a").reason;
    };
    expect(reason("red", "red", "blue")).toBe("git has moved");
    expect(reason("red", "blue", "red")).toBe("the cloud has drifted");
    expect(reason("red", "green", "blue")).toBe("git and the cloud have both moved");
    const both = planFor(worldOf(row("Gadget", "g1", { name: "g", mode: "x", disk: "a" })), {
      desired: [wanted("Gadget/g", { mode: "m", disk: "b" })],
      entries: [owned("Gadget/g", "g1", { mode: "m", disk: "a" })],
    });
    expect(changeOf(both, "Gadget/g")).toMatchObject({
      reason: "git has moved, and the cloud has drifted",
      disruption: "data-loss",
    });
  });
});
