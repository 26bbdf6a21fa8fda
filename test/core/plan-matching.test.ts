import { describe, expect, it } from "vitest";
import { ownerKey } from "../../src/core/plan-input.ts";
import { actionsOf, changeOf, errorsOf, owned, planFor, stepsOf, testCloud, wanted } from "./fixtures/plans.ts";
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

describe("plan() of what is not wanted any more", () => {
  it("deletes what cairn created and forgets what it adopted", () => {
    const world = worldOf(home().row, row("Site", "s2", { name: "old" }));
    const entries = [home().entry, owned("Site/old", "s2", {}, { origin: "adopted" })];
    const made = planFor(world, { entries });
    expect(actionsOf(made)).toEqual({ "Site/home": "delete", "Site/old": "forget" });
    expect(changeOf(made, "Site/home")).toMatchObject({ reason: "not declared any more", before: { name: "home" } });
    expect(changeOf(made, "Site/old").reason).toBe(
      "not declared any more, and kept in the cloud: it was adopted, not created",
    );
    expect(stepsOf(made)).toEqual(["delete Site/home", "record Site/old"]);
    expect(made.calls).toEqual({ DeleteSite: 1 });
  });

  it("lets deletionPolicy decide, as the ledger holds it", () => {
    const world = worldOf(home().row, row("Site", "s2", { name: "old" }));
    const retained = owned("Site/home", "s1", {}, { lifecycle: { deletionPolicy: "retain" } });
    const deleted = owned("Site/old", "s2", {}, { origin: "adopted", lifecycle: { deletionPolicy: "delete" } });
    const made = planFor(world, { entries: [retained, deleted] });
    expect(actionsOf(made)).toEqual({ "Site/home": "forget", "Site/old": "delete" });
    expect(changeOf(made, "Site/home").reason).toContain("deletionPolicy is retain");
  });

  it("treats everything owned in the same way when all is destroyed", () => {
    const adopted = owned("Site/old", "s2", {}, { origin: "adopted" });
    const made = planFor(worldOf(home().row, row("Site", "s2", { name: "old" })), {
      desired: [home().desired],
      entries: [home().entry, adopted],
      options: { destroy: true },
    });
    expect(actionsOf(made)).toEqual({ "Site/home": "delete", "Site/old": "forget" });
    expect(changeOf(made, "Site/home").reason).toBe("everything owned is destroyed");
    expect(made.destroy).toBe(true);
  });

  it("forgets without a call what is neither wanted nor there", () => {
    const made = planFor(worldOf(), { entries: [home().entry] });
    expect(changeOf(made, "Site/home")).toMatchObject({
      action: "forget",
      reason: "neither declared nor in the cloud any more",
    });
    expect(stepsOf(made)).toEqual(["record Site/home"]);
  });

  it("deletes nothing whose identity is not what is owned", () => {
    const made = planFor(worldOf(row("Site", "s1", { name: "renamed" })), { entries: [home().entry] });
    expect(made.errors).toMatchObject([{ code: "E_CANNOT_DELETE", address: "Site/home" }]);
    expect(made.errors[0]?.message).toBe("id s1 is now renamed, but home is what is owned; it is not deleted");
    expect(made.operations).toEqual([]);
  });

  it("never touches what is neither wanted nor owned", () => {
    const made = planFor(worldOf(home().row, row("Site", "s9", { name: "stranger" })), {
      desired: [home().desired],
      entries: [home().entry],
    });
    expect(actionsOf(made)).toEqual({ "Site/home": "no-op" });
  });

  it("leaves alone what is of a kind that nobody knows", () => {
    const entry = { ...home().entry, kind: "Ghost", address: "Ghost/x" as const };
    const made = planFor(worldOf(), { entries: [entry], desired: [{ ...home().desired, kind: "Ghost" }] });
    expect(made.changes).toEqual([]);
  });
});

describe("plan() of what is owned under another name", () => {
  const entries = [home().entry];

  it("moves it without a call", () => {
    const made = planFor(worldOf(home().row), { desired: [wanted("Site/renamed", { name: "home" })], entries });
    expect(actionsOf(made)).toEqual({ "Site/renamed": "move" });
    expect(changeOf(made, "Site/renamed")).toMatchObject({
      previousAddress: "Site/home",
      reason: "owned as Site/home until now",
      origin: "created",
    });
    expect(stepsOf(made)).toEqual(["record Site/renamed"]);
  });

  it("updates it where it differs, also across a move", () => {
    const moved = wanted("Site/renamed", { name: "home", motto: "hi" });
    const made = planFor(worldOf(home().row), { desired: [moved], entries });
    expect(changeOf(made, "Site/renamed")).toMatchObject({ action: "update", previousAddress: "Site/home" });
    expect(stepsOf(made)).toEqual(["update Site/renamed"]);
  });

  it("does not move an object that only shares its id with one of another scope", () => {
    const at = (site: string) => ({ scope: { site }, parents: {} });
    const house = { site: { id: "s2" }, plot: "7" };
    const world = worldOf(
      row("House", "a", { name: "a", site: "s1", plot: "7" }, at("s1")),
      row("House", "a", { name: "a", site: "s2", plot: "7" }, at("s2")),
    );
    const made = planFor(world, {
      desired: [wanted("House/there", { ...house, name: "a" })],
      entries: [owned("House/here", "a", { ...house, name: "a", site: { id: "s1" } }, at("s1"))],
    });
    expect(actionsOf(made)).toEqual({ "House/here": "delete", "House/there": "adopt" });
  });
});
