import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Address, address } from "../../src/core/address.ts";
import { checkDesired } from "../../src/core/check.ts";
import { type Desired, plainLifecycle } from "../../src/core/desired.ts";
import type { Diagnostic } from "../../src/core/errors.ts";
import { defineKind, type Kind, type KindDefinition } from "../../src/core/kind.ts";
import { placeText } from "../../src/core/place-of.ts";
import { reference } from "../../src/core/reference.ts";
import { secret } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";

function kindOf(kind: string, spec: z.ZodObject, rest: Partial<KindDefinition<z.ZodObject, unknown>> = {}): Kind {
  return defineKind({
    kind,
    apiVersion: "test/v1",
    description: kind,
    spec,
    scope: [],
    identity: ({ name }) => String(name),
    actions: { list: "List", create: "Create" },
    list: async () => [],
    create: async () => ({ id: "1" }),
    ...rest,
  });
}

const name = z.string().default("same");

const kinds = new Map(
  [
    kindOf("Town", z.strictObject({ name, size: z.int().optional() }), { naming: "name" }),
    kindOf("Street", z.strictObject({ name, town: reference("Town").optional(), zone: z.string().optional() }), {
      scope: ["town"],
      naming: "name",
    }),
    kindOf(
      "House",
      z.strictObject({ name, street: reference("Street"), beside: reference("House").nullable().optional() }),
      {
        scope: ["street.town"],
        after: [{ kind: "Town", when: (mine, theirs) => mine["name"] === `near-${theirs["name"]}` }],
        constraints: ({ name: own }, target) =>
          target("street")?.["zone"] === "green" && own !== "hut"
            ? [{ field: "name", message: "must be hut in a green zone; rename it" }]
            : [],
      },
    ),
    kindOf("Mast", z.strictObject({ name, house: reference("House"), port: z.int().optional() }), {
      scope: ["house.street.town"],
      unique: [
        { domain: "port", key: ({ port }) => (port === undefined ? undefined : String(port)) },
        { domain: "roof", key: ({ house }) => JSON.stringify(house) },
      ],
    }),
    kindOf("Antenna", z.strictObject({ name, port: z.int().optional() }), {
      unique: [{ domain: "port", key: ({ port }) => (port === undefined ? undefined : String(port)) }],
    }),
    kindOf("Plot", z.strictObject({ name, zone: z.string(), ghost: reference("Ghost").optional() }), {
      scope: ["zone", "zone.deeper"],
    }),
    kindOf("Fence", z.strictObject({ name, plot: reference("Plot") }), { scope: ["plot.zone"] }),
    kindOf(
      "Crowd",
      z.strictObject({ name, homes: z.array(reference("House")).optional(), pin: secret(z.string()).optional() }),
      { identity: ({ homes }) => JSON.stringify(homes) },
    ),
  ].map((kind): [string, Kind] => [kind.kind, kind]),
);

let line = 0;

/** A document at a line of its own; its spec passes through the schema of its kind, as the loader's does. */
function document(at: Address, spec: Fields, rest: Partial<Desired> = {}): Desired {
  line += 10;
  const [kind = "", own = ""] = at.split(/\/(.*)/s);
  const parsed = kinds.get(kind)?.spec.parse(spec) ?? spec;
  const places = Object.fromEntries(
    Object.keys(spec).map((field, index) => [field, { file: "a.yaml", line: line + index + 1 }]),
  );
  return {
    address: address(kind, own),
    kind,
    name: own,
    provider: "main",
    spec: parsed as Fields,
    labels: {},
    lifecycle: plainLifecycle,
    dependsOn: [],
    source: { file: "a.yaml", line },
    places,
    sources: {},
    ...rest,
  };
}

function lines(faults: readonly Diagnostic[]): string[] {
  return faults.map(({ code, place, address: at, field = "-", message }) => {
    return `${code} ${place === undefined ? "" : placeText(place)} ${at} ${field}: ${message}`;
  });
}

function check(documents: readonly Desired[], incomplete: readonly Desired[] = []): string[] {
  return lines(checkDesired([...documents, ...incomplete], kinds, new Set(incomplete)).faults);
}

describe("checkDesired()", () => {
  test("finds nothing wrong with what is right, and completes references inside references", () => {
    line = 0;
    const documents = [
      document("Town/t", {}),
      document("Street/s", { town: "t" }),
      document("House/h", {
        street: { id: 7, town: "t" },
        beside: { lookup: { name: "x", street: { id: "8", town: { id: 9 } } } },
      }),
      document("House/lone", { name: "lone", street: "s", beside: null }),
      document("Crowd/c", { homes: ["h", { id: "5", street: "s" }, { lookup: { name: "y", street: "s" } }] }),
      document("Fence/f", { plot: { id: "1", zone: "z" } }),
    ];
    const { desired, faults } = checkDesired(documents, kinds);
    expect(faults).toEqual([]);
    expect(desired.map((one) => one.spec)).toEqual([
      { name: "same" },
      { name: "same", town: { to: "Town/t" } },
      {
        name: "same",
        street: { id: "7", parents: { town: { to: "Town/t" } } },
        beside: {
          lookup: { name: "x", street: { id: "8", parents: { town: { id: "9", parents: {} } } } },
        },
      },
      { name: "lone", street: { to: "Street/s" }, beside: null },
      {
        name: "same",
        homes: [
          { to: "House/h" },
          { id: "5", parents: { street: { to: "Street/s" } } },
          { lookup: { name: "y", street: { to: "Street/s" } } },
        ],
      },
      { name: "same", plot: { id: "1", parents: { zone: "z" } } },
    ]);
  });

  test("duplicate addresses name the first", () => {
    line = 0;
    const twins = [document("Town/t", { name: "a" }), document("Town/t", { name: "b" })];
    expect(check(twins, [document("Town/t", { name: "c" })])).toEqual([
      "E_DUPLICATE a.yaml:20 Town/t -: Town/t is declared twice, first at a.yaml:10; rename or remove one of them",
      "E_DUPLICATE a.yaml:30 Town/t -: Town/t is declared twice, first at a.yaml:10; rename or remove one of them",
    ]);
  });

  test("duplicate identities count within provider, kind and scope", () => {
    line = 0;
    expect(
      check([
        document("Town/a", { name: "one" }),
        document("Town/b", { name: "one" }),
        document("Town/c", { name: "one" }, { provider: "other" }),
        document("Street/a", { town: "a" }),
        document("Street/b", { town: { id: "1" } }),
        document("Street/c", { town: { id: "1" } }),
        document("Crowd/a", { homes: [{ id: "1", street: { id: "1" } }] }),
        document("Crowd/b", { homes: [{ id: "2", street: { id: "1" } }] }),
        document("Crowd/c", { homes: [{ id: "2", street: { id: "1" } }] }),
      ]),
    ).toEqual([
      'E_DUPLICATE a.yaml:21 Town/b name: Town "one" is already declared by Town/a (a.yaml:10); remove one of them, or tell them apart',
      'E_DUPLICATE a.yaml:60 Street/c name: Street "same" is already declared by Street/b (a.yaml:50); remove one of them, or tell them apart',
      expect.stringMatching(/^E_DUPLICATE a.yaml:90 Crowd\/c -: Crowd .* is already declared by Crowd\/b/),
    ]);
  });

  test("unique keys are shared by every kind of their domain", () => {
    line = 0;
    const house = { id: "1", street: { id: "2", town: { id: "3" } } };
    expect(
      check([
        document("Mast/a", { name: "a", house, port: 80 }),
        document("Antenna/b", { port: 80 }),
        document("Antenna/c", { name: "c" }),
        document("Mast/d", { name: "d", house, port: 80 }, { provider: "other" }),
        document("Mast/e", { name: "e", house }),
      ]),
    ).toEqual([
      "E_DUPLICATE a.yaml:20 Antenna/b -: port 80 is already taken by Mast/a (a.yaml:10); use another",
      expect.stringMatching(
        /^E_DUPLICATE a.yaml:50 Mast\/e -: roof .* is already taken by Mast\/a \(a.yaml:10\); use another$/,
      ),
    ]);
  });

  test("dangling references and edges are faults with a suggestion; what is faulty itself does not dangle", () => {
    line = 0;
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
    line = 0;
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
    line = 0;
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

  test("lookups hold fields of their kind only, each by its schema", () => {
    line = 0;
    expect(
      check([
        document("Street/a", { town: { lookup: { size: "big", nmae: "x" } } }),
        document("Plot/p", { zone: "z", ghost: { lookup: { x: 1 } } }),
      ]),
    ).toEqual([
      "E_REFERENCE a.yaml:11 Street/a town.size: the size of the Town must be a number; correct it",
      'E_REFERENCE a.yaml:11 Street/a town.nmae: "nmae" does not help to find the Town; did you mean "name"?',
      "E_REFERENCE a.yaml:22 Plot/p ghost: refers to a Ghost, which no provider here knows; remove the reference",
    ]);
  });

  test("cycles run over references, nested ones too, edges of users and edges by value", () => {
    line = 0;
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
      "E_CYCLE a.yaml:70 Town/g -: these depend on each other: Town/g (a.yaml:70) → Town/g (a.yaml:70); remove one of the references",
    ]);
  });

  test("constraints see the specs that a document refers to", () => {
    line = 0;
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
