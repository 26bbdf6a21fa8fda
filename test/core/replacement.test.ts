import { describe, expect, it } from "vitest";
import { changeOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf, renaming } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

describe("a replacement", () => {
  it("spreads to everything that cannot follow in place, and makes the new before the old goes", () => {
    const { world, ...given } = renaming();
    const made = planFor(world, given);
    expect(changeOf(made, "House/a")).toMatchObject({
      action: "replace",
      reason: "name cannot be changed in place",
      replace: { order: "create-first", because: ["name"] },
      origin: "created",
      disruption: "replace",
    });
    expect(changeOf(made, "Room/r")).toMatchObject({
      action: "replace",
      reason: "House/a is replaced, and house cannot be changed in place",
      replace: { order: "create-first", because: ["house"] },
      scope: { "house.site": "s1" },
      liveScope: { "house.site": "s1", house: "h1" },
      fields: [{ path: "house", before: "a", after: "a", unknown: true, forcesReplace: true, class: "intended" }],
    });
    expect(stepsOf(made)).toEqual(["create House/a", "create Room/r", "delete Room/r", "delete House/a"]);
  });

  it("repoints in place what can follow, before the old one goes", () => {
    const { world, desired, entries } = renaming();
    world.rows.splice(2, 1, row("Path", "p1", { name: "p", ends: ["h1"] }));
    const path = owned("Path/p", "p1", { ends: ["a"] }, { dependencies: ["House/a"] });
    const made = planFor(world, {
      desired: [...desired.slice(0, 2), wanted("Path/p", { ends: ["a"] })],
      entries: [...entries.slice(0, 2), path],
    });
    expect(changeOf(made, "Path/p")).toMatchObject({
      action: "update",
      reason: "House/a is replaced",
      fields: [{ path: "ends", before: ["a"], after: ["a"], unknown: true }],
    });
    expect(stepsOf(made)).toEqual(["create House/a", "update Path/p", "delete House/a"]);
  });

  it("repoints what found its target by a look-up, and what changes for reasons of its own", () => {
    const { world, desired, entries } = renaming();
    world.rows.splice(2, 1, row("House", "h2", { name: "b", plot: "7", site: "s1" }, { scope: { site: "s1" } }));
    world.rows.push(row("Path", "p1", { name: "p", ends: ["h2"] }));
    const ends = [{ lookup: { site: { to: "Site/home" }, name: "a" } }];
    const made = planFor(world, {
      desired: [...desired.slice(0, 2), wanted("Path/p", { ends })],
      entries: [...entries.slice(0, 2), owned("Path/p", "p1", { ends: [{ id: "h2" }] })],
    });
    expect(changeOf(made, "Path/p")).toMatchObject({
      action: "update",
      fields: [{ path: "ends", before: ["h2"], after: ["a"], unknown: true }],
    });
    const both = planFor(world, {
      desired: [
        ...desired.slice(0, 2),
        wanted("House/b", { site: "home", plot: "8" }),
        wanted("Path/p", { name: "q", ends: ["a"] }),
      ],
      entries: [...entries.slice(0, 2), houseOf("b", "h2").entry, owned("Path/p", "p1", { ends: ["a"] })],
    });
    expect(changeOf(both, "Path/p")).toMatchObject({ action: "replace", reason: "name cannot be changed in place" });
    expect(changeOf(both, "Path/p").fields.map(({ path }) => path)).toEqual(["name", "ends"]);
  });

  it("leaves alone what only names it under dependsOn", () => {
    const { world, desired, entries } = renaming();
    world.rows.push(row("Site", "s2", { name: "other" }));
    const made = planFor(world, {
      desired: [...desired, wanted("Site/other", {}, { dependsOn: ["House/a"] })],
      entries: [...entries, owned("Site/other", "s2", {}, { dependencies: ["House/a"] })],
    });
    expect(changeOf(made, "Site/other").action).toBe("no-op");
  });

  it("replaces what is asked for by --replace, and what has no call to change it", () => {
    const given = { desired: [home().desired], entries: [home().entry] };
    const asked = planFor(worldOf(home().row), { ...given, options: { replace: ["Site/*"] } });
    expect(changeOf(asked, "Site/home")).toMatchObject({ action: "replace", reason: "asked for by --replace" });
    const scope = { vault: "v1" };
    const made = planFor(
      worldOf(row("Vault", "v1", { name: "v" }), row("Permit", "p", { name: "p", vault: "v1", level: "1" }, { scope })),
      {
        desired: [wanted("Vault/v"), wanted("Permit/p", { vault: "v", level: "2" })],
        entries: [owned("Vault/v", "v1"), owned("Permit/p", "p", { vault: "v", level: "1" }, { scope })],
      },
    );
    expect(changeOf(made, "Permit/p")).toMatchObject({ action: "replace", replace: { because: ["level"] } });
    expect(made.errors).toMatchObject([{ code: "E_CANNOT_REPLACE", address: "Permit/p" }]);
  });
});
