import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import type { Fields } from "../../src/core/values.ts";
import { changeOf, owned, planFor, stepsOf, testCloud, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** The change of a gadget from what was applied and what the cloud shows to what is wanted. */
function gadget(applied: Fields, live: Fields, declared: Fields, lifecycle: Partial<Desired["lifecycle"]> = {}) {
  const made = planFor(worldOf(row("Gadget", "g1", { name: "g", ...live })), {
    desired: [wanted("Gadget/g", declared, { lifecycle })],
    entries: [owned("Gadget/g", "g1", applied)],
  });
  return { made, change: made.changes[0] };
}

describe("plan() of a field that is taken away", () => {
  it("returns it to 'not set' where the API can", () => {
    const { change } = gadget({ mode: "m" }, { mode: "m" }, {});
    expect(change).toMatchObject({ action: "update", fields: [{ path: "mode", before: "m", class: "intended" }] });
    expect(change?.fields[0]).not.toHaveProperty("after");
  });

  it("has nothing to do where the cloud shows none, or where it was never applied", () => {
    expect(gadget({ mode: "m" }, {}, {}).change?.action).toBe("no-op");
    expect(gadget({}, { mode: "clicked" }, {}).change?.action).toBe("no-op");
  });

  it("is refused with the cure where the API cannot", () => {
    const { made } = gadget({ motto: "m" }, { motto: "m" }, {});
    expect(made.errors).toMatchObject([
      {
        code: "E_CANNOT_UNSET",
        message: 'motto was taken away, but the API has no way to return it to "not set"',
        field: "motto",
        help: "write a blank motto; or list motto under metadata.lifecycle.ignoreChanges to leave the cloud's value alone",
      },
    ]);
    const site = (guests: readonly string[]) => owned("Site/s", "s1", { guests });
    const emptied = planFor(worldOf(row("Site", "s1", { name: "s", guests: ["a"] })), {
      desired: [wanted("Site/s", { guests: [] })],
      entries: [site(["a"])],
    });
    expect(emptied.errors).toMatchObject([{ code: "E_CANNOT_UNSET" }]);
    expect(gadget({ motto: "m" }, { motto: "m" }, { motto: "n" }).change?.action).toBe("update");
  });

  it("needs no call of the API where a new object is made anyway", () => {
    const { made, change } = gadget({ motto: "m", make: "a" }, { motto: "m", make: "a" }, { make: "b" });
    expect([made.errors, change?.action]).toEqual([[], "replace"]);
  });

  it("replaces the object where only a new one starts without it", () => {
    const { change } = gadget({ crest: "c" }, { crest: "c" }, {});
    expect(change).toMatchObject({ action: "replace", replace: { because: ["crest"] } });
    expect(gadget({ crest: "c" }, { crest: "c" }, { crest: "d" }).change?.action).toBe("update");
  });
});

describe("plan() by what a field's schema says", () => {
  it("leaves fields under ignoreChanges to the cloud", () => {
    expect(gadget({ mode: "a" }, { mode: "b" }, { mode: "c" }, { ignoreChanges: ["mode"] }).change?.fields).toEqual([]);
  });

  it("takes a number inside a declared range for no drift", () => {
    const size = { min: 2, max: 4 };
    expect(gadget({ size }, { size: 3 }, { size }).change?.action).toBe("no-op");
    expect(gadget({ size }, { size: 5 }, { size }).change).toMatchObject({
      action: "update",
      fields: [{ path: "size", before: 5, after: size, class: "drift" }],
    });
  });

  it("compares what the cloud never shows with what was applied last", () => {
    expect(gadget({ memo: "a" }, {}, { memo: "a" }).change?.action).toBe("no-op");
    expect(gadget({ memo: "a" }, {}, { memo: "b" }).change).toMatchObject({
      action: "update",
      before: { memo: "a" },
      fields: [{ path: "memo", before: "a", after: "b", class: "intended" }],
    });
  });

  it("sees a new secret without showing either, and hands the wanted one to apply", () => {
    expect(gadget({ pin: "1111" }, {}, { pin: "1111" }).change?.action).toBe("no-op");
    const { change } = gadget({ pin: "1111", phrase: "open" }, { phrase: "open" }, { pin: "2222", phrase: "shut" });
    expect(change?.fields).toEqual([
      { field: "phrase", path: "phrase", secret: true, class: "intended", disruption: "none" },
      { field: "pin", path: "pin", secret: true, class: "intended", disruption: "none" },
    ]);
    expect(change?.after).toMatchObject({ pin: "2222", phrase: "shut" });
  });

  it("never shows a secret of an object to be made", () => {
    const made = planFor(worldOf(), { desired: [wanted("Gadget/g", { phrase: "open" })] });
    expect(made.changes[0]?.fields[1]).toEqual({
      ...{ field: "phrase", path: "phrase", secret: true, class: "intended", disruption: "none" },
    });
  });

  it("compares only declared leaves of a subset, and no order where none has a meaning", () => {
    const applied = { labels: { a: "1" }, tags: ["x", "y"], ports: [{ name: "p", port: 1 }] };
    const live = { labels: { a: "1", added: "2" }, tags: ["y", "x"], ports: [{ name: "p", port: 1 }] };
    expect(gadget(applied, live, applied).change?.action).toBe("no-op");
    expect(gadget(applied, live, { ...applied, ports: [{ name: "p", port: 2 }] }).change?.fields).toMatchObject([
      { path: "ports[p].port", before: 1, after: 2 },
    ]);
  });

  it("shows Kubernetes objects whole, elements of a list by their identity", () => {
    const sheet = (name: string, text: string) => ({ metadata: { name }, data: { text } });
    const applied = { sheet: sheet("s", "a"), sheets: [sheet("x", "a"), sheet("y", "a")] };
    const { change } = gadget(applied, applied, { ...applied, sheets: [sheet("y", "b"), sheet("x", "a")] });
    expect(change?.fields).toMatchObject([
      { path: "sheets[y]", before: sheet("y", "a"), after: sheet("y", "b"), yaml: true, class: "intended" },
    ]);
    const made = planFor(worldOf(), { desired: [wanted("Gadget/g", applied)] });
    expect(made.changes[0]?.fields).toContainEqual({
      ...{ field: "sheet", path: "sheet", after: applied.sheet, yaml: true, class: "intended", disruption: "none" },
    });
  });
});

describe("plan() of what triggers an update", () => {
  const house = houseOf("a", "h1");
  const poster = wanted("Poster/p", { house: "a" });
  const first = planFor(worldOf(home().row, house.row), { desired: [home().desired, house.desired, poster] });
  const triggers = changeOf(first, "Poster/p").triggers ?? {};
  const printed = owned("Poster/p", "p1", { house: "a" }, { dependencies: ["House/a"], triggers });
  const world = () => worldOf(home().row, house.row, row("Poster", "p1", { name: "p", house: "h1" }));
  const entries = [home().entry, house.entry, printed];

  it("holds one digest for each path", () => {
    expect(Object.keys(triggers)).toEqual(["house", "house.site"]);
    const same = planFor(world(), { desired: [home().desired, house.desired, poster], entries });
    expect(changeOf(same, "Poster/p").action).toBe("no-op");
  });

  it("updates once where the content of a target has changed", () => {
    const painted = houseOf("a", "h1", { colour: "red" });
    const made = planFor(world(), { desired: [home().desired, painted.desired, poster], entries });
    expect(changeOf(made, "Poster/p")).toMatchObject({
      action: "update",
      fields: [{ field: "house", path: "house (content)", class: "intended", disruption: "none" }],
    });
    expect(stepsOf(made)).toEqual(["update House/a", "update Poster/p"]);
    const again = { ...printed, triggers: changeOf(made, "Poster/p").triggers ?? {} };
    const after = planFor(worldOf(home().row, painted.row, row("Poster", "p1", { name: "p", house: "h1" })), {
      desired: [home().desired, painted.desired, poster],
      entries: [home().entry, painted.entry, again],
    });
    expect(changeOf(after, "Poster/p").action).toBe("no-op");
  });

  it("updates nothing for content that was never recorded, but records it", () => {
    const { triggers: _, ...lost } = printed;
    const made = planFor(world(), {
      desired: [home().desired, house.desired, poster],
      entries: [...entries.slice(0, 2), lost],
    });
    expect(changeOf(made, "Poster/p").action).toBe("no-op");
    expect(stepsOf(made)).toEqual(["record Poster/p"]);
  });
});

describe("the cloud of a change", () => {
  it("is the one that its provider leads to, else the one that the ledger holds, else only a name", () => {
    const cloudOf = (given: Parameters<typeof planFor>[1]) =>
      changeOf(planFor(worldOf(home().row), { ...given, clouds: new Map() }), "Site/home").cloud;
    expect(cloudOf({ entries: [home().entry] })).toEqual(testCloud);
    expect(cloudOf({ desired: [home().desired] })).toEqual({ provider: "test", endpoint: "" });
  });
});
