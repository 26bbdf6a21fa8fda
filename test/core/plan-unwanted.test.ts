import { describe, expect, it } from "vitest";
import { actionsOf, changeOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

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
