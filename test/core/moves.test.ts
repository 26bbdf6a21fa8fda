import { describe, expect, it } from "vitest";
import type { Operation, Plan } from "../../src/core/change.ts";
import { hasChanges } from "../../src/core/plan.ts";
import { renameEntries } from "../../src/core/rename.ts";
import { kinds } from "./fixtures/kinds.ts";
import { changeOf, ledgerOf, owned, planFor, stepsOf, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const pathRow = row("Path", "p1", { name: "p", ends: ["h1"] });
const pathTo = (name: string) => owned("Path/p", "p1", { ends: [name] }, { dependencies: [`House/${name}`] });

function calling({ operations }: Plan): readonly Operation[] {
  return operations.filter(({ action }) => action !== "record");
}

describe("plan() of a move", () => {
  const renamed = wanted("House/new", { name: "a", site: "home", plot: "7" });

  it("records the new name wherever the ledger holds the old one, and calls nothing", () => {
    const made = planFor(worldOf(home().row, house.row, pathRow), {
      desired: [home().desired, renamed, wanted("Path/p", { ends: ["new"] })],
      entries: [home().entry, house.entry, pathTo("a")],
    });
    expect(stepsOf(made)).toEqual(["record House/new", "record Path/p"]);
    expect(changeOf(made, "Path/p")).toMatchObject({ action: "no-op", dependencies: ["House/new"], fields: [] });
    expect([hasChanges(made), calling(made)]).toEqual([true, []]);
  });

  it("keeps the order of what uses the object under its old name", () => {
    const made = planFor(worldOf(home().row, house.row, pathRow), {
      desired: [home().desired, wanted("House/new", { name: "a", site: "home", plot: "7" })],
      entries: [home().entry, house.entry, pathTo("a")],
      options: { replace: ["House/new"] },
    });
    expect(stepsOf(made)).toEqual(["delete Path/p", "delete House/new", "create House/new"]);
    expect(changeOf(made, "House/new")).toMatchObject({ action: "replace", previousAddress: "House/a" });
    expect(calling(made)).toHaveLength(3);
  });

  it("takes references by id and by look-up to the object for ones to its new name", () => {
    const lookup = { lookup: { site: { to: "Site/home" }, name: "a" } };
    const made = planFor(worldOf(home().row, house.row), {
      desired: [home().desired, renamed, wanted("Path/p", { ends: [lookup, { id: "h1" }] })],
      entries: [home().entry, house.entry],
    });
    expect(changeOf(made, "Path/p").dependencies).toEqual(["House/new"]);
    expect(changeOf(made, "Path/p").after).toMatchObject({ ends: [{ to: "House/new" }, { id: "h1" }] });
  });

  it("moves nothing that is still wanted under its old name", () => {
    const made = planFor(worldOf(home().row), {
      desired: [wanted("Site/home", { name: "other" }), wanted("Site/new", { name: "home" })],
      entries: [home().entry],
    });
    expect(made.changes.map(({ address, action }) => [address, action])).toEqual([
      ["Site/home", "replace"],
      ["Site/new", "create"],
    ]);
    expect(stepsOf(made)).toEqual(["create Site/home", "delete Site/home", "create Site/new"]);
  });
});

describe("renameEntries()", () => {
  it("renames addresses, parents, edges and references, those inside of an id's parents too, and nothing else", () => {
    const room = owned(
      "Room/r",
      "r1",
      { house: { id: "h9", site: { to: "Site/home" } } },
      {
        parents: { "house.site": "Site/home" },
        dependencies: ["Site/home", "House/b"],
      },
    );
    const blob = { to: "Site/home" };
    const ghost = { ...owned("Site/ghost", "g1"), kind: "Ghost", spec: { site: blob } };
    const ledger = ledgerOf([home().entry, room, owned("Gadget/g", "g1", { blob }), ghost, pathTo("b")]);
    const { entries } = renameEntries(ledger, kinds, new Map([["Site/home", "Site/new"]]));
    expect(Object.keys(entries)).toEqual(["Site/new", "Room/r", "Gadget/g", "Site/ghost", "Path/p"]);
    expect(entries["Site/new"]).toEqual({ ...home().entry, address: "Site/new" });
    expect(entries["Room/r"]).toMatchObject({
      parents: { "house.site": "Site/new" },
      dependencies: ["Site/new", "House/b"],
      spec: { house: { id: "h9", parents: { site: { to: "Site/new" } } } },
    });
    expect([entries["Gadget/g"], entries["Site/ghost"], entries["Path/p"]]).toEqual([
      ledger.entries["Gadget/g"],
      ghost,
      pathTo("b"),
    ]);
  });

  it("leaves a ledger without such addresses as it is", () => {
    const ledger = ledgerOf([home().entry]);
    expect(renameEntries(ledger, kinds, new Map())).toBe(ledger);
  });
});
