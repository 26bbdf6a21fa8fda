import { describe, expect, it } from "vitest";
import type { Address } from "../../src/core/address.ts";
import { deposedAddress } from "../../src/core/deposed.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { Entry, Intent, LedgerState } from "../../src/core/ledger.ts";
import { type Settlement, settle } from "../../src/core/settle.ts";
import { survey } from "../../src/core/survey.ts";
import type { Fields } from "../../src/core/values.ts";
import { kinds } from "./fixtures/kinds.ts";
import { ledgerOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { denied, look, row, type World, worldOf } from "./fixtures/world.ts";

function intentOf(action: Intent["action"], entry: Intent["entry"]): Intent {
  return { action, entry, since: "2026-01-01T00:00:00.000Z" };
}

/** The intent to create something, as the run before wrote it. */
function toCreate(address: Address, input: Fields = {}, rest: Partial<Entry> = {}): Intent {
  const { id: _, ...entry } = { ...owned(address, "", input), ...rest };
  return intentOf("create", entry);
}

function settled(world: World, ledger: LedgerState, desired: readonly Desired[] = [], patient = true): Settlement {
  const snapshot = look(world, { desired, ledger });
  const seen = survey({ kinds, desired, ledger, snapshot });
  return settle(ledger, seen, new Set(desired.map(({ address }) => address)), patient);
}

describe("settle() of a create", () => {
  it("owns what is found as the intent says, whether or not a manifest still names it", () => {
    const ledger = ledgerOf([], [toCreate("Site/home", { motto: "hi" })]);
    const world = worldOf(row("Site", "s1", { name: "home", motto: "hi" }));
    for (const desired of [[], [wanted("Site/home")]]) {
      const { ledger: after, open, notes } = settled(world, ledger, desired);
      expect(after.entries["Site/home"]).toMatchObject({ id: "s1", origin: "created", identity: "home", scope: {} });
      expect([after.intents, open, notes]).toEqual([[], [], []]);
    }
  });

  it("owns what differs in nothing but what the ledger leaves out", () => {
    const spec = {
      account: { user: "u", word: "hidden" },
      knobs: { level: 1, "db.password": "hidden" },
      sheet: { kind: "ConfigMap", data: { "app.yml": "port: 80\npassword: hidden" } },
    };
    const world = worldOf(row("Gadget", "g1", { name: "g", ...spec }));
    const { ledger } = settled(world, ledgerOf([], [toCreate("Gadget/g", spec)]));
    expect(ledger.entries["Gadget/g"]).toMatchObject({ id: "g1", origin: "created" });
    const other = { ...spec, knobs: { level: 2, "db.password": "hidden" } };
    expect(settled(world, ledgerOf([], [toCreate("Gadget/g", other)])).ledger.entries).toEqual({});
  });

  it("leaves what differs to the adopt rule where a manifest names it", () => {
    const ledger = ledgerOf([], [toCreate("Site/home", { motto: "hi" })]);
    const { ledger: after, notes } = settled(worldOf(home().row), ledger, [home().desired]);
    expect([after.entries, after.intents, notes]).toEqual([{}, [], []]);
  });

  it("reports what differs and no manifest names, and leaves it alone", () => {
    const ledger = ledgerOf([], [toCreate("Site/home", { motto: "hi" })]);
    const { ledger: after, notes } = settled(worldOf(home().row), ledger);
    expect([after.entries, after.intents]).toEqual([{}, []]);
    expect(notes).toMatchObject([{ severity: "warning", code: "E_ADOPT", address: "Site/home" }]);
    expect(notes[0]?.message).toContain("what exists now (id s1) differs");
  });

  it("owns what the dead run has only begun: lists that fill up later have a part of what was intended", () => {
    const [first, second, third] = [houseOf("a", "h1"), houseOf("b", "h2"), houseOf("c", "h3")];
    const houses = [home().row, first.row, second.row, third.row];
    const ledger = ledgerOf(
      [home().entry, first.entry, second.entry, third.entry],
      [toCreate("Path/p", { ends: ["a", "b"] })],
    );
    const claimedWith = (ends: Fields): unknown =>
      settled(worldOf(...houses, row("Path", "p1", { name: "p", ...ends })), ledger).ledger.entries["Path/p"]?.origin;
    for (const ends of [{ ends: ["h2", "h1"] }, { ends: ["h2"] }, { ends: [] }, {}]) {
      expect(claimedWith(ends)).toBe("created");
    }
    for (const ends of [{ ends: ["h3"] }, { ends: ["h1", "h3"] }]) expect(claimedWith(ends)).toBeUndefined();
    const nowhere = ledgerOf([home().entry], [toCreate("Path/p", { ends: ["a"] })]);
    const world = worldOf(home().row, row("Path", "p1", { name: "p", ends: ["h1"] }));
    expect(settled(world, nowhere).ledger.entries).not.toHaveProperty("Path/p");
  });

  it("drops what is not found once nothing can be in flight any more, and not before", () => {
    const ledger = ledgerOf([], [toCreate("Site/home")]);
    expect(settled(worldOf(), ledger, [], false)).toMatchObject({ open: ledger.intents, ledger });
    expect(settled(worldOf(), ledger)).toMatchObject({ open: [], ledger: { intents: [] } });
  });

  it("drops at once what cannot have been begun, because what it needs was not recorded as done", () => {
    const second = toCreate("Site/second", {}, { dependencies: ["Site/first"] });
    const third = toCreate("Site/third", {}, { dependencies: ["Site/elsewhere"] });
    const { open } = settled(worldOf(), ledgerOf([], [toCreate("Site/first"), second, third]), [], false);
    expect(open.map(({ entry }) => entry.address)).toEqual(["Site/first", "Site/third"]);
  });

  it("keeps open what cannot be looked at, however long ago it was", () => {
    const world = worldOf(home().row);
    world.faults.set("Site", denied("ListSite"));
    const ledger = ledgerOf([], [toCreate("Site/home")]);
    expect(settled(world, ledger).ledger).toEqual(ledger);
  });

  it("keeps open what two objects answer to", () => {
    const ledger = ledgerOf([], [toCreate("Site/home")]);
    const { open, ledger: after } = settled(worldOf(home().row, row("Site", "s2", { name: "home" })), ledger);
    expect([open, after.entries]).toEqual([ledger.intents, {}]);
  });

  it("drops at once an intent of an update; keeps a create of a kind that nobody knows, because nobody can look for it", () => {
    const ghost = toCreate("Site/ghost", {}, { kind: "Ghost" });
    const ledger = ledgerOf([home().entry], [ghost, intentOf("update", home().entry)]);
    expect(settled(worldOf(home().row), ledger, [], true)).toEqual({
      ledger: { ...ledger, intents: [ghost] },
      open: [ghost],
      notes: [],
    });
  });

  it("completes a scope from parents that were made after the intent was written", () => {
    const { entry } = houseOf("a", "h1");
    const house = toCreate("House/a", { site: "home", plot: "7" }, { ...entry, scope: {} });
    const world = worldOf(home().row, houseOf("a", "h1").row);
    const parentOwned = settled(world, ledgerOf([home().entry], [house]));
    expect(parentOwned.ledger.entries["House/a"]).toMatchObject({ id: "h1", scope: { site: "s1" } });
    const parentAnIntent = settled(world, ledgerOf([], [house, toCreate("Site/home")]));
    expect(Object.keys(parentAnIntent.ledger.entries).sort()).toEqual(["House/a", "Site/home"]);
  });

  it("looks for nothing in a parent that is not there", () => {
    const { entry } = houseOf("a", "h1");
    const house = toCreate("House/a", { site: "home", plot: "7" }, { ...entry, scope: {} });
    const world = worldOf();
    expect(settled(world, ledgerOf([], [house])).ledger.intents).toEqual([]);
    expect(world.asked).toEqual([]);
    expect(settled(worldOf(), ledgerOf([home().entry], [house])).ledger.intents).toEqual([]);
  });

  it("waits for a parent that is not looked at yet, and for one that cannot be", () => {
    const { entry } = houseOf("a", "h1");
    const house = toCreate("House/a", { site: "home", plot: "7" }, { ...entry, scope: {} });
    const ledger = ledgerOf([home().entry], [house]);
    const unseen = survey({
      kinds,
      desired: [],
      ledger,
      snapshot: look(worldOf(), { desired: [], ledger: ledgerOf([]) }),
    });
    expect(settle(ledger, unseen, new Set(), true).open).toEqual([house]);
    const world = worldOf(home().row);
    world.faults.set("Site", denied("ListSite"));
    expect(settled(world, ledger).open).toEqual([house]);
  });
});

describe("settle() of a delete", () => {
  const { entry, row: live } = home();
  const ledger = ledgerOf([entry], [intentOf("delete", entry)]);

  it("owns no longer what is gone, so that it does not count as vanished", () => {
    expect(settled(worldOf(), ledger).ledger).toEqual(ledgerOf([]));
    expect(settled(worldOf(), ledger, [], false).ledger).toEqual(ledgerOf([]));
  });

  it("owns on what is still there, and what cannot be looked at", () => {
    expect(settled(worldOf(live), ledger).ledger).toEqual(ledgerOf([entry]));
    const world = worldOf(live);
    world.faults.set("Site", denied("ListSite"));
    expect(settled(world, ledger).ledger).toEqual(ledgerOf([entry]));
  });

  it("takes nothing else out that the address owns by now", () => {
    const other = { ...entry, id: "s2" };
    const { entries } = settled(worldOf(), ledgerOf([other], ledger.intents)).ledger;
    expect(entries["Site/home"]).toEqual(other);
  });
});

describe("plan() beside intents that are still open", () => {
  it("plans nothing for them, whatever they name", () => {
    const { entry } = houseOf("a", "h1");
    const house = toCreate("House/a", { site: "home", plot: "7" }, { ...entry, scope: {} });
    const ledger = ledgerOf([], [house, toCreate("Site/home")]);
    const made = planFor(worldOf(home().row, houseOf("a", "h1").row), { ledger });
    expect([made.changes, made.operations, made.errors]).toEqual([[], [], []]);
  });
});

describe("settle() of a replacement", () => {
  const old = owned("Gadget/g", "g1", { make: "old" });
  const oldRow = row("Gadget", "g1", { name: "g", make: "old" });
  const newRow = row("Gadget", "g2", { name: "g2", make: "new" });
  const making = toCreate("Gadget/g", { name: "g2", make: "new" });
  const removing = intentOf("delete", old);

  it("owns the new object, and the old one under an address of its own, whichever intent comes first", () => {
    for (const intents of [
      [making, removing],
      [removing, making],
    ]) {
      const { ledger } = settled(worldOf(oldRow, newRow), ledgerOf([old], intents));
      expect(Object.values(ledger.entries).map(({ address, id }) => [address, id])).toEqual([
        ["Gadget/g", "g2"],
        [deposedAddress("Gadget/g", "g1"), "g1"],
      ]);
      expect(ledger.intents).toEqual([]);
    }
  });

  it("does so where the new one was recorded before the run died", () => {
    const { ledger } = settled(worldOf(oldRow, newRow), ledgerOf([owned("Gadget/g", "g2")], [removing]));
    expect(Object.keys(ledger.entries)).toEqual(["Gadget/g", "Gadget/g~g1"]);
  });

  it("keeps the old object where it stands as long as nothing new is found", () => {
    const { ledger } = settled(worldOf(oldRow), ledgerOf([old], [making, removing]));
    expect(ledger.entries).toEqual({ "Gadget/g": old });
  });

  it("never takes the old object for the new one, even where it is as the intent says", () => {
    const alike = toCreate("Gadget/g", { make: "old" });
    expect(settled(worldOf(oldRow), ledgerOf([old], [alike, removing])).ledger).toEqual(ledgerOf([old]));
    expect(settled(worldOf(oldRow), ledgerOf([old], [alike]), [], false).open).toEqual([alike]);
  });

  it("owns the old object once where it moves to another address meanwhile", () => {
    const moving = { ...removing, entry: { ...old, address: "Gadget/moved" as const } };
    const made = toCreate("Gadget/moved", { name: "g2", make: "new" });
    const { ledger } = settled(worldOf(oldRow, newRow), ledgerOf([old], [made, moving]));
    expect(Object.keys(ledger.entries).sort()).toEqual(["Gadget/g", "Gadget/moved"]);
  });

  it("restores nothing that somebody has taken out of the ledger", () => {
    expect(settled(worldOf(oldRow), ledgerOf([], [removing])).ledger.entries).toEqual({});
    const idless = intentOf("delete", making.entry);
    expect(settled(worldOf(oldRow), ledgerOf([old], [idless])).ledger.entries).toEqual({ "Gadget/g": old });
  });

  it("compares references by what they lead to", () => {
    const { entry } = houseOf("a", "h1");
    const house = toCreate("House/a", { site: "home", plot: "7" }, { ...entry, scope: { site: "s1" } });
    const other = row("House", "h1", { name: "a", site: "s2", plot: "7" }, { scope: { site: "s1" } });
    const ledger = ledgerOf([home().entry], [house]);
    expect(settled(worldOf(home().row, other), ledger).notes).toMatchObject([{ address: "House/a" }]);
  });
});
