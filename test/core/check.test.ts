import { describe, expect, test } from "vitest";
import { checkDesired } from "../../src/core/check.ts";
import { check, document, kinds, restart } from "./fixtures/town.ts";

describe("checkDesired()", () => {
  test("finds nothing wrong with what is right, and completes references inside references", () => {
    restart();
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
    restart();
    const twins = [document("Town/t", { name: "a" }), document("Town/t", { name: "b" })];
    expect(check(twins, [document("Town/t", { name: "c" })])).toEqual([
      "E_DUPLICATE a.yaml:20 Town/t -: Town/t is declared twice, first at a.yaml:10; rename or remove one of them",
      "E_DUPLICATE a.yaml:30 Town/t -: Town/t is declared twice, first at a.yaml:10; rename or remove one of them",
    ]);
  });

  test("sets name nothing twice", () => {
    restart();
    const other = { id: "1", street: { id: "2", town: { id: "3" } } };
    expect(
      check([
        document("House/h", { street: { id: "2", town: { id: "3" } } }),
        document("Herd/h", { homes: ["h", other, "h", "h"], tags: ["b", "a", "b"], marks: [{ at: "x" }, { at: "x" }] }),
        document("Herd/i", { homes: [other] }),
      ]),
    ).toEqual([
      "E_FIELD a.yaml:21 Herd/h homes: names House/h twice; take one of them out",
      'E_FIELD a.yaml:22 Herd/h tags: names "b" twice; take one of them out',
    ]);
  });

  test("duplicate identities count within provider, kind and scope", () => {
    restart();
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

  test("unique keys of one scope are taken there alone, and say nothing where the scope cannot be told", () => {
    restart();
    const street = { id: "1", town: { id: "3" } };
    expect(
      check([
        document("Shop/a", { name: "a", street, sign: "bull" }),
        document("Shop/b", { name: "b", street, sign: "bull" }),
        document("Shop/c", { name: "c", street: { ...street, id: "2" }, sign: "bull" }),
        document("Shop/d", { name: "d", sign: "bull" }),
        document("Shop/e", { name: "e", sign: "bull" }),
      ]).filter((fault) => fault.startsWith("E_DUPLICATE")),
    ).toEqual(["E_DUPLICATE a.yaml:20 Shop/b -: sign bull is already taken by Shop/a (a.yaml:10); use another"]);
  });

  test("unique keys are shared by every kind of their domain", () => {
    restart();
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
});
