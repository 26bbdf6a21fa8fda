import { describe, expect, test } from "vitest";
import type { FieldChange } from "../../src/core/change.ts";
import { compareReference, isReferenceField, referenceLabels } from "../../src/core/compare-reference.ts";
import { type Field, fieldOf } from "../../src/core/fields.ts";
import { survey } from "../../src/core/survey.ts";
import type { Value } from "../../src/core/values.ts";
import { gadgetField } from "./fixtures/fields.ts";
import { kinds } from "./fixtures/kinds.ts";
import { kindNamed, ledgerOf, owned, wanted } from "./fixtures/plans.ts";
import { look, row, worldOf } from "./fixtures/world.ts";

// Sites a and b exist, c is still to be made.
const desired = [wanted("Site/a"), wanted("Site/b"), wanted("Site/c"), wanted("House/h", { site: "a", plot: "1" })];
const ledger = ledgerOf([owned("Site/a", "1"), owned("Site/b", "2"), owned("House/h", "7", { site: "a", plot: "1" })]);
const world = worldOf(
  row("Site", "1", { name: "a" }),
  row("Site", "2", { name: "b" }),
  row("House", "7", { name: "h", plot: "1", site: "1" }, { scope: { site: "1" } }),
);
const seen = survey({ kinds, desired, ledger, snapshot: look(world, { desired, ledger }) });

const [a, b, c, h] = [{ to: "Site/a" }, { to: "Site/b" }, { to: "Site/c" }, { to: "House/h" }] as const;
const foreign = { id: "9", parents: {} };

function fieldNamed(kind: string, name: string): Field & { readonly reference: string } {
  const field = fieldOf(kindNamed(kind), name);
  if (field === undefined || !isReferenceField(field)) throw new Error(`${kind} has no reference ${name}`);
  return field;
}

type Sides = {
  readonly base?: Value;
  readonly live?: Value;
  readonly wanted?: Value;
  readonly owned?: boolean;
  readonly made?: boolean;
};

function compare(kind: string, name: string, sides: Sides): readonly FieldChange[] {
  const { base, live, wanted: want, owned: isOwned = base !== undefined, made = false } = sides;
  const field = fieldNamed(kind, name);
  return compareReference({ survey: seen, field, provider: "test", wanted: want, live, base, owned: isOwned, made });
}

test("isReferenceField() tells references from the rest", () => {
  expect(isReferenceField(fieldNamed("House", "site"))).toBe(true);
  expect(isReferenceField(gadgetField("make"))).toBe(false);
});

describe("compareReference()", () => {
  test.each<[string, string, Sides, Partial<FieldChange> | undefined]>([
    ["leads where it should", "near", { base: a, live: "1", wanted: a }, undefined],
    ["is wanted elsewhere", "near", { base: a, live: "1", wanted: b }, { before: "a", after: "b", class: "intended" }],
    ["was moved by the cloud", "near", { base: a, live: "2", wanted: a }, { before: "b", after: "a", class: "drift" }],
    ["was moved by both", "near", { base: a, live: "9", wanted: b }, { before: "9", after: "b", class: "conflict" }],
    ["is adopted elsewhere", "near", { live: "1", wanted: b }, { before: "a", after: "b", class: "intended" }],
    ["is not set in the cloud", "near", { wanted: a }, { after: "a", class: "intended" }],
    [
      "leads to what is still to be made",
      "near",
      { base: a, live: "1", wanted: c },
      { after: "c", unknown: true, class: "intended" },
    ],
    ["led to what has gone", "near", { base: c, live: "1", wanted: b }, { before: "a", after: "b", class: "conflict" }],
    [
      "was wanted all along and is to be made",
      "near",
      { base: c, live: "1", wanted: c },
      { unknown: true, class: "intended" },
    ],
    ["leads to an object by its id", "near", { base: a, live: "1", wanted: foreign }, { before: "a", after: "9" }],
    ["is taken away", "near", { base: a, live: "1" }, { before: "a", class: "intended" }],
    ["was never set", "near", { live: "1" }, undefined],
    ["is taken away and gone", "near", { base: a }, undefined],
    ["is empty, as it was", "near", { base: "", live: "1", wanted: "" }, undefined],
    ["is write-only, as applied", "origin", { base: a, wanted: a }, undefined],
    ["is write-only, of an adopted object", "origin", { wanted: a }, undefined],
    ["is write-only and new", "origin", { wanted: a, owned: true }, { after: "a", class: "intended" }],
    ["is write-only, fixed and new", "founder", { wanted: a, owned: true }, undefined],
    [
      "is write-only, fixed and left out of a creation",
      "founder",
      { wanted: a, owned: true, made: true },
      { after: "a", forcesReplace: true },
    ],
    ["is write-only and taken away", "origin", { base: a }, { before: "a", class: "intended" }],
    ["is write-only, its target to be made", "origin", { base: c, wanted: c }, { unknown: true, class: "intended" }],
    ["only a read shows, as applied", "patron", { base: a, wanted: a }, undefined],
    ["only a read shows, changed", "patron", { base: a, wanted: b }, { before: "a", after: "b", class: "intended" }],
    ["only a read shows, and does", "patron", { base: a, live: "2", wanted: a }, { before: "b", class: "drift" }],
    ["was looked up before", "near", { base: a, live: "2", wanted: { lookup: { name: "a" } } }, { class: "drift" }],
    ["is write-only, changed", "origin", { base: a, wanted: b }, { before: "a", after: "b", class: "intended" }],
    ["cannot change", "site", { base: a, live: "1", wanted: b }, { forcesReplace: true, disruption: "replace" }],
  ])("of a reference that %s", (_, name, sides, expected) => {
    const changes = compare("House", name, sides);
    if (expected === undefined) expect(changes).toEqual([]);
    else expect(changes).toMatchObject([{ field: name, path: name, ...expected }]);
  });

  test("compares lists by what they lead to, order apart", () => {
    const other = { id: "8", parents: { site: foreign } };
    expect(compare("Path", "ends", { base: [h, other], live: ["8", "7"], wanted: [h, other] })).toEqual([]);
    expect(compare("Path", "ends", { base: [h], live: ["7"], wanted: [h, other] })).toEqual([
      { field: "ends", path: "ends", before: ["h"], after: ["h", "8"], class: "intended", disruption: "none" },
    ]);
    expect(compare("Path", "ends", { base: [{ to: "House/new" }], live: ["7"], wanted: [h, other] })).toMatchObject([
      { class: "conflict" },
    ]);
    expect(compare("Path", "ends", { live: ["7"], wanted: [{ to: "House/new" }] })).toMatchObject([{ unknown: true }]);
  });
});

test("referenceLabels() speak a manifest's words, and show what leads nowhere as it is", () => {
  expect(referenceLabels(seen, "Site", "test", a)).toBe("a");
  expect(referenceLabels(seen, "Site", "test", c)).toBe("c");
  expect(referenceLabels(seen, "Site", "test", [a, foreign])).toEqual(["a", "9"]);
  const lost = { lookup: { name: "nobody" } };
  expect(referenceLabels(seen, "Site", "test", lost)).toEqual(lost);
  expect(referenceLabels(seen, "Site", "test", undefined)).toBeUndefined();
});
