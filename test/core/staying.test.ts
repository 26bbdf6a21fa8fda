import { describe, expect, it } from "vitest";
import { kindsWithHistory, pageOf } from "./fixtures/chronicle.ts";
import { kinds as testKinds } from "./fixtures/kinds.ts";
import { kindNamed, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf, room } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const world = () => worldOf(home().row, house.row);
const retain = { deletionPolicy: "retain" as const, ignoreChanges: [], force: false };
const kept = { ...house.entry, lifecycle: retain };
const adopted = { ...house.entry, origin: "adopted" as const };

describe("what stays in the cloud", () => {
  it("is in the way of the deletion of what it lies in, and of nothing else", () => {
    const made = planFor(world(), { entries: [home().entry, kept] });
    expect(made.errors).toMatchObject([
      {
        code: "E_CANNOT_DELETE",
        address: "Site/home",
        message: "cannot be deleted: House/a needs it, and is kept in the cloud: deletionPolicy is retain",
        help: "keep it as well, with deletionPolicy: retain; or delete House/a in the cloud first",
      },
    ]);
    const both = planFor(world(), { entries: [{ ...home().entry, lifecycle: retain }, kept] });
    expect([both.errors, stepsOf(both)]).toEqual([[], ["record House/a", "record Site/home"]]);
    expect(planFor(world(), { entries: [home().entry, house.entry] }).errors).toEqual([]);
    expect(planFor(worldOf(home().row), { entries: [home().entry, kept] }).errors).toEqual([]);
  });

  it("is in the way of a replacement, also where it only refers to the old object", () => {
    const replaced = planFor(world(), {
      desired: [home().desired],
      entries: [home().entry, adopted],
      options: { replace: ["Site/home"] },
    });
    expect(replaced.errors).toMatchObject([
      {
        code: "E_CANNOT_REPLACE",
        place: { file: "home.yaml" },
        message: "cannot be replaced: House/a needs it, and is kept in the cloud: it was adopted, not created",
      },
    ]);
    const elsewhere = { site: { id: "s9", parents: {} }, plot: "7", near: "home" };
    const near = owned("House/c", "h3", elsewhere, { scope: { site: "s9" }, lifecycle: retain });
    const seen = worldOf(
      home().row,
      row("House", "h3", { name: "c", site: "s9", plot: "7" }, { scope: { site: "s9" } }),
    );
    expect(planFor(seen, { entries: [home().entry, near] }).errors).toMatchObject([{ address: "Site/home" }]);
  });

  it("goes along by force where it was merely adopted, and not where its own manifest keeps it", () => {
    const kinds = new Map([...testKinds, ["Site", { ...kindNamed("Site"), forceTakes: "every house" }]]);
    const forced = { ...home().entry, lifecycle: { ignoreChanges: [], force: true } };
    expect(planFor(world(), { kinds, entries: [forced, adopted] }).errors).toEqual([]);
    expect(planFor(world(), { kinds, entries: [forced, kept] }).errors).toMatchObject([{ code: "E_CANNOT_DELETE" }]);
  });

  it("is in nobody's way where it has another owner, goes with its parent, or is a history", () => {
    const moved = planFor(worldOf(home().row, house.row, room().row), {
      desired: [home().desired, wanted("House/new", { name: "a", site: "home", plot: "7" })],
      entries: [home().entry, kept],
    });
    expect(moved.errors).toEqual([]);
    const scope = { vault: "v1" };
    const permit = owned(
      "Permit/p",
      "p1",
      { vault: "v" },
      { scope, parents: { vault: "Vault/v" }, dependencies: ["Vault/v"], lifecycle: retain },
    );
    const vault = worldOf(
      row("Vault", "v1", { name: "v" }),
      row("Permit", "p1", { name: "p", vault: "v1" }, { scope }),
    );
    expect(planFor(vault, { entries: [owned("Vault/v", "v1"), permit] }).errors).toEqual([]);
    const chronicle = {
      ...owned("Site/home", "c1"),
      address: "Chronicle/war" as const,
      kind: "Chronicle",
      identity: "war",
      spec: { name: "war", page: "one" },
    };
    expect(planFor(worldOf(pageOf("one")), { kinds: kindsWithHistory, entries: [chronicle] }).errors).toEqual([]);
  });
});
