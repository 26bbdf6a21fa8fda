import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "../../src/core/address.ts";
import type { Desired } from "../../src/core/desired.ts";
import { digest, spoken, targetsOf, triggerChanges, triggersOf } from "../../src/core/trigger.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { kinds } from "./fixtures/kinds.ts";
import { kindNamed, wanted } from "./fixtures/plans.ts";
import { values } from "./fixtures/values.ts";

const site = wanted("Site/home", { motto: "hi" });
const house = wanted("House/a", { site: "home", plot: "7" });
const poster = wanted("Poster/p", { house: "a" });
const kind = kindNamed("Poster");

function byAddress(...all: readonly Desired[]): ReadonlyMap<Address, Desired> {
  return new Map(all.map((one) => [one.address, one]));
}

describe("triggersOf()", () => {
  const triggers = (all: ReadonlyMap<Address, Desired>, of: Desired) => triggersOf(kinds, targetsOf(kinds, all, of));

  test("digests the content of every target that is managed, along the whole path, without its references", () => {
    expect(triggers(byAddress(site, house, poster), poster)).toEqual({
      house: digest({ name: "a", plot: "7" }),
      "house.site": digest(site.spec),
    });
    expect(triggers(byAddress(house, poster), poster)).toEqual({ house: digest({ name: "a", plot: "7" }) });
  });

  test("is empty where nothing triggers, or no target is managed", () => {
    expect(triggers(byAddress(site), site)).toEqual({});
    expect(triggers(byAddress(poster), poster)).toEqual({});
    const foreign = wanted("Poster/p", { house: { id: "9", site: { id: "1" } } });
    expect(triggers(byAddress(site, house), foreign)).toEqual({});
    expect(triggers(byAddress(site), { ...site, kind: "Nothing" })).toEqual({});
  });
});

describe("triggersOf() with a sealing", () => {
  const asked: Value[] = [];
  const sealing = (secret: Value): Value => {
    asked.push(secret);
    return `seal of ${JSON.stringify(secret).length}`;
  };
  const triggered = (spec: Fields) => triggersOf(kinds, [["gadget", wanted("Gadget/g", spec)]], sealing);

  test("has all that is secret or looks so go through one seal, and nothing else tell of it", () => {
    asked.length = 0;
    const knobs = (text: string) => ({ pin: text, knobs: { password: text, level: 3 } });
    const first = triggered(knobs("one"));
    expect(asked).toEqual([["one", "one"]]);
    expect(triggered(knobs("two"))).toEqual(first);
    expect(triggered({ ...knobs("one"), make: "b" })).not.toEqual(first);
    expect(triggered(knobs("longer"))).not.toEqual(first);
  });

  test("is the plain digest of content without secrets, which nothing is asked for", () => {
    asked.length = 0;
    const spec = { make: "a", knobs: { level: 3 } };
    expect(triggered(spec)).toEqual(triggersOf(kinds, [["gadget", wanted("Gadget/g", spec)]]));
    expect(asked).toEqual([]);
  });
});

describe("triggerChanges()", () => {
  const plain = {};
  const [old, fresh] = [digest("old"), digest("new")];

  test("shows a changed digest, short, with the cost of its field", () => {
    expect(
      triggerChanges(kind, { now: { house: fresh, "house.site": old }, plain }, { house: old, "house.site": old }),
    ).toEqual([
      {
        field: "house",
        path: "house (content)",
        before: "as applied last",
        after: "as declared now",
        class: "intended",
        disruption: "none",
      },
    ]);
    expect(triggerChanges(kind, { now: { "house.site": fresh }, plain }, { "house.site": old })).toMatchObject([
      { field: "house", path: "house.site (content)", disruption: "none" },
    ]);
  });

  test("takes a restart for the cost where the field names none", () => {
    expect(triggerChanges(kindNamed("House"), { now: { site: fresh }, plain }, { site: old })).toMatchObject([
      { disruption: "restart" },
    ]);
    expect(triggerChanges(kindNamed("Site"), { now: { gone: fresh }, plain }, { gone: old })).toMatchObject([
      { disruption: "restart" },
    ]);
  });

  test("is silent about what was never recorded, and about what is triggered no more", () => {
    expect(triggerChanges(kind, { now: { house: fresh }, plain }, undefined)).toEqual([]);
    expect(triggerChanges(kind, { now: { house: fresh }, plain }, {})).toEqual([]);
    expect(triggerChanges(kind, { now: undefined, plain }, { house: old })).toEqual([]);
  });

  test("knows a digest that was recorded without a seal", () => {
    const now = { house: digest("sealed") };
    expect(triggerChanges(kind, { now, plain: { house: old } }, { house: old })).toEqual([]);
    expect(triggerChanges(kind, { now, plain: { house: fresh } }, { house: old })).toHaveLength(1);
  });
});

test("digest() is SHA-256 in hex, and the same whatever the order of keys", () => {
  expect(digest("a")).toBe("ac8d8342bbb2362d13f0a559a3621bb407011368895164b628a54f7fc33fc43c");
  fc.assert(fc.property(values, values, (a, b) => digest({ a, b }) === digest({ b, a })));
});

test("spoken() reads an address aloud", () => {
  expect(spoken("House/a/b")).toBe("House a/b");
});
