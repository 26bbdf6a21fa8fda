import { describe, expect, it, test } from "vitest";
import type { Fields } from "../../src/core/values.ts";
import { changeOf, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

type Colour = string | undefined;

const houseOf = (colour: Colour): Fields => ({ site: "s1", name: "a", plot: "1", ...(colour ? { colour } : {}) });
const site = row("Site", "s1", { name: "home" });
const home = owned("Site/home", "s1");
const specOf = (input: Fields): Fields => wanted("House/a", { site: "home", ...input }).spec;
const baseOf = (specs: readonly (readonly [`${string}/${string}`, Fields])[]) => ({
  base: { ref: "main", commit: "c0ffee", specs: new Map(specs) },
});

/** The plan of one house; each side has its colour, and the ledger what was applied last. */
function planned(base: Colour, head: Colour, live: Colour, applied: Colour = live) {
  return planFor(worldOf(site, row("House", "h1", houseOf(live), { scope: { site: "s1" } })), {
    desired: [wanted("Site/home"), wanted("House/a", { site: "home", plot: "1", ...(head ? { colour: head } : {}) })],
    entries: [
      home,
      owned(
        "House/a",
        "h1",
        { site: "home", plot: "1", ...(applied ? { colour: applied } : {}) },
        { dependencies: ["Site/home"] },
      ),
    ],
    ...baseOf([["House/a", specOf({ plot: "1", ...(base ? { colour: base } : {}) })]]),
  });
}

describe("plan() against another revision of the manifests", () => {
  // Every way in which base, head and live can be equal or not, each also with one side that does not set the field.
  test.each([
    ["red", "red", "red", "none"],
    ["red", "red", "blue", "drift"],
    ["red", "blue", "red", "intended"],
    ["red", "blue", "blue", "none"],
    ["red", "blue", "green", "conflict"],
    [undefined, undefined, undefined, "none"],
    [undefined, undefined, "blue", "drift"],
    [undefined, "red", undefined, "intended"],
    [undefined, "red", "red", "none"],
    [undefined, "red", "blue", "intended"],
    ["red", undefined, undefined, "none"],
    ["red", undefined, "red", "intended"],
    ["red", undefined, "blue", "conflict"],
    ["red", "red", undefined, "drift"],
    ["red", "blue", undefined, "conflict"],
  ])("base %s, head %s, live %s: %s", (base, head, live, expected) => {
    const { fields, action } = changeOf(planned(base, head, live), "House/a");
    expect(fields.map((field) => field.class)).toEqual(expected === "none" ? [] : [expected]);
    expect(action).toBe(expected === "none" ? "no-op" : "update");
  });

  it("asks the revision and not the ledger, which a later apply has moved on", () => {
    expect(changeOf(planned("red", "blue", "red", "green"), "House/a").fields[0]?.class).toBe("intended");
  });

  it("names the revision", () => {
    expect(planned("red", "red", "red").base).toEqual({ ref: "main", commit: "c0ffee" });
  });

  test.each<[string, Fields | undefined, Record<string, string>]>([
    ["is new in git", undefined, { site: "intended", name: "intended", plot: "intended" }],
    ["is gone from the cloud", { plot: "1" }, { site: "drift", name: "drift", plot: "drift" }],
    ["is gone from the cloud, and changed in git", { plot: "2" }, { site: "drift", name: "drift", plot: "conflict" }],
  ])("of an object to be made that %s, each field has its class", (_, base, expected) => {
    const made = planFor(worldOf(site), {
      desired: [wanted("Site/home"), wanted("House/a", { site: "home", plot: "1" })],
      entries: [home],
      ...baseOf(base === undefined ? [] : [["House/a", specOf(base)]]),
    });
    const { fields } = changeOf(made, "House/a");
    expect(Object.fromEntries(fields.map((field) => [field.field, field.class]))).toEqual(expected);
  });

  it("takes what an owned object had before it vanished for the base where no revision is named", () => {
    const made = planFor(worldOf(site), {
      desired: [wanted("Site/home"), wanted("House/a", { site: "home", plot: "2" })],
      entries: [home, owned("House/a", "h1", { site: "home", plot: "1" }, { scope: { site: "s1" } })],
    });
    const { fields } = changeOf(made, "House/a");
    expect(fields.map((one) => `${one.field} ${one.class}`)).toEqual(["site drift", "name drift", "plot conflict"]);
  });

  it("finds a renamed manifest's past under its old name", () => {
    const made = planFor(worldOf(site, row("House", "h1", houseOf("blue"), { scope: { site: "s1" } })), {
      desired: [wanted("Site/home"), wanted("House/new", { name: "a", site: "home", plot: "1", colour: "red" })],
      entries: [
        home,
        owned("House/old", "h1", { name: "a", site: "home", plot: "1", colour: "red" }, { scope: { site: "s1" } }),
      ],
      ...baseOf([["House/old", specOf({ plot: "1", colour: "red" })]]),
    });
    const change = changeOf(made, "House/new");
    expect([change.previousAddress, change.fields.map((field) => field.class)]).toEqual(["House/old", ["drift"]]);
  });

  it("calls a write-only field's difference intended: the cloud cannot be seen to have moved it", () => {
    const made = planFor(worldOf(row("Gadget", "g1", { name: "g" })), {
      desired: [wanted("Gadget/g", { memo: "two" })],
      entries: [owned("Gadget/g", "g1", { memo: "one" })],
      ...baseOf([["Gadget/g", wanted("Gadget/g", { memo: "two" }).spec]]),
    });
    expect(changeOf(made, "Gadget/g").fields.map((field) => field.class)).toEqual(["intended"]);
  });

  test.each([
    ["home", "away", "s1", "intended"],
    ["home", "home", "s2", "drift"],
    ["home", "away", undefined, "conflict"],
    [undefined, undefined, "s2", "drift"],
    [undefined, "away", "s1", "intended"],
  ])("of a reference with base %s, head %s, live %s: %s", (base, head, live, expected) => {
    const near = (name: string | undefined): Fields => (name === undefined ? {} : { near: name });
    const made = planFor(
      worldOf(
        site,
        row("Site", "s2", { name: "away" }),
        row("House", "h1", { ...houseOf(undefined), ...near(live) }, { scope: { site: "s1" } }),
      ),
      {
        desired: [
          wanted("Site/home"),
          wanted("Site/away"),
          wanted("House/a", { site: "home", plot: "1", ...near(head) }),
        ],
        entries: [home, owned("Site/away", "s2"), owned("House/a", "h1", { site: "home", plot: "1", near: "home" })],
        ...baseOf([["House/a", specOf({ plot: "1", ...near(base) })]]),
      },
    );
    expect(changeOf(made, "House/a").fields.map((field) => field.class)).toEqual([expected]);
  });
});
