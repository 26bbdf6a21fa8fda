import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/change.ts";
import type { Desired } from "../../src/core/desired.ts";
import { plan } from "../../src/core/plan.ts";
import type { PlanOptions } from "../../src/core/plan-input.ts";
import type { Listing } from "../../src/core/snapshot.ts";
import { emptyModel, enact, type Model } from "./fixtures/enact.ts";
import { inputOf, planFor } from "./fixtures/plans.ts";
import { wishes } from "./fixtures/wishes.ts";
import { type Row, worldOf } from "./fixtures/world.ts";

function planOn({ world, entries }: Model, desired: readonly Desired[], options: Partial<PlanOptions> = {}): Plan {
  return planFor(world, { desired, entries: [...entries.values()], options });
}

/** Plans and carries out; false where the plan has errors, which leaves everything as it was. */
function reach(model: Model, desired: readonly Desired[], options: Partial<PlanOptions> = {}): boolean {
  const made = planOn(model, desired, options);
  if (made.errors.length > 0) return false;
  enact(model, made);
  return true;
}

function isQuiet(model: Model, desired: readonly Desired[]): void {
  const { operations, errors, changes } = planOn(model, desired);
  expect([operations, errors, changes.filter(({ action }) => action !== "no-op")]).toEqual([[], [], []]);
}

/** What may stand in the way of getting from one wish to another. */
const lawful = new Set(["E_CANNOT_REPLACE", "E_CYCLE", "E_CANNOT_DELETE"]);

describe("a plan that is carried out", () => {
  it("leaves nothing to do, step by step from any wish to any other, and nothing at all after destroy", () => {
    let reached = 0;
    let tried = 0;
    fc.assert(
      fc.property(fc.array(wishes, { minLength: 1, maxLength: 4 }), (series) => {
        const model = emptyModel();
        for (const desired of series) {
          tried += 1;
          const { errors } = planOn(model, desired);
          expect(errors.filter(({ code }) => !lawful.has(code))).toEqual([]);
          if (!reach(model, desired)) continue;
          reached += 1;
          isQuiet(model, desired);
          expect(model.world.rows).toHaveLength(desired.length);
        }
        expect(reach(model, [], { destroy: true })).toBe(true);
        expect([model.world.rows, [...model.entries]]).toEqual([[], []]);
      }),
      { numRuns: 100 },
    );
    expect(reached / tried).toBeGreaterThan(0.5);
  });

  it("makes good whatever has been changed or taken away in the cloud", () => {
    fc.assert(
      fc.property(wishes, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 3 }), (desired, mishaps) => {
        const model = emptyModel();
        reach(model, desired);
        for (const [place, isGone] of mishaps) befall(model.world.rows, place, isGone);
        fc.pre(reach(model, desired));
        isQuiet(model, desired);
      }),
    );
  });

  it("adopts everything and calls nothing where the ledger is lost", () => {
    fc.assert(
      fc.property(wishes, (desired) => {
        const model = emptyModel();
        reach(model, desired);
        model.entries.clear();
        const made = planOn(model, desired);
        expect(made.changes.filter(({ action }) => action !== "adopt")).toEqual([]);
        expect(made.calls).toEqual({});
        enact(model, made);
        isQuiet(model, desired);
      }),
    );
  });
});

/** Something happens to an object behind cairn's back: it goes with all that lives in it, or a field of it changes. */
function befall(rows: Row[], place: number, isGone: boolean): void {
  const victim = rows[place % Math.max(1, rows.length)];
  if (victim === undefined) return;
  if (!isGone) {
    victim.spec = { ...victim.spec, ...("plot" in victim.spec ? { colour: "clicked" } : { pitch: 9 }) };
    return;
  }
  const gone = new Set([victim.id]);
  for (const id of gone) {
    for (const one of rows.filter(({ scope }) => Object.values(scope).includes(id))) gone.add(one.id);
  }
  rows.splice(0, rows.length, ...rows.filter(({ id }) => !gone.has(id)));
}

describe("plan()", () => {
  it("says the same whatever the order of manifests, entries and rows", () => {
    fc.assert(
      fc.property(wishes, wishes, fc.integer(), (first, second, seed) => {
        const model = emptyModel();
        reach(model, first);
        const input = inputOf(model.world, { desired: second, entries: [...model.entries.values()] });
        const listings = [...input.snapshot.listings].map(([key, { objects, ...rest }]): [string, Listing] => [
          key,
          { ...rest, objects: shuffled(objects, seed) },
        ]);
        const entries = Object.fromEntries(shuffled(Object.entries(input.ledger.entries), seed));
        const other = plan({
          ...input,
          desired: shuffled(second, seed),
          ledger: { ...input.ledger, entries },
          snapshot: { ...input.snapshot, listings: new Map(shuffled(listings, seed)) },
        });
        expect(JSON.stringify(other)).toBe(JSON.stringify(plan(input)));
      }),
    );
  });

  it("is a plain value: it survives JSON", () => {
    fc.assert(
      fc.property(wishes, (desired) => {
        const made = planFor(worldOf(), { desired });
        expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      }),
    );
  });

  it("holds every declared resource, or an error for it", () => {
    fc.assert(
      fc.property(wishes, wishes, (first, second) => {
        const model = emptyModel();
        reach(model, first);
        const { changes, errors } = planOn(model, second);
        const told = new Set([...changes, ...errors].map(({ address }) => address));
        expect(second.filter(({ address }) => !told.has(address))).toEqual([]);
      }),
    );
  });
});

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const rank = (index: number): number => Math.sin(seed + index * 7919);
  return list
    .map((item, index) => ({ item, index }))
    .sort((one, other) => rank(one.index) - rank(other.index))
    .map(({ item }) => item);
}
