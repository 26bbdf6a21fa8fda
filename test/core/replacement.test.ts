import { describe, expect, it } from "vitest";
import { changeOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const roomScope = { "house.site": "s1", house: "h1" };
const roomEntry = owned(
  "Room/r",
  "r1",
  { house: "a" },
  {
    scope: roomScope,
    parents: { "house.site": "Site/home", house: "House/a" },
    dependencies: ["House/a"],
  },
);
const roomRow = row("Room", "r1", { name: "r", house: "h1" }, { scope: roomScope });

/** The village with a house that has another name in the cloud's spec than the manifest wants. */
function renaming() {
  const world = worldOf(home().row, house.row, roomRow);
  const desired = [
    home().desired,
    wanted("House/a", { name: "a2", site: "home", plot: "7" }),
    wanted("Room/r", { house: "a" }),
  ];
  return { world, desired, entries: [home().entry, house.entry, roomEntry] };
}

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
      liveScope: roomScope,
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

describe("the order of a replacement", () => {
  it("is delete-first where old and new have one identity", () => {
    const made = planFor(worldOf(row("Gadget", "g1", { name: "g", make: "a" })), {
      desired: [wanted("Gadget/g", { make: "b" })],
      entries: [owned("Gadget/g", "g1", { make: "a" })],
    });
    expect(changeOf(made, "Gadget/g").replace).toEqual({ order: "delete-first", because: ["make"] });
    expect(stepsOf(made)).toEqual(["delete Gadget/g", "create Gadget/g"]);
    expect(made.calls).toEqual({ CreateGadget: 1, DeleteGadget: 1 });
  });

  it("is delete-first where both claim one place of a wider domain, and create-first where neither does", () => {
    const plan = (pitch?: number) => {
      const claim = pitch === undefined ? {} : { pitch };
      return planFor(worldOf(row("Stall", "t1", { name: "old", wares: "a", ...claim })), {
        desired: [wanted("Stall/t", { name: "new", wares: "b", ...claim })],
        entries: [owned("Stall/t", "t1", { name: "old", wares: "a", ...claim })],
      });
    };
    expect(changeOf(plan(1), "Stall/t").replace?.order).toBe("delete-first");
    expect(changeOf(plan(), "Stall/t").replace?.order).toBe("create-first");
  });

  it("is create-first where the object moves to another parent, also to one still to be made", () => {
    const away = {
      desired: wanted("Site/away"),
      entry: owned("Site/away", "s2"),
      row: row("Site", "s2", { name: "away" }),
    };
    const moved = wanted("House/a", { site: "away", plot: "7" });
    const desired = [home().desired, away.desired, moved];
    const there = planFor(worldOf(home().row, away.row, house.row), {
      desired,
      entries: [home().entry, away.entry, house.entry],
    });
    expect(changeOf(there, "House/a").replace?.order).toBe("create-first");
    const unmade = planFor(worldOf(home().row, house.row), { desired, entries: [home().entry, house.entry] });
    expect(changeOf(unmade, "House/a").replace?.order).toBe("create-first");
    expect(stepsOf(unmade)).toEqual(["create Site/away", "create House/a", "delete House/a"]);
  });

  it("of children follows that of their parent, however deep", () => {
    const world = worldOf(row("Site", "s1", { name: "home" }), house.row, roomRow);
    const made = planFor(world, {
      desired: [home().desired, house.desired, wanted("Room/r", { house: "a" })],
      entries: [home().entry, house.entry, roomEntry],
      options: { replace: ["Site/home"] },
    });
    expect(made.changes.map(({ replace }) => replace?.order)).toEqual(["delete-first", "delete-first", "delete-first"]);
    expect(stepsOf(made)).toEqual([
      ...["delete Room/r", "delete House/a", "delete Site/home"],
      ...["create Site/home", "create House/a", "create Room/r"],
    ]);
    expect(made.errors).toEqual([]);
  });

  it("is refused where the old one stays in use", () => {
    const elsewhere = { site: { id: "s9", parents: {} }, plot: "7", near: "home" };
    const user = planFor(
      worldOf(
        home().row,
        row("House", "h3", { name: "c", site: "s9", plot: "7", near: "s1" }, { scope: { site: "s9" } }),
      ),
      {
        desired: [wanted("Site/home"), wanted("House/c", elsewhere)],
        entries: [home().entry, owned("House/c", "h3", elsewhere, { scope: { site: "s9" } })],
        options: { replace: ["Site/home"] },
      },
    );
    expect(user.errors).toMatchObject([
      {
        code: "E_CANNOT_REPLACE",
        message: "the old and the new object have the same identity, and House/c still uses the old one",
        place: { file: "home.yaml" },
      },
    ]);
  });

  it("is refused where something unmanaged has the new identity, and not where that is owned", () => {
    const { world, desired, entries } = renaming();
    world.rows.push(houseOf("a2", "h7").row);
    const given = { desired: desired.slice(0, 2), entries: entries.slice(0, 2) };
    const made = planFor(world, given);
    expect(made.errors).toMatchObject([
      {
        code: "E_CANNOT_REPLACE",
        message: "a House that is not owned already has the new identity (id h7)",
        address: "House/a",
      },
    ]);
    const freed = planFor(world, { ...given, entries: [...given.entries, houseOf("a2", "h7").entry] });
    expect(freed.errors).toEqual([]);
    // The identity is free only when the other one has gone.
    expect(stepsOf(freed).indexOf("delete House/a2")).toBeLessThan(stepsOf(freed).indexOf("create House/a"));
  });

  it("is refused for what is adopted and would have to follow a new parent", () => {
    const { world, desired, entries } = renaming();
    const made = planFor(world, { desired, entries: entries.slice(0, 2) });
    expect(made.errors).toMatchObject([{ code: "E_ADOPT", address: "Room/r" }]);
  });
});

describe("a replacement of what goes with its parent", () => {
  const scope = { vault: "v1" };
  const given = {
    desired: [wanted("Vault/v", { lock: "b" }), wanted("Permit/p", { vault: "v" })],
    entries: [
      owned("Vault/v", "v1", { lock: "a" }),
      owned("Permit/p", "p1", { vault: "v" }, { scope, parents: { vault: "Vault/v" }, dependencies: ["Vault/v"] }),
    ],
  };

  it("records the old one as gone once the parent is, and makes the new one in the new parent", () => {
    const world = worldOf(
      row("Vault", "v1", { name: "v", lock: "a" }),
      row("Permit", "p1", { name: "p", vault: "v1" }, { scope }),
    );
    const made = planFor(world, given);
    expect(made.errors).toEqual([]);
    expect(stepsOf(made)).toEqual(["delete Vault/v", "create Vault/v", "record Permit/p", "create Permit/p"]);
  });
});
