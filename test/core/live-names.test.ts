import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namePattern } from "../../src/core/address.ts";
import { keyOf, liveNames, parentsFirst } from "../../src/core/live-names.ts";
import type { LiveObject } from "../../src/core/live-object.ts";
import { idSegment, nameSegment } from "../../src/core/name-segment.ts";
import { harbourKinds, place, port, thing } from "./fixtures/harbour.ts";

function named(objects: readonly LiveObject[], aliases: readonly string[] = []): readonly (string | undefined)[] {
  const names = liveNames({ kinds: harbourKinds, objects, aliases: new Set(aliases) });
  return objects.map((object) => names.get(keyOf(object)));
}

describe("nameSegment()", () => {
  it.each([
    ["web-1.x_y", "web-1.x_y"],
    ["订单 orders!", "orders"],
    ["Café", "Cafe"],
    ["../../etc/passwd", "etc-passwd"],
    ["a\nb", "a-b"],
    ["-web", "web"],
    ["x".repeat(80), "x".repeat(60)],
  ])("makes %j a segment", (text, segment) => {
    expect(nameSegment(text)).toBe(segment);
  });

  it("has nothing to say of a text without letters and digits of ASCII", () => {
    expect(["店铺", "..", "", "---"].map(nameSegment)).toEqual([undefined, undefined, undefined, undefined]);
    expect(idSegment("NodeLabel", "店")).toBe("node-label");
    expect(idSegment("NodeLabel", "7")).toBe("node-label-7");
  });
});

describe("liveNames()", () => {
  it("names objects below what they live in, children that come first too", () => {
    const lamp = thing("Lamp", "5", { berth: "2", colour: "red" }, { "berth.harbour": "1" });
    const fee = thing("Fee", "9", { account: "acc", berth: "2", price: 3 }, { account: "acc" });
    const names = named([lamp, fee, place("2", "1", "a"), port("1", "kiel")]);
    expect(names).toEqual(["kiel/a/red", "acc/a", "kiel/a", "kiel"]);
    expect(parentsFirst(harbourKinds).map(({ kind }) => kind)).toEqual([
      ...["Harbour", "Berth", "Lamp", "Fee", "Receipt", "Buoy"],
    ]);
  });

  it("goes by kind and id where a name has nothing to go by, and where what it refers to was not seen", () => {
    const lamp = thing("Lamp", "5", { berth: "2", colour: "红" }, { "berth.harbour": "1" });
    expect(named([port("7", "港"), place("2", "7", "甲"), lamp])).toEqual([
      "harbour-7",
      "harbour-7/berth-2",
      "harbour-7/berth-2",
    ]);
    expect(named([place("3", "8", "b"), thing("Fee", "f", { account: "", berth: "x", price: 1 })])).toEqual([
      "harbour-8/b",
      "berth-x",
    ]);
    expect(named([thing("Lamp", "", {}), thing("Buoy", "4", {})])).toEqual(["berth", "buoy-4"]);
  });

  it("puts before the names of twins what else tells them apart, and behind it their ids, the oldest going without", () => {
    const twins = [place("2", "1", "a", { side: "south" }), place("3", "1", "a"), port("1", "kiel")];
    expect(named(twins)).toEqual(["kiel/south/a", "kiel/north/a", "kiel"]);
    const numbered = [port("10", "kiel"), port("9", "kiel"), port("11", "kiel-10")];
    expect(named(numbered)).toEqual(["kiel-10-3", "kiel", "kiel-10"]);
    expect(named([port("甲", "kiel"), port("乙", "kiel")]).toSorted()).toEqual(["kiel", "kiel-twin"]);
  });

  it("cuts names that are too long, and still tells them apart", () => {
    const long = "x".repeat(60);
    const twins = ["2", "3"].map((id) => place(id, "1", long, { side: "s".repeat(60) }));
    const [one = "", other = ""] = named([...twins, port("1", long)]);
    expect([one.length, other.length]).toEqual([128, 128]);
    expect(other).toBe(`${one.slice(0, 126)}-3`);
  });

  it("nests what lives behind an alias below the alias", () => {
    const [web, away] = [port("1", "kiel"), thing("Harbour", "1", { title: "kiel" }, {}, "brand-a")];
    const berth = thing("Berth", "2", { harbour: "1", name: "a", side: "n" }, { harbour: "1" }, "brand-a");
    expect(named([web, away, berth], ["brand-a"])).toEqual(["kiel", "brand-a/kiel", "brand-a/kiel/a"]);
  });

  it("property: names are valid, unique, and the same whatever the order of the objects", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("a", "a-2", "b/c", "..", "港"));
    const objects = fc
      .uniqueArray(fc.record({ id: text, title: text, parent: text, side: text }), {
        selector: ({ id }) => id,
        maxLength: 12,
      })
      .map((rows) =>
        rows.map((row, index) =>
          index % 2 === 0 ? port(row.id, row.title) : place(row.id, rows[0]?.id ?? row.parent, row.title, row),
        ),
      );
    const twice = objects.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(twice, ([all, shuffled]) => {
        const names = liveNames({ kinds: harbourKinds, objects: all, aliases: new Set() });
        const again = liveNames({ kinds: harbourKinds, objects: shuffled, aliases: new Set() });
        expect(new Map([...again].sort())).toEqual(new Map([...names].sort()));
        expect(names.size).toBe(all.length);
        const perKind = all.map((one) => `${one.kind}/${names.get(keyOf(one))}`);
        expect(new Set(perKind).size).toBe(all.length);
        for (const name of names.values()) {
          expect(name).toMatch(namePattern);
          for (const segment of name.split("/")) expect(["", ".", ".."]).not.toContain(segment);
        }
      }),
      { numRuns: 40 },
    );
  });
});
