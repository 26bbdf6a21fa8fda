import { describe, expect, it } from "vitest";
import { changeOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf, renaming, room } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");

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

  it("is delete-first where both claim one place of their scope, and create-first in another scope", () => {
    const away = {
      desired: wanted("Site/away"),
      entry: owned("Site/away", "s2"),
      row: row("Site", "s2", { name: "away" }),
    };
    const plan = (site: string, strip?: string) => {
      const own = { name: "old", site: "home", ...(strip === undefined ? {} : { strip }) };
      return planFor(
        worldOf(home().row, away.row, row("Shed", "d1", { ...own, site: "s1" }, { scope: { site: "s1" } })),
        {
          desired: [home().desired, away.desired, wanted("Shed/d", { ...own, name: "new", site })],
          entries: [home().entry, away.entry, owned("Shed/d", "d1", own, { scope: { site: "s1" } })],
          options: { replace: ["Shed/d"] },
        },
      );
    };
    const orderOf = (made: ReturnType<typeof plan>) => changeOf(made, "Shed/d").replace?.order;
    expect(orderOf(plan("home", "1"))).toBe("delete-first");
    expect(orderOf(plan("home"))).toBe("create-first");
    expect(orderOf(plan("away", "1"))).toBe("create-first");
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
    const world = worldOf(row("Site", "s1", { name: "home" }), house.row, room().row);
    const made = planFor(world, {
      desired: [home().desired, house.desired, wanted("Room/r", { house: "a" })],
      entries: [home().entry, house.entry, room().entry],
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
