import { expect, test } from "vitest";
import type { ReferenceField } from "../../src/core/compare-reference.ts";
import { fieldOf } from "../../src/core/fields.ts";
import { referenceAcceptance } from "../../src/core/reference-acceptance.ts";
import { survey } from "../../src/core/survey.ts";
import type { Value } from "../../src/core/values.ts";
import { kinds } from "./fixtures/kinds.ts";
import { kindNamed, ledgerOf, owned, wanted } from "./fixtures/plans.ts";
import { look, row, worldOf } from "./fixtures/world.ts";

// Sites a and b are declared, d is owned and declared no more, c is still to be made.
const desired = [wanted("Site/a"), wanted("Site/b"), wanted("Site/c")];
const ledger = ledgerOf([owned("Site/a", "1"), owned("Site/b", "2"), owned("Site/d", "4")]);
const world = worldOf(
  row("Site", "1", { name: "a" }),
  row("Site", "2", { name: "b" }),
  row("Site", "4", { name: "d" }),
);
const seen = survey({ kinds, desired, ledger, snapshot: look(world, { desired, ledger }) });
const near = fieldOf(kindNamed("House"), "near") as ReferenceField;

function accept(live: Value | undefined, wish?: Value, list = false): Value | undefined {
  const declared = new Set(desired.map(({ address }) => address));
  return referenceAcceptance({
    survey: seen,
    field: { ...near, list },
    provider: "test",
    wanted: wish,
    live,
    declared,
  });
}

test("referenceAcceptance() names what a manifest declares, and gives the id of anything else", () => {
  expect(accept("2")).toEqual({ to: "Site/b" });
  expect(accept("4")).toEqual({ id: "4", parents: {} });
  expect(accept("9")).toEqual({ id: "9", parents: {} });
  expect(accept(undefined, { to: "Site/a" })).toBeUndefined();
});

test("referenceAcceptance() keeps the references of a list that lead to what the cloud has, as they are written", () => {
  const written = [{ id: "1", parents: {} }, { to: "Site/c" }, { to: "Site/b" }];
  expect(accept(["4", "2", "1"], written, true)).toEqual([written[0], written[2], { id: "4", parents: {} }]);
  expect(accept(undefined, written, true)).toEqual([]);
});
