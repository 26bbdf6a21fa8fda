import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ledgerSpec } from "../../src/core/seal.ts";
import type { Fields } from "../../src/core/values.ts";
import { kindNamed, lineage, owned, planFor, wanted } from "./fixtures/plans.ts";
import { row, worldOf } from "./fixtures/world.ts";

/** Texts that occur nowhere by chance. */
const secretText = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `§${JSON.stringify(text).slice(1, -1)}§`);

/** Every place of a gadget where a secret may stand, each there or not. */
function gadgetWith(text: string): fc.Arbitrary<Fields> {
  const word = fc.constantFrom(text, `${text}!`);
  const sheet = fc.record(
    {
      metadata: fc.constant({ name: "s" }),
      data: fc.record({ password: word, note: fc.constantFrom("a", "b") }, { requiredKeys: [] }),
      env: fc.array(fc.record({ name: fc.constantFrom("DB_TOKEN", "API_SECRET"), value: word }), { maxLength: 2 }),
    },
    { requiredKeys: ["metadata"] },
  );
  return fc.record(
    {
      make: fc.constantFrom("a", "b"),
      phrase: word,
      pin: word,
      account: fc.record({ user: fc.constantFrom("a", "b"), word }),
      users: fc.array(fc.record({ name: fc.constantFrom("a", "b"), word }), { maxLength: 2 }),
      knobs: fc.record(
        { "db.password": word, deep: fc.record({ token: word }), level: fc.nat(2) },
        { requiredKeys: [] },
      ),
      sheet,
      sheets: fc.array(sheet, { maxLength: 1 }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Fields>;
}

const sides = secretText.chain((text) => fc.tuple(gadgetWith(text), gadgetWith(text), gadgetWith(text)));

describe("a secret", () => {
  it("is in nothing that a plan says: no field change, error, refusal, warning or reason", () => {
    fc.assert(
      fc.property(sides, fc.boolean(), ([applied, live, declared], isOwned) => {
        const made = planFor(worldOf(row("Gadget", "g1", { name: "g", ...live })), {
          desired: [wanted("Gadget/g", declared), wanted("Gadget/new", declared)],
          entries: isOwned ? [owned("Gadget/g", "g1", applied)] : [],
        });
        const { errors, refusals, warnings, changes } = made;
        const said = changes.map(({ before: _, after: __, ...rest }) => rest);
        expect(JSON.stringify({ errors, refusals, warnings, said })).not.toContain("§");
        // Apply needs what is wanted: whoever shows a plan masks `before` and `after`.
        expect(changes.find(({ address }) => address === "Gadget/new")?.after).toMatchObject(declared);
      }),
      { numRuns: 50 },
    );
  });

  it("is in nothing that the ledger keeps", () => {
    fc.assert(
      fc.property(
        sides.map(([spec]) => spec),
        (spec) => {
          expect(JSON.stringify(ledgerSpec(kindNamed("Gadget"), spec, lineage))).not.toContain("§");
        },
      ),
      { numRuns: 50 },
    );
  });

  it("that changes is seen, unless the cloud never shows it and the ledger may not hold it", () => {
    const plan = (live: Fields, declared: Fields) =>
      planFor(worldOf(row("Gadget", "g1", { name: "g", ...live })), {
        desired: [wanted("Gadget/g", declared)],
        entries: [owned("Gadget/g", "g1", declared)],
      }).changes[0]?.fields.map(({ path, secret }) => [path, secret]);
    expect(plan({ account: { user: "u", word: "1" } }, { account: { user: "u", word: "2" } })).toEqual([
      ["account.word", true],
    ]);
    expect(plan({ phrase: "1" }, { phrase: "2" })).toEqual([["phrase", true]]);
  });
});

describe("names that objects inherit", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"] as const;
  const own = (name: string, value: string): Fields => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

  it.each(names)("are plain data: %s is compared, planned and kept, and pollutes nothing", (name) => {
    const plan = (live: Fields, declared: Fields, applied = live) =>
      planFor(worldOf(row("Gadget", "g1", { name: "g", labels: live })), {
        desired: [{ ...wanted("Gadget/g"), spec: { name: "g", labels: declared } }],
        entries: [{ ...owned("Gadget/g", "g1"), spec: { name: "g", labels: applied } }],
      }).changes[0];
    expect(plan(own(name, "a"), own(name, "b"))?.fields).toMatchObject([
      { path: `labels.${name}`, before: "a", after: "b", class: "intended" },
    ]);
    expect(plan(own(name, "a"), own(name, "a"))?.action).toBe("no-op");
    // What the cloud adds under such a name is no difference either.
    expect(plan({ ...own(name, "a"), x: "1" }, { x: "1" }, { x: "1" })?.action).toBe("no-op");
    expect(plan({ x: "1" }, { ...own(name, "a"), x: "1" })?.fields).toMatchObject([{ path: `labels.${name}` }]);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(typeof {}.toString).toBe("function");
  });

  it.each(names)("may be names of resources: Site/%s", (name) => {
    const made = planFor(worldOf(), {
      desired: [
        wanted(`Site/${name}`),
        wanted("House/a", { site: name === "__proto__" ? { id: "s" } : name, plot: "1" }),
      ],
    });
    expect(made.errors).toEqual([]);
    expect(made.operations.map(({ key }) => key)).toContain(`create Site/${name}`);
  });
});
