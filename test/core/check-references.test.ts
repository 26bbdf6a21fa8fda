import { describe, expect, test } from "vitest";
import { checkDesired } from "../../src/core/check.ts";
import { check, document, kinds, restart } from "./fixtures/town.ts";

describe("checkDesired() on references", () => {
  test("dangling references and edges are faults with a suggestion; what is faulty itself does not dangle", () => {
    restart();
    const documents = [
      document("Town/north", {}),
      document("Street/a", { name: "a", town: "nroth" }),
      document("Street/b", { name: "b", town: "elsewhere" }),
      document(
        "Street/c",
        { name: "c", town: "south" },
        { dependsOn: ["Town/south", "Town/nort", "Town/x", "Twon/north"] },
      ),
      document("Street/d", { name: "d", town: { id: "1" } }, { provider: "other", dependsOn: ["Town/north"] }),
      document("Street/e", { name: "e", town: "north" }, { provider: "other" }),
    ];
    const south = document("Town/south", {}, { dependsOn: ["Town/y"] });
    const faulty = document("Street/f", { name: "f", town: "z" });
    const unknown = { ...document("Town/g", {}), kind: "Ghost" };
    expect(check(documents, [south, faulty, unknown])).toEqual([
      "E_REFERENCE a.yaml:70 Town/south metadata.dependsOn.0: no manifest declares Town/y; remove it, or add that manifest",
      'E_REFERENCE a.yaml:82 Street/f town: no Town manifest is named "z"; add one, or refer to an existing object by { id: … }',
      'E_REFERENCE a.yaml:22 Street/a town: no Town manifest is named "nroth"; did you mean "north"?',
      'E_REFERENCE a.yaml:32 Street/b town: no Town manifest is named "elsewhere"; add one, or refer to an existing object by { id: … }',
      'E_REFERENCE a.yaml:62 Street/e town: Town/north lives in provider "main", this manifest in "other"; give both the same provider, or refer to the object by { id: … }',
      'E_REFERENCE a.yaml:40 Street/c metadata.dependsOn.1: no manifest declares Town/nort; did you mean "Town/north"?',
      "E_REFERENCE a.yaml:40 Street/c metadata.dependsOn.2: no manifest declares Town/x; remove it, or add that manifest",
      'E_REFERENCE a.yaml:40 Street/c metadata.dependsOn.3: no manifest declares Twon/north; did you mean "Town/north"?',
    ]);
  });

  test("parents of an id must be references or scope fields of its kind, in their own form", () => {
    restart();
    expect(
      check([
        document("House/h", { street: { id: "1", town: { id: "2" }, twon: "x", name: "y" } }),
        document("Mast/m", { house: { id: "1", street: { id: "2", town: [] } } }),
        document("Street/s", { town: { id: "1", size: 5 } }),
        document("Fence/f", { plot: { id: "1", zone: 5 } }),
        document("Fence/g", { name: "g", plot: { id: "1", zone: "z", ghost: { id: "1", town: "t" } } }),
        document("Plot/p", { zone: "z", ghost: { id: "1" } }),
      ]),
    ).toEqual([
      'E_REFERENCE a.yaml:11 House/h street.twon: "twon" does not help to find the Street; did you mean "town"?',
      'E_REFERENCE a.yaml:11 House/h street.name: "name" does not help to find the Street; known here: town',
      "E_REFERENCE a.yaml:21 Mast/m house.street.town: the town of the Street must be the name of a Town manifest, { id: … } or { lookup: { … } }; correct it",
      'E_REFERENCE a.yaml:31 Street/s town.size: "size" does not help to find the Town; remove it',
      "E_REFERENCE a.yaml:41 Fence/f plot.zone: the zone of the Plot must be text; correct it",
      "E_REFERENCE a.yaml:52 Fence/g plot.ghost: refers to a Ghost, which no provider here knows; remove the reference",
    ]);
  });

  test("the parents that a scope runs through must be given", () => {
    restart();
    expect(
      check([
        document("Street/s", { name: "s" }),
        document("House/a", { name: "a", street: { id: "7" } }),
        document("House/b", { name: "b", street: "s" }),
        document("House/c", { name: "c", street: { lookup: { name: "x" } } }),
        document("Mast/d", { name: "d", house: { id: "1", street: { id: "2" } } }),
        document("Mast/e", { name: "e", house: { id: "1", street: "gone" } }),
        document("Plot/p", { zone: "z" }),
      ]),
    ).toEqual([
      "E_REFERENCE a.yaml:42 House/c street: the town of the Street is not given, and Street objects are found by it; add town",
      'E_REFERENCE a.yaml:62 Mast/e house.street: no Street manifest is named "gone"; add one, or refer to an existing object by { id: … }',
      "E_REFERENCE a.yaml:10 Street/s town: the town of the Street is not given, and Street objects are found by it; add town",
      'E_REFERENCE a.yaml:22 House/a street: the town of Street "7" is not given, and House objects are found by it; write { id: "7", town: … }',
      "E_REFERENCE a.yaml:32 House/b street: Street/s has no town, and House objects are found by it; add town there",
      "E_REFERENCE a.yaml:42 House/c street: the town of the Street is not given, and House objects are found by it; add town",
      'E_REFERENCE a.yaml:52 Mast/d house: the town of Street "2" is not given, and Mast objects are found by it; write { id: "2", town: … }',
    ]);
  });

  test("whoever writes an address where a name is wanted is told the name", () => {
    restart();
    expect(
      check([document("Town/north", { name: "n" }), document("Street/a", { name: "a", town: "Town/north" })]),
    ).toEqual(['E_REFERENCE a.yaml:22 Street/a town: no Town manifest is named "Town/north"; did you mean "north"?']);
  });

  test("lookups hold fields of their kind only, each by its schema", () => {
    restart();
    expect(
      check([
        document("Street/a", { town: { lookup: { size: "big", nmae: "x" } } }),
        document("Plot/p", { zone: "z", ghost: { lookup: { x: 1 } } }),
        document("Street/b", { name: "b", town: { lookup: {} } }),
      ]),
    ).toEqual([
      "E_REFERENCE a.yaml:11 Street/a town.size: the size of the Town must be a number; correct it",
      'E_REFERENCE a.yaml:11 Street/a town.nmae: "nmae" does not help to find the Town; did you mean "name"?',
      "E_REFERENCE a.yaml:22 Plot/p ghost: refers to a Ghost, which no provider here knows; remove the reference",
      expect.stringMatching(
        /^E_REFERENCE a.yaml:32 Street\/b town: the lookup says nothing of the Town; add at least one of name, /,
      ),
    ]);
  });

  test("cycles run over references, nested ones too, edges of users and edges by value", () => {
    restart();
    const town = { id: "2" };
    expect(
      check([
        document("Town/a", { name: "a" }, { dependsOn: ["House/b"] }),
        document("House/b", {
          name: "near-a",
          street: { id: "1", town },
          beside: { id: "9", street: { id: "1", town } },
        }),
        document("House/c", { name: "c", street: { id: "1", town: "d" } }),
        document("Town/d", { name: "d" }, { dependsOn: ["House/c", "House/gone"] }),
        document("House/e", { name: "near-f", street: { id: "1", town } }),
        document("Town/f", { name: "f" }, { provider: "other", dependsOn: ["House/e"] }),
        document("Town/g", { name: "g" }, { dependsOn: ["Town/g"] }),
      ]),
    ).toEqual([
      "E_REFERENCE a.yaml:40 Town/d metadata.dependsOn.1: no manifest declares House/gone; remove it, or add that manifest",
      "E_CYCLE a.yaml:10 Town/a -: these depend on each other: Town/a (a.yaml:10) → House/b (a.yaml:20) → Town/a (a.yaml:10); remove one of the references",
      "E_CYCLE a.yaml:30 House/c -: these depend on each other: House/c (a.yaml:30) → Town/d (a.yaml:40) → House/c (a.yaml:30); remove one of the references",
      "E_CYCLE a.yaml:70 Town/g -: it depends on itself; remove the reference",
    ]);
  });

  test("constraints see the specs that a document refers to", () => {
    restart();
    expect(
      check([
        document("Street/s", { name: "s", town: { id: "1" }, zone: "green" }),
        document("House/a", { name: "villa", street: "s" }),
        document("House/b", { name: "hut", street: "s" }),
        document("House/c", { name: "villa", street: { id: "2", town: { id: "2" } } }),
      ]),
    ).toEqual(["E_FIELD a.yaml:21 House/a name: must be hut in a green zone; rename it"]);
  });

  test("documents of unknown kinds are left out", () => {
    const ghost = { ...document("Town/g", {}), kind: "Ghost" };
    expect(checkDesired([ghost], kinds)).toEqual({ desired: [], faults: [] });
  });
});
