import { describe, expect, it } from "vitest";
import type { Address } from "../../src/core/address.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { Entry } from "../../src/core/ledger.ts";
import { emptySnapshot } from "../../src/core/snapshot.ts";
import { survey } from "../../src/core/survey.ts";
import type { Binding } from "../../src/core/survey-state.ts";
import { kinds } from "./fixtures/kinds.ts";
import { changeOf, errorsOf, ledgerOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { denied, look, row, type World, worldOf } from "./fixtures/world.ts";

type Given = { readonly desired?: readonly Desired[]; readonly entries?: readonly Entry[] };

function bindingsOf(world: World, { desired = [], entries = [] }: Given): ReadonlyMap<Address, Binding> {
  const ledger = ledgerOf(entries);
  return survey({ kinds, desired, ledger, snapshot: look(world, { desired, ledger }) }).bindings;
}

const house = houseOf("a", "h1");

describe("survey()", () => {
  it("lists each distinct scope once, parents before children", () => {
    const world = worldOf(home().row, house.row, houseOf("b", "h2").row, row("Site", "s2", { name: "away" }));
    const desired = [
      ...[house.desired, houseOf("b", "h2").desired, houseOf("c", "h3", { site: "away" }).desired],
      ...[home().desired, wanted("Site/away")],
    ];
    bindingsOf(world, { desired });
    expect(world.asked).toEqual(["list Site", "list House s1", "list House s2"]);
  });

  it("follows scope paths over references, and to a plain field at their end", () => {
    const world = worldOf(home().row, house.row);
    const desired = [
      home().desired,
      house.desired,
      wanted("Room/r", { house: "a" }),
      wanted("Lease/l", { house: "a" }),
    ];
    const bindings = bindingsOf(world, { desired });
    expect(world.asked).toEqual(["list Site", "list Lease 7", "list House s1", "list Room s1/h1"]);
    expect(bindings.get("Room/r")).toMatchObject({
      state: "absent",
      scope: { "house.site": "s1", house: "h1" },
      parents: { "house.site": "Site/home", house: "House/a" },
    });
    expect(bindings.get("Lease/l")).toMatchObject({ scope: { "house.plot": "7" }, parents: {} });
  });

  it("takes what lives in a parent that is still to be created for absent, without a call", () => {
    const world = worldOf();
    const bindings = bindingsOf(world, { desired: [home().desired, house.desired, wanted("Room/r", { house: "a" })] });
    expect([...bindings.values()].map(({ state }) => state)).toEqual(["absent", "absent", "absent"]);
    expect(bindings.get("Room/r")).toMatchObject({ scope: {}, parents: { house: "House/a" } });
    expect(world.asked).toEqual(["list Site"]);
  });

  it("takes what is owned in a parent that is gone for gone, without a call", () => {
    const world = worldOf();
    const bindings = bindingsOf(world, { entries: [home().entry, house.entry] });
    expect(bindings.get("House/a")?.state).toBe("absent");
    expect(world.asked).toEqual(["list Site", "read Site s1"]);
  });

  it("proves absence by a read before it believes a list", () => {
    const world = worldOf({ ...home().row, unlisted: true });
    const bindings = bindingsOf(world, { desired: [home().desired], entries: [home().entry] });
    expect(bindings.get("Site/home")).toMatchObject({ state: "present", object: { id: "s1" } });
    expect(world.asked).toEqual(["list Site", "read Site s1"]);
  });

  it("takes a list that fails for unknown, never for empty", () => {
    const world = worldOf(home().row);
    world.faults.set("House", denied("ListHouse"));
    const desired = [home().desired, house.desired, houseOf("b", "h2").desired];
    const entries = [home().entry, house.entry, houseOf("gone", "h3").entry];
    expect(bindingsOf(world, { desired, entries }).get("House/gone")?.state).toBe("unknown");
    const made = planFor(world, { desired, entries });
    // Said once, whatever lives there.
    expect(made.errors).toEqual([denied("ListHouse")]);
    expect(made.changes.map(({ address }) => address)).toEqual(["Site/home"]);
    expect(made.operations).toEqual([]);
  });

  it("takes a read that fails for unknown, never for the proof of absence", () => {
    const world = worldOf();
    world.faults.set("Site#s1", denied("ReadSite"));
    const made = planFor(world, { desired: [home().desired], entries: [home().entry] });
    expect([made.errors, made.changes]).toEqual([[denied("ReadSite")], []]);
  });

  it("reads only for declared fields that the list lacks", () => {
    const gadget = row("Gadget", "g1", { name: "g", detail: "d" });
    const plain = worldOf(gadget);
    planFor(plain, { desired: [wanted("Gadget/g")] });
    expect(plain.asked).toEqual(["list Gadget"]);
    const detailed = worldOf(gadget);
    const made = planFor(detailed, { desired: [wanted("Gadget/g", { detail: "e" })] });
    expect(detailed.asked).toEqual(["list Gadget", "read Gadget g1"]);
    expect(changeOf(made, "Gadget/g").fields).toMatchObject([{ path: "detail", before: "d", after: "e" }]);
    const blind = worldOf(
      row("House", "h1", { name: "a", site: "s1", plot: "7" }, { scope: { site: "s1" } }),
      home().row,
    );
    planFor(blind, { desired: [home().desired, wanted("House/a", { site: "home", plot: "7", patron: "home" })] });
    expect(blind.asked).not.toContain("read House h1");
  });

  it("takes what its list shows and its read does not for gone, and a failing read for unknown", () => {
    const desired = [wanted("Gadget/g", { detail: "d" })];
    const world = worldOf(row("Gadget", "g1", { name: "g" }));
    const ledger = ledgerOf([]);
    const seen = look(world, { desired, ledger });
    const readings = new Map([...seen.readings].map(([key, { request }]) => [key, { request }]));
    const { bindings } = survey({ kinds, desired, ledger, snapshot: { ...seen, readings } });
    expect(bindings.get("Gadget/g")?.state).toBe("absent");
    world.faults.set("Gadget#g1", denied("ReadGadget"));
    expect(bindingsOf(world, { desired }).get("Gadget/g")).toMatchObject({
      state: "unknown",
      fault: denied("ReadGadget"),
    });
  });

  it("looks at the roots and at what they need, and at nothing else", () => {
    const desired = [home().desired, house.desired, wanted("Gadget/g")];
    const roots = new Set<Address>(["House/a", "Nobody/x"]);
    const { bindings, lists } = survey({ kinds, desired, ledger: ledgerOf([]), snapshot: emptySnapshot, roots });
    expect([...bindings.keys()]).toEqual(["Site/home", "House/a"]);
    expect(lists.map(({ kind }) => kind)).toEqual(["Site"]);
  });

  it("leaves pending what has not been looked at, which a plan calls a fault of its own", () => {
    const given = { desired: [home().desired, house.desired], entries: [home().entry, house.entry] };
    const made = planFor(worldOf(), { ...given, snapshot: emptySnapshot });
    expect(made.errors).toMatchObject([
      { code: "E_INTERNAL", message: "was not looked at", address: "Site/home" },
      { code: "E_INTERNAL", message: "was not looked at", address: "House/a", place: { file: "a.yaml" } },
    ]);
    const unwanted = planFor(worldOf(), { entries: [home().entry], snapshot: emptySnapshot });
    expect(unwanted.errors).toMatchObject([{ code: "E_INTERNAL", address: "Site/home" }]);
  });
});

describe("survey() of identities", () => {
  const twins = () => worldOf(row("Site", "s2", { name: "home" }), home().row);

  it("calls two objects of one identity ambiguous, with place and ids", () => {
    expect(planFor(twins(), { desired: [home().desired] }).errors).toMatchObject([
      {
        code: "E_AMBIGUOUS",
        message: "2 live objects have the identity home: ids s1 and s2",
        address: "Site/home",
        place: { file: "home.yaml", line: 1 },
      },
    ]);
  });

  it("lets the owned id decide between them", () => {
    const made = planFor(twins(), { desired: [home().desired], entries: [home().entry] });
    expect(changeOf(made, "Site/home")).toMatchObject({ action: "no-op", id: "s1" });
  });

  it("does not let an owned id of another identity decide", () => {
    const renamed = wanted("Site/home", { name: "away" });
    const world = worldOf(home().row, row("Site", "s2", { name: "away" }), row("Site", "s3", { name: "away" }));
    expect(errorsOf(planFor(world, { desired: [renamed], entries: [home().entry] }))).toEqual(["E_AMBIGUOUS"]);
  });

  it("says the fault of a parent once, at the parent", () => {
    const made = planFor(twins(), { desired: [home().desired, house.desired, wanted("Room/r", { house: "a" })] });
    expect(made.errors).toMatchObject([{ code: "E_AMBIGUOUS", address: "Site/home" }]);
    expect(made.errors).toHaveLength(1);
  });

  it("makes an identity of references by what they lead to, created or not", () => {
    const linked = kinds.get("Path");
    if (linked === undefined) throw new Error("no kind Path");
    const identity = ({ ends }: { ends?: unknown }): string => JSON.stringify(ends);
    const byEnds = new Map([...kinds, ["Path", { ...linked, identity }] as const]);
    const ends = ["a", { id: "h9" }, "new"];
    const desired = [home().desired, house.desired, houseOf("new", "").desired, wanted("Path/p", { ends })];
    const made = planFor(worldOf(home().row, house.row), { kinds: byEnds, desired });
    expect(changeOf(made, "Path/p").identity).toBe('["h1","h9","?House/new"]');
    const lost = wanted("Path/p", { ends: ["nowhere"] });
    expect(
      survey({ kinds: byEnds, desired: [lost], ledger: ledgerOf([]), snapshot: emptySnapshot }).bindings.get("Path/p"),
    ).toMatchObject({ identity: '["?"]' });
  });

  it("binds an owned object by its id also where its identity has changed", () => {
    const world = worldOf(row("Site", "s1", { name: "renamed" }));
    const made = planFor(world, { desired: [home().desired], entries: [owned("Site/home", "s1")] });
    expect(changeOf(made, "Site/home")).toMatchObject({ action: "replace", id: "s1", identity: "home" });
  });
});
