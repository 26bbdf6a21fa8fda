import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compareField, costOf, isUnset, shownValues, veil } from "../../src/core/compare.ts";
import { type Field, fieldOf } from "../../src/core/fields.ts";
import { seal } from "../../src/core/seal.ts";
import { secret, unordered } from "../../src/core/traits.ts";
import type { Value } from "../../src/core/values.ts";
import { gadgetField } from "./fixtures/fields.ts";
import { testKind } from "./fixtures/kinds.ts";
import { kindNamed } from "./fixtures/plans.ts";

type Sides = {
  readonly base?: Value;
  readonly live?: Value;
  readonly wanted?: Value;
  readonly owned?: boolean;
  readonly made?: boolean;
};

function compare(field: Field | string, { base, live, wanted, owned = base !== undefined, made = false }: Sides) {
  return compareField({
    field: typeof field === "string" ? gadgetField(field) : field,
    ...{ base, live, wanted, owned, made },
    salt: "salt",
  });
}

const plain = { class: "intended", disruption: "none" };

describe("compareField()", () => {
  test("shows a difference with both sides, its class and its cost", () => {
    expect(compare("make", { base: "a", live: "a", wanted: "b" })).toEqual([
      {
        field: "make",
        path: "make",
        before: "a",
        after: "b",
        class: "intended",
        forcesReplace: true,
        disruption: "replace",
      },
    ]);
    expect(compare("mode", { base: "a", live: "x", wanted: "a" })).toMatchObject([
      { class: "drift", disruption: "restart" },
    ]);
    expect(compare("make", { live: "a", wanted: "a" })).toEqual([]);
  });

  test.each<[string, string, Sides, boolean]>([
    ["that nobody declared, shown by the cloud", "motto", { live: "cloud" }, false],
    ["taken away", "motto", { base: "a", live: "a" }, true],
    ["taken away that the cloud has given up, too", "motto", { base: "a" }, false],
    ["declared to be empty, as it was", "motto", { base: "", live: "cloud", wanted: "" }, false],
    ["emptied", "tags", { base: ["a"], live: ["a"], wanted: [] }, true],
    ["write-only, as applied", "memo", { base: "a", wanted: "a" }, false],
    ["write-only, changed", "memo", { base: "a", wanted: "b" }, true],
    ["write-only, of an adopted object", "memo", { wanted: "b" }, false],
    ["write-only, declared for the first time", "memo", { wanted: "b", owned: true }, true],
    ["write-only, never declared", "memo", { owned: true }, false],
    ["write-only, fixed, of an adopted object", "mould", { wanted: "b" }, false],
    ["write-only, fixed, declared after an adoption", "mould", { wanted: "b", owned: true }, false],
    ["write-only, fixed, left out of a creation", "mould", { wanted: "b", owned: true, made: true }, true],
    ["write-only, fixed, never declared", "mould", { owned: true, made: true }, false],
    ["only described, and not shown", "detail", { base: "a", wanted: "b" }, true],
    ["only described, and not shown, as applied", "detail", { base: "a", wanted: "a" }, false],
    ["only described, and shown", "detail", { base: "a", live: "x", wanted: "a" }, true],
    ["with a number inside its range", "size", { base: 1, live: 3, wanted: { min: 1, max: 3 } }, false],
    ["with a number below its range", "size", { base: 1, live: 0, wanted: { min: 1, max: 3 } }, true],
    ["with a number above its range", "size", { base: 1, live: 4, wanted: { min: 1, max: 3 } }, true],
    ["with a number that is not the one wanted", "size", { live: 4, wanted: 3 }, true],
    ["with no number where a range is wanted", "size", { live: "4", wanted: { min: 1, max: 5 } }, true],
    ["with a range that has no end", "size", { live: 4, wanted: { min: 1 } }, true],
    ["with a range that has no start", "size", { live: 4, wanted: { max: 9 } }, true],
    ["with leaves that the cloud added", "labels", { live: { a: "1", b: "2" }, wanted: { a: "1" } }, false],
    [
      "with a leaf that git took away",
      "labels",
      { base: { a: "1", b: "2" }, live: { a: "1", b: "2" }, wanted: { a: "1" } },
      true,
    ],
    ["with leaves, not in the cloud", "labels", { wanted: { a: "1" } }, true],
    ["in another order that means nothing", "tags", { live: ["b", "a"], wanted: ["a", "b"] }, false],
    ["in another order that means something", "blob", { live: ["b", "a"], wanted: ["a", "b"] }, true],
    ["secret, sealed, as applied", "pin", { base: seal("1", "salt"), wanted: "1" }, false],
    ["secret, sealed, changed", "pin", { base: seal("1", "salt"), wanted: "2" }, true],
    ["secret, sealed on both sides", "pin", { base: seal("1", "salt"), wanted: seal("1", "salt") }, false],
    ["secret, shown by the cloud", "phrase", { live: "1", wanted: "1" }, false],
    ["secret, shown by the cloud otherwise", "phrase", { live: "1", wanted: "2" }, true],
  ])("of a field %s", (_, name, sides, differs) => {
    expect(compare(name, sides).length > 0).toBe(differs);
  });

  test("takes the default of a fixed, write-only field for what a creation left out", () => {
    const field = fieldOf(kindNamed("Jar"), "lid") ?? gadgetField("mould");
    expect(compare(field, { wanted: true, owned: true, made: true })).toEqual([]);
    expect(compare(field, { wanted: false, owned: true, made: true })).toMatchObject([
      { field: "lid", after: false, class: "intended", forcesReplace: true },
    ]);
  });

  test("names the leaves of records and lists", () => {
    const ports = { live: [{ name: "http", port: 1 }], wanted: [{ name: "http", port: 2 }] };
    expect(compare("ports", ports)).toEqual([
      { field: "ports", path: "ports[http].port", before: 1, after: 2, ...plain },
    ]);
    expect(compare("labels", { live: { a: "1" }, wanted: { a: "2" } })).toMatchObject([{ path: "labels.a" }]);
  });

  test("says that a secret differs, and shows neither side", () => {
    expect(compare("phrase", { live: "1", wanted: "2" })).toEqual([
      { field: "phrase", path: "phrase", secret: true, ...plain },
    ]);
    const account = { live: { user: "a", word: "1" }, wanted: { user: "b", word: "2" } };
    expect(compare("account", account)).toEqual([
      { field: "account", path: "account.user", before: "a", after: "b", ...plain },
      { field: "account", path: "account.word", secret: true, ...plain },
    ]);
  });

  test("shows Kubernetes objects whole, those of a list one by one, and masks what looks secret", () => {
    const sheet = (port: string): Value => ({ kind: "ConfigMap", metadata: { name: "a" }, data: { port, token: "x" } });
    const shown = (port: string): Value => ({ ...Object(sheet(port)), data: { port, token: "(secret)" } });
    const common = { yaml: true, ...plain };
    expect(compare("sheet", { live: sheet("1"), wanted: sheet("2") })).toEqual([
      { field: "sheet", path: "sheet", before: shown("1"), after: shown("2"), ...common },
    ]);
    const other = { metadata: { name: "b" } };
    expect(compare("sheets", { live: [other, sheet("1")], wanted: [sheet("2"), other] })).toEqual([
      { field: "sheets", path: "sheets[a]", before: shown("1"), after: shown("2"), ...common },
    ]);
    expect(compare("sheets", { live: [sheet("1")], wanted: [other] })).toEqual([
      { field: "sheets", path: "sheets[a]", before: shown("1"), ...common },
      { field: "sheets", path: "sheets[b]", after: other, ...common },
    ]);
  });

  test("lets no secret into a change, not even as the key of a set's element", () => {
    const users = (word: string): Value => [{ name: "x", word }];
    const sheets = (word: string): Value => [
      { metadata: { name: "a" }, password: word, spec: { url: `?token=${word}` } },
    ];
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        const changes = [
          compare("users", { live: users(one), wanted: users(other) }),
          compare("users", { base: users(one), live: users(one), wanted: [] }),
          compare("account", { live: { user: "u", word: one }, wanted: { user: "u", word: other } }),
          compare("sheets", { live: sheets(one), wanted: sheets(other) }),
          compare("phrase", { live: one, wanted: other }),
          compare("pin", { base: seal(one, "salt"), wanted: other }),
        ];
        expect(changes.every(({ length }) => length > 0)).toBe(true);
        expect(JSON.stringify(changes)).not.toContain(one);
        expect(JSON.stringify(changes)).not.toContain(other);
      }),
      { numRuns: 10 },
    );
    expect(compare("users", { live: users("1"), wanted: users("2") })[0]).toMatchObject({
      path: 'users[{"name":"x","word":"(secret)"}]',
      secret: true,
    });
  });

  test("hides the elements of a list that has a secret form", () => {
    const schema = unordered(z.union([z.array(z.string()), secret(z.string())]));
    const field = fieldOf(testKind({ kind: "Chest", spec: z.strictObject({ coins: schema }) }), "coins");
    const changes = field === undefined ? [] : compare(field, { live: ["gold"], wanted: ["silver"] });
    expect(changes).toHaveLength(2);
    expect(JSON.stringify(changes)).not.toMatch(/gold|silver/);
  });
});

test.each<[Value | undefined, boolean]>([
  [undefined, true],
  [null, true],
  ["", true],
  [[], true],
  [{}, false],
  [0, false],
  [false, false],
  [[""], false],
])("isUnset(%j) is %s", (value, expected) => {
  expect(isUnset(value)).toBe(expected);
});

test("costOf() forces a replacement for what cannot change, and for what cannot be taken back", () => {
  expect(costOf(gadgetField("make"), "a")).toEqual({ forcesReplace: true, disruption: "replace" });
  expect(costOf(gadgetField("crest"), "a")).toEqual({ disruption: "none" });
  expect(costOf(gadgetField("crest"), undefined)).toEqual({ forcesReplace: true, disruption: "replace" });
  expect(costOf(gadgetField("disk"), "a")).toEqual({ disruption: "data-loss" });
});

test("veil() and shownValues() leave out what is absent", () => {
  expect(veil(gadgetField("phrase"), "x")).toBe("(secret)");
  expect(veil(gadgetField("phrase"), undefined)).toBeUndefined();
  expect(shownValues(undefined, 1)).toStrictEqual({ after: 1 });
  expect(shownValues(null, undefined)).toStrictEqual({ before: null });
});
