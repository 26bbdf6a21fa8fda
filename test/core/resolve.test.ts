import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import type { Kind } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import { kinds } from "./fixtures/kinds.ts";
import { changeOf, errorsOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { denied, row, type World, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const village = () => worldOf(home().row, house.row);
const both = [home().entry, house.entry];

/** The message, field and place of the one error of a plan. */
function errorOf(world: World, desired: readonly Desired[], rest: { kinds?: ReadonlyMap<string, Kind> } = {}) {
  const { errors } = planFor(world, { desired, ...rest });
  expect(errors).toHaveLength(1);
  return errors[0];
}

describe("a reference by name", () => {
  it("is known after apply while its target does not exist", () => {
    const made = planFor(worldOf(), { desired: [home().desired, house.desired] });
    expect(changeOf(made, "House/a").after).toMatchObject({ site: { to: "Site/home" } });
    expect(changeOf(made, "House/a")).toMatchObject({
      scope: {},
      parents: { site: "Site/home" },
      dependencies: ["Site/home"],
    });
    expect(changeOf(made, "House/a").fields).toContainEqual({
      ...{ field: "site", path: "site", after: "home", class: "intended", disruption: "none" },
    });
  });

  it("leads to what is owned and not declared any more, too", () => {
    const made = planFor(village(), { desired: [house.desired], entries: both });
    expect(changeOf(made, "House/a")).toMatchObject({ action: "no-op", scope: { site: "s1" } });
  });

  it("that leads nowhere is an error with its place", () => {
    const places = { "ends.1": { file: "p.yaml", line: 9 } };
    const error = errorOf(village(), [
      ...[home().desired, house.desired],
      wanted("Path/p", { ends: ["a", "nowhere"] }, { places }),
    ]);
    expect(error).toMatchObject({
      code: "E_REFERENCE",
      message: "House/nowhere is neither a manifest nor owned",
      address: "Path/p",
      field: "ends.1",
      place: { file: "p.yaml", line: 9 },
    });
    const parentless = errorOf(village(), [house.desired]);
    expect(parentless).toMatchObject({ code: "E_REFERENCE", address: "House/a", field: "site" });
  });

  it("to what depends on itself is not followed for ever", () => {
    const looped = wanted("House/a", { site: "home", plot: "7", near: "home" });
    const site = kinds.get("Site") as Kind;
    const house = kinds.get("House") as Kind;
    const circular = new Map([...kinds, ["Site", { ...site, scope: ["near"], spec: house.spec }] as const]);
    const home = { ...looped, address: "Site/home" as const, kind: "Site", name: "home" };
    expect(errorsOf(planFor(worldOf(), { kinds: circular, desired: [home] }))).toEqual(["E_REFERENCE"]);
  });

  it("to what cannot be looked at is not planned, and the reason is said once", () => {
    const world = village();
    world.faults.set("House", denied("ListHouse"));
    const desired = [
      home().desired,
      house.desired,
      wanted("Path/p", { ends: ["a"] }),
      wanted("Path/q", { ends: ["a"] }),
    ];
    expect(planFor(world, { desired }).errors).toEqual([denied("ListHouse")]);
  });
});

describe("a reference by id", () => {
  it("leads to the id, with its parents for scopes", () => {
    const desired = [wanted("Room/r", { house: { id: "h1", site: { id: "s1" } } })];
    const world = worldOf(
      row("Room", "r1", { name: "r", house: "h1" }, { scope: { "house.site": "s1", house: "h1" } }),
    );
    // Parents come in canonical form from the check of all documents.
    const [room] = desired;
    const reference = { id: "h1", parents: { site: { id: "s1", parents: {} } } };
    const complete = { ...(room as Desired), spec: { ...room?.spec, house: reference } };
    const made = planFor(world, { desired: [complete] });
    expect(changeOf(made, "Room/r")).toMatchObject({ action: "adopt", scope: { "house.site": "s1", house: "h1" } });
    expect(changeOf(made, "Room/r").dependencies).toEqual([]);
  });

  it("of something managed makes the same edge as its name", () => {
    const made = planFor(village(), { desired: [wanted("Path/p", { ends: [{ id: "h1" }] })], entries: both });
    expect(changeOf(made, "Path/p").dependencies).toEqual(["House/a"]);
    expect(changeOf(made, "Path/p").fields).toMatchObject([{ path: "name" }, { path: "ends", after: ["a"] }]);
  });

  it("of another provider's object of the same id makes none", () => {
    const elsewhere = owned("House/other", "h1", { site: "home", plot: "7" }, { provider: "other" });
    const made = planFor(worldOf(), { desired: [wanted("Path/p", { ends: [{ id: "h1" }] })], entries: [elsewhere] });
    expect(changeOf(made, "Path/p").dependencies).toEqual([]);
  });

  it("without a parent that a scope needs is an error with the cure", () => {
    const error = errorOf(worldOf(), [wanted("Room/r", { house: { id: "h1" } })]);
    expect(error?.message).toBe("House needs site, which is not given");
    const [bare] = [wanted("Room/r", { house: { id: "h1" } })];
    const live = { ...(bare as Desired), spec: { name: "r", house: "h1" } };
    expect(errorOf(worldOf(), [live])?.message).toBe(
      "Room needs house.site, and house does not say it; add site to it",
    );
  });
});

describe("a reference by lookup", () => {
  const lookup = (fields: Fields) => ({ lookup: { site: { to: "Site/home" }, ...fields } });
  const pathTo = (fields: Fields) => wanted("Path/p", { ends: [lookup(fields)] });

  it("finds the one live object whose fields are as it says, and knows its spec", () => {
    const world = worldOf(home().row, house.row, houseOf("b", "h2").row);
    const made = planFor(world, { desired: [home().desired, pathTo({ name: "b" })] });
    expect(changeOf(made, "Path/p").after).toMatchObject({ ends: [{ id: "h2", parents: {} }] });
    expect(made.known["House#h2"]).toMatchObject({ id: "h2", spec: { name: "b" }, scope: { site: "s1" } });
  });

  it("makes the same edge as a name where it finds something managed", () => {
    const made = planFor(village(), { desired: [home().desired, house.desired, pathTo({ name: "a" })], entries: both });
    expect(changeOf(made, "Path/p")).toMatchObject({
      dependencies: ["House/a"],
      after: { ends: [{ to: "House/a" }] },
    });
  });

  it("that finds nothing, or more than one, is an error", () => {
    const world = worldOf(home().row, houseOf("b", "h2").row, house.row);
    const desired = (fields: Fields) => [home().desired, pathTo(fields)];
    expect(errorOf(world, desired({ name: "c" }))).toMatchObject({ code: "E_REFERENCE", address: "Path/p" });
    expect(errorOf(world, desired({ plot: "7" }))).toMatchObject({
      code: "E_AMBIGUOUS",
      message: expect.stringMatching(/^2 objects match House .* \(ids h1, h2\); refer to one by \{ id: … \}$/),
    });
    expect(errorOf(worldOf(), desired({ name: "a" }))?.message).toContain("what it would live in does not exist yet");
  });

  it("compares references in it by what they lead to", () => {
    const near = row("House", "h3", { ...house.row.spec, near: "s1" }, { scope: { site: "s1" } });
    const desired = [home().desired, pathTo({ near: { to: "Site/home" } })];
    // What a list does not show cannot speak against a match.
    expect(errorOf(worldOf(home().row, near, house.row), desired)?.code).toBe("E_AMBIGUOUS");
    expect(changeOf(planFor(worldOf(home().row, near), { desired }), "Path/p").action).toBe("create");
    const far = row("House", "h3", { ...house.row.spec, near: "s9" }, { scope: { site: "s1" } });
    expect(errorOf(worldOf(home().row, far), desired)?.code).toBe("E_REFERENCE");
  });

  it("fails as the list that it needs fails, and where its own scope cannot be told", () => {
    const world = village();
    world.faults.set("House", denied("ListHouse"));
    expect(errorOf(world, [home().desired, pathTo({ name: "a" })])).toEqual(denied("ListHouse"));
    const unscoped = wanted("Path/p", { ends: [{ lookup: { name: "a" } }] });
    expect(errorOf(village(), [unscoped])?.message).toBe("House needs site, which is not given");
  });

  it("of a kind that nobody knows is an error", () => {
    const { House: _, ...rest } = Object.fromEntries(kinds);
    const error = errorOf(worldOf(), [wanted("Path/p", { ends: [lookup({ name: "a" })] })], {
      kinds: new Map(Object.entries(rest)),
    });
    expect(error?.message).toContain("House is not a kind");
    const room = wanted("Room/r", { house: "a" });
    expect(errorOf(worldOf(), [room], { kinds: new Map(Object.entries(rest)) })?.code).toBe("E_REFERENCE");
  });

  it("carries a scope path on, as an id and a name do", () => {
    const room = wanted("Room/r", { house: lookup({ name: "a" }) });
    const made = planFor(village(), { desired: [home().desired, room] });
    expect(changeOf(made, "Room/r").scope).toEqual({ "house.site": "s1", house: "h1" });
  });
});
