import fc from "fast-check";
import { CORE_SCHEMA, load, YAML11_SCHEMA } from "js-yaml";
import { describe, expect, it } from "vitest";
import { printObject, readObject } from "../../../providers/retailcloud/cluster-yaml.ts";

describe("readObject()", () => {
  it.each([
    ["0644", 420],
    ["0o644", 420],
    ["-010", -8],
    ["08", 8],
    ["0x1F", 31],
    ["0b11", 3],
    ["1_000", 1000],
    ["yes", true],
    ["off", false],
    ["12:30", "12:30"],
    ["2026-11-21", "2026-11-21"],
    ["~", null],
    ["1.5", 1.5],
    ['"0644"', "0644"],
    ["9223372036854775807", "9223372036854775807"],
    ["+x", "+x"],
  ])("reads %s as a cluster does", (text, value) => {
    expect(readObject(`a: ${text}`)).toEqual({ a: value });
  });

  it("resolves merge keys and aliases into plain copies", () => {
    const object = readObject("base: &b { x: 1 }\none: { <<: *b, z: 2 }\ntwo: *b");
    expect(object).toEqual({ base: { x: 1 }, one: { x: 1, z: 2 }, two: { x: 1 } });
    expect(object["two"]).not.toBe(object["base"]);
  });

  it("takes one document, also between markers", () => {
    expect(readObject("---\na: 1\n---\n")).toEqual({ a: 1 });
    expect(() => readObject("a: 1\n---\nb: 2")).toThrow("holds 2 documents");
  });

  it.each([
    ["a: [", /^unexpected .*\(\d+:\d+\); correct the YAML$/],
    ["a: 1\na: 2", /duplicat.*\(2:1\)/],
    ["a: &x [*x]", /an alias refers to what contains it/],
    ["- a", /must be a mapping/],
    ["", /must be a mapping/],
    ["text", /must be a mapping/],
    ["a: !strange x", /!strange.*\(1:\d+\)/],
  ])("refuses %j with the reason", (text, reason) => {
    expect(() => readObject(text)).toThrow(reason);
  });

  it("takes __proto__ for a key like any other", () => {
    const object = readObject("__proto__: { polluted: yes }");
    expect(Object.keys(object)).toEqual(["__proto__"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("printObject()", () => {
  const scalar = fc.oneof(
    fc.constantFrom(
      "yes",
      "on",
      "0644",
      "+_0",
      "12:30",
      "1_000",
      "0o14",
      "1e3",
      "~",
      "null",
      "=",
      "<<",
      "y",
      "2026-11-21",
      "",
    ),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
  );
  const key = fc.oneof(fc.constantFrom("on", "y", "0644", "-_1", "__proto__"), fc.string({ minLength: 1 }));
  const object = fc.dictionary(key, fc.oneof(scalar, fc.array(scalar), fc.dictionary(key, scalar)), {
    noNullPrototype: true,
  });

  it("is read alike by YAML 1.1, YAML 1.2 and a cluster", () => {
    fc.assert(
      fc.property(object, (value) => {
        const text = printObject(value);
        expect(load(text, { schema: CORE_SCHEMA })).toEqual(value);
        expect(load(text, { schema: YAML11_SCHEMA })).toEqual(value);
        expect(readObject(text)).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps texts of several lines readable", () => {
    expect(printObject({ data: { "app.yml": "a: ${x}\nb: yes\n" } })).toBe(
      "data:\n  app.yml: |\n    a: ${x}\n    b: yes\n",
    );
  });
});
