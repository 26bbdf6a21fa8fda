import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Acceptance, acceptance } from "../../src/core/acceptance.ts";
import { compareField } from "../../src/core/compare.ts";
import { seal } from "../../src/core/seal.ts";
import type { Value } from "../../src/core/values.ts";
import { gadgetField } from "./fixtures/fields.ts";
import { values } from "./fixtures/values.ts";

type Sides = { readonly base?: Value; readonly live?: Value; readonly wanted?: Value; readonly conflicts?: boolean };

function accept(name: string, { base, live, wanted, conflicts = false }: Sides): Acceptance {
  return acceptance({ field: gadgetField(name), wanted, live, base, conflicts });
}

const none = { intended: false, conflicts: [], secrets: [] };

describe("acceptance()", () => {
  test.each<[string, string, Sides, Value | undefined]>([
    ["takes what the cloud moved", "mode", { base: "a", wanted: "a", live: "b" }, "b"],
    ["takes away what the cloud has no more", "mode", { base: "a", wanted: "a" }, undefined],
    ["takes an empty text for nothing", "mode", { base: "a", wanted: "a", live: "" }, undefined],
    [
      "takes a number outside a range for it",
      "size",
      { base: { min: 1, max: 2 }, wanted: { min: 1, max: 2 }, live: 9 },
      9,
    ],
    ["keeps what both have", "mode", { base: "a", wanted: "b", live: "b" }, "b"],
    ["keeps nothing where nobody has it", "mode", { base: "a" }, undefined],
    [
      "leaves out what the cloud adds to an object",
      "labels",
      { base: { a: "1" }, wanted: { a: "1" }, live: { a: "2", more: "x" } },
      { a: "2" },
    ],
    [
      "takes elements one by one, new ones last",
      "ports",
      {
        base: [port("a", 1), port("b", 2), port("c", 3)],
        wanted: [port("a", 1), port("b", 2), port("c", 3)],
        live: [port("d", 4), port("c", 3), port("b", 5)],
      },
      [port("b", 5), port("c", 3), port("d", 4)],
    ],
    ["takes sets", "tags", { base: ["a", "b"], wanted: ["a", "b"], live: ["c", "b"] }, ["b", "c"]],
    ["takes a list without identities whole", "blob", { base: [1, 2], wanted: [1, 2], live: [2] }, [2]],
    ["takes another shape", "blob", { base: [1], wanted: [1], live: { constructor: 1 } }, { constructor: 1 }],
    [
      "takes leaves deep inside Kubernetes objects",
      "sheet",
      { base: pod("a", "1"), wanted: pod("a", "1"), live: { ...pod("a", "2"), status: "x" } },
      pod("a", "2"),
    ],
  ])("%s", (_, name, sides, value) => {
    expect(accept(name, sides)).toEqual({ ...none, value });
  });

  test("leaves what git moved, in the same object too, and says so", () => {
    const git = { base: { a: "1", b: "1", c: "1" }, wanted: { a: "2", b: "1" }, live: { a: "1", b: "2", c: "1" } };
    expect(accept("labels", git)).toEqual({ ...none, intended: true, value: { a: "2", b: "2" } });
    expect(accept("mode", { wanted: "a", live: "b" })).toEqual({ ...none, intended: true, value: "a" });
    const ports = { base: [port("a", 1)], wanted: [port("b", 1), port("a", 1)], live: [port("a", 2)] };
    expect(accept("ports", ports)).toEqual({ ...none, intended: true, value: [port("b", 1), port("a", 2)] });
    expect(accept("mode", { base: "a", wanted: "", live: "a" })).toEqual({ ...none, intended: true, value: "" });
  });

  test("takes the cloud's side of a conflict on request alone, and names its place", () => {
    const labels = { base: { a: "1" }, wanted: { a: "2" }, live: { a: "3" } };
    expect(accept("labels", labels)).toEqual({ ...none, value: { a: "2" }, conflicts: ["labels.a"] });
    expect(accept("labels", { ...labels, conflicts: true })).toEqual({ ...none, value: { a: "3" } });
    const ports = { base: [port("a", 1)], wanted: [port("a", 2)], live: [port("a", 3)] };
    expect(accept("ports", ports).conflicts).toEqual(["ports[a].port"]);
    const gone = { base: { a: "1", b: "1" }, wanted: { b: "1" }, live: { a: "2", b: "1" }, conflicts: true };
    expect(accept("labels", gone).value).toEqual({ a: "2", b: "1" });
  });

  test("writes no secret down, and names where one has moved", () => {
    const account = (user: string, word: string): Value => ({ user, word });
    const sides = { base: { user: "a" }, wanted: account("a", "w1"), live: account("b", "w2") };
    expect(accept("account", sides)).toEqual({ ...none, value: account("b", "w1"), secrets: ["account.word"] });
    expect(accept("pin", { base: seal("1", "salt"), wanted: "1", live: "2" }).secrets).toEqual(["pin"]);
    const user = (word: string): Value => [{ name: "x", word }];
    const users = accept("users", { base: [], wanted: user("w1"), live: user("w2") });
    expect(JSON.stringify([users.conflicts, users.secrets])).not.toMatch(/w[12]/);
    expect(users.value).toEqual(user("w1"));
  });

  test("leaves no difference where the cloud alone has moved, and changes nothing where git alone has", () => {
    const names = fc.constantFrom("labels", "tags", "ports", "blob", "sheet", "sheets", "motto", "size");
    fc.assert(
      fc.property(names, values, values, (name, one, other) => {
        const field = gadgetField(name);
        const drift = acceptance({ field, wanted: one, base: one, live: other, conflicts: false });
        const left = compareField({ field, wanted: drift.value, base: one, live: other, owned: true, salt: "" });
        if (drift.secrets.length === 0) expect(left).toEqual([]);
        expect(drift.conflicts).toEqual([]);
        const git = acceptance({ field, wanted: one, base: other, live: other, conflicts: false });
        expect(git).toMatchObject({ value: one, conflicts: [], secrets: [] });
      }),
      { numRuns: 500 },
    );
  });
});

function port(name: string, number: number): Value {
  return { name, port: number };
}

function pod(name: string, image: string): Value & object {
  return { kind: "Pod", spec: { containers: [{ name, image }, { name: "z" }] } };
}
