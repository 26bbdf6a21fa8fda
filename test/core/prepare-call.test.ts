import { describe, expect, it } from "vitest";
import type { ApiCall, CallParameter } from "../../src/core/api-call.ts";
import { prepareCall } from "../../src/core/prepare-call.ts";
import type { Fields } from "../../src/core/values.ts";

function parameter(name: string, more: Partial<CallParameter> = {}): CallParameter {
  return { name, type: "text", isList: false, isNeeded: false, isSecret: false, fields: [], ...more };
}

const call: ApiCall = {
  name: "MakeThing",
  mutating: true,
  parameters: [
    parameter("Title", { isNeeded: true }),
    parameter("Size", { type: "integer" }),
    parameter("Big", { type: "flag" }),
    parameter("Tags", { isList: true }),
    parameter("Password", { isSecret: true, type: "integer" }),
    parameter("Extra", { type: "free" }),
    parameter("Roles", {
      type: "record",
      isList: true,
      isNeeded: true,
      fields: [parameter("Name", { isNeeded: true }), parameter("User", { type: "integer", isNeeded: true })],
    }),
  ],
};

const roles = [{ Name: "Owner", User: "1" }];

function messages(given: Fields, of: ApiCall = call): readonly string[] {
  return prepareCall(of, given).faults.map(({ message, help }) =>
    help === undefined ? message : `${message}; ${help}`,
  );
}

describe("prepareCall()", () => {
  it("gives values the types that the call has for them, texts being all that a command line knows", () => {
    const given = { Title: 5, Size: "12", Big: "true", Tags: "one", Extra: { any: [1, null] }, Roles: roles };
    expect(prepareCall(call, given)).toEqual({
      faults: [],
      params: {
        Title: "5",
        Size: 12,
        Big: true,
        Tags: ["one"],
        Extra: { any: [1, null] },
        Roles: [{ Name: "Owner", User: 1 }],
      },
    });
    expect(prepareCall(call, { Title: "", Big: false, Roles: roles }).params).toMatchObject({ Title: "", Big: false });
  });

  it("keeps the digits of integers that a number cannot hold", () => {
    expect(prepareCall(call, { Title: "t", Size: "9007199254740993", Roles: roles }).params).toMatchObject({
      Size: "9007199254740993",
    });
  });

  it("refuses unknown parameters with the closest one, or with all there are", () => {
    expect(messages({ Titel: "t", Title: "t", Roles: roles })).toEqual([
      'MakeThing has no parameter "Titel"; did you mean "Title"?',
    ]);
    expect(messages({ Title: "t", Roles: [{ Name: "a", User: 1, Nmae: "b" }] })).toEqual([
      'MakeThing has no parameter "Roles.1.Nmae"; did you mean "Name"?',
    ]);
    expect(messages({ X: 1 }, { ...call, parameters: [] })).toEqual(['MakeThing has no parameter "X"; it takes none']);
    expect(messages({ Completely: 1 }, { ...call, parameters: [parameter("A"), parameter("B")] })).toEqual([
      'MakeThing has no parameter "Completely"; it takes A, B',
    ]);
  });

  it("names all that lacks at once, in lists too", () => {
    expect(messages({})).toEqual(["MakeThing needs Title and Roles"]);
    expect(messages({ Title: "t", Roles: [] })).toEqual(["MakeThing needs Roles"]);
    expect(messages({ Roles: [{ Name: "a" }, { User: 2 }] })).toEqual([
      "MakeThing needs Roles.1.User, Roles.2.Name and Title",
    ]);
  });

  it("refuses values of another type, and shows no secret one", () => {
    const given = { Title: ["t"], Size: "1.5", Big: "yes", Tags: [null], Password: "geheim", Roles: "Owner" };
    expect(messages(given)).toEqual([
      'MakeThing: Title must be a text; got ["t"]',
      'MakeThing: Size must be a whole number; got "1.5"',
      'MakeThing: Big must be true or false; got "yes"',
      "MakeThing: Tags.1 must be a text; got null",
      "MakeThing: Password must be a whole number",
      'MakeThing: Roles.1 must be a record of parameters; got "Owner"',
    ]);
  });

  it("takes the names that every object inherits for unknown ones", () => {
    expect(messages({ Title: "t", Roles: roles, constructor: "x" })).toHaveLength(1);
  });
});
