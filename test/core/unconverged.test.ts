import { describe, expect, it } from "vitest";
import type { Change, FieldChange } from "../../src/core/change.ts";
import { fault } from "../../src/core/errors.ts";
import { stillThere, unconverged } from "../../src/core/unconverged.ts";
import type { Value } from "../../src/core/values.ts";
import { changeAt } from "../engine/fixtures.ts";

type Differing = Partial<FieldChange> & { readonly wanted?: Value; readonly got?: Value };

function field({ wanted, got, ...rest }: Differing): FieldChange {
  return {
    field: "title",
    path: "title",
    class: "drift",
    disruption: "none",
    ...(got === undefined ? {} : { before: got }),
    ...(wanted === undefined ? {} : { after: wanted }),
    ...rest,
  };
}

function toldOf(differing: Differing) {
  const change: Change = changeAt("Box/a", "update", {
    fields: [field(differing)],
    source: { file: "a.yaml", line: 3 },
  });
  return unconverged({ changes: [change], errors: [] }, new Set(["Box/a"]))[0];
}

describe("unconverged()", () => {
  it("tells each field of what was made that is not as written: where, what was wanted, what is there", () => {
    expect(toldOf({ wanted: 2, got: 3 })).toEqual({
      severity: "error",
      code: "E_NOT_CONVERGED",
      place: { file: "a.yaml", line: 3 },
      address: "Box/a",
      field: "title",
      message: "wanted 2, got 3",
      help: "write what the cloud keeps (title: 3), or leave it to the cloud: metadata.lifecycle.ignoreChanges: [title]",
    });
    expect(toldOf({ wanted: "x" })?.message).toBe('wanted "x", got nothing');
    expect(toldOf({ wanted: "x".repeat(300), got: 1 })?.message).toMatch(/^wanted "x{199}…, got 1$/);
  });

  it.each<[string, Value, Value, string | undefined]>([
    ["a type", 8080, "8080", "it differs in its type alone"],
    ["letter case", "WEB", "web", "it differs in letter case alone"],
    ["white space", "a b ", "a  b", "it differs in white space alone"],
    ["an order", ["b", "a"], ["a", "b"], "it differs in the order of its elements alone"],
    ["its elements", ["b", "a"], ["a", "c"], undefined],
    ["everything", "one", { two: 2 }, undefined],
    ["list and text", ["a"], "b", undefined],
  ])("names what would have to be overlooked: %s", (_, wanted, got, hint) => {
    const help = toldOf({ wanted, got })?.help ?? "";
    if (hint === undefined) expect(help).toMatch(/^write what the cloud keeps/);
    else expect(help).toContain(`${hint}; write what the cloud keeps`);
  });

  it("has no hint where nothing was wanted", () => {
    expect(toldOf({ got: "rest" })?.message).toBe('wanted nothing, got "rest"');
    expect(toldOf({ got: "rest" })?.help).toMatch(/^write what the cloud keeps/);
  });

  it("shows no secret", () => {
    const told = toldOf({ secret: true });
    expect(told?.message).toBe("the cloud does not keep it as it was written; both values are secret");
    expect(told?.help).toBe("if the cloud may keep its own, let it: metadata.lifecycle.ignoreChanges: [title]");
  });

  it("tells of Kubernetes objects leaf by leaf, three at most", () => {
    const wanted = { kind: "Deployment", spec: { replicas: 2, a: 1, b: 1, c: 1 } };
    expect(toldOf({ yaml: true, wanted, got: { kind: "Deployment", spec: { a: 1, b: 1, c: 1 } } })?.message).toBe(
      "spec.replicas: wanted 2, got nothing",
    );
    expect(toldOf({ yaml: true, wanted, got: { kind: "Deployment", spec: { d: 1 } } })?.message).toMatch(
      /; and 2 more$/,
    );
  });

  it("tells of what is not shown at all, and of what differs without a field of its own", () => {
    const changes = [
      changeAt("Box/a", "create", { reason: "owned (id 1), and gone from the cloud", fields: [field({ wanted: 1 })] }),
      changeAt("Box/b", "update", { reason: "its config has changed" }),
      changeAt("Box/c", "no-op"),
      changeAt("Box/other", "create"),
    ];
    const told = unconverged({ changes, errors: [] }, new Set(["Box/a", "Box/b", "Box/c"]));
    expect(told.map(({ address, message, field: at }) => [address, message, at])).toEqual([
      ["Box/a", "was made, and the cloud does not show it: owned (id 1), and gone from the cloud", undefined],
      ["Box/b", "was applied, and is not as wanted: its config has changed", undefined],
    ]);
  });

  it("passes on what kept something from being looked at, and nothing that concerns others", () => {
    const errors = [
      fault("E_REFUSED", "no", { address: "Box/a" }),
      fault("E_REFUSED", "no", { address: "Box/z" }),
      fault("E_CLOUD", "some list failed"),
    ];
    const changes = [changeAt("Box/b", "no-op")];
    expect(unconverged({ changes, errors }, new Set(["Box/a"]))).toEqual([errors[0], errors[2]]);
    expect(unconverged({ changes, errors }, new Set(["Box/b"]))).toEqual([]);
  });
});

describe("stillThere()", () => {
  it("tells of a deleted object that its list still shows", () => {
    expect(stillThere({ address: "Box/a", id: "id-1" })).toMatchObject({
      code: "E_NOT_CONVERGED",
      address: "Box/a",
      message: "was deleted, and the cloud still shows it (id id-1)",
    });
    expect(stillThere({ address: "Box/a" }).message).toContain("(id )");
  });
});
