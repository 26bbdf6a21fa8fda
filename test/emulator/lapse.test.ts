import fc from "fast-check";
import { expect, test } from "vitest";
import { lapse } from "../../src/emulator/lapse.ts";
import { steps } from "../../src/emulator/steps.ts";
import { createStore } from "../../src/emulator/store.ts";

type Row = {
  readonly Id: string;
  readonly Size?: number;
  readonly coming?: readonly {
    readonly at: number;
    readonly becomes?: { readonly Size?: number } | undefined;
    readonly gone?: boolean;
  }[];
};

const COUNT = { type: "Integer" } as const;
const TABLES = {
  Thing: {
    id: "Id",
    fields: { Id: { type: "String", required: true }, Size: COUNT, coming: steps({ Size: COUNT }) },
    lapse: (row: Row, time: number) => lapse(row, time),
  },
} as const;

const someSteps = fc.array(
  fc.record({
    at: fc.nat(9),
    becomes: fc.option(fc.record({ Size: fc.nat(5) }), { nil: undefined }),
    gone: fc.boolean(),
  }),
  { maxLength: 5 },
);

test("lapse() leads to the same row in one stride or in two", () => {
  fc.assert(
    fc.property(someSteps, fc.nat(9), fc.nat(9), (coming, first, more) => {
      const halfway = lapse<Row>({ Id: "a", coming }, first);
      expect(halfway && lapse(halfway, first + more)).toEqual(lapse<Row>({ Id: "a", coming }, first + more));
    }),
  );
});

test("lapse() takes due steps by their time, and keeps those to come", () => {
  const coming = [
    { at: 5, becomes: { Size: 5 } },
    { at: 3, becomes: { Size: 3 } },
    { at: 9, gone: true },
  ];
  expect(lapse<Row>({ Id: "a", coming }, 2)).toEqual({ Id: "a", coming });
  expect(lapse<Row>({ Id: "a", coming }, 5)).toEqual({ Id: "a", Size: 5, coming: [{ at: 9, gone: true }] });
  expect(lapse<Row>({ Id: "a", coming }, 9)).toBeUndefined();
  expect(lapse<Row>({ Id: "a", coming: coming.slice(0, 2) }, 9)).toEqual({ Id: "a", Size: 5 });
});

test("a store shows what has become of its rows, now and at every earlier time", () => {
  let time = 0;
  const store = createStore(TABLES, () => time);
  store.put("Thing", {
    Id: "a",
    coming: [
      { at: 2, becomes: { Size: 7 } },
      { at: 4, gone: true },
    ],
  });
  const sizes = () => store.rows("Thing").map(({ Size }) => Size);
  expect(sizes()).toEqual([undefined]);
  time = 3;
  expect(sizes()).toEqual([7]);
  expect(store.find("Thing", "a")).toMatchObject({ Size: 7 });
  time = 5;
  expect([sizes(), store.find("Thing", "a")]).toEqual([[], undefined]);
  expect([1, 3, 5].map((then) => store.asOf(then).rows("Thing").length)).toEqual([1, 1, 0]);
});
