import { describe, expect, it } from "vitest";
import type { Live } from "../../../src/core/kind.ts";
import type { Fields } from "../../../src/core/values.ts";
import { kindNamed } from "./kind-trial.ts";

describe("the calls that a set of nodes sends", () => {
  const of = (before: Fields, wanted: Fields) =>
    kindNamed("NodeLabelBinding").sends?.({ action: "update", before, wanted, changed: ["instances"] });

  it.each([
    [{}, { instances: ["a", "b"] }, ["BindNodeLabel", "BindNodeLabel"]],
    [{ instances: ["a"] }, { instances: ["b"] }, ["BindNodeLabel", "UnbindNodeLabel"]],
    [{ instances: ["a", "b", "c"] }, { instances: ["b"] }, ["UnbindNodeLabel", "UnbindNodeLabel"]],
  ])("from %j to %j are %j at least", (before, wanted, calls) => {
    expect(of(before, wanted)).toEqual(calls);
  });
});

describe("a claim that is made anew", () => {
  const old: Live = { id: "7/m", spec: { name: "m", storageClass: "media" } };
  const volume = (spec: Fields, facts: Fields) => ({
    address: "PersistentVolume/v" as const,
    live: { id: "c/v", spec: { storageClass: "media", reclaimPolicy: "Retain", ...spec }, facts },
  });
  const leaves = (one: ReturnType<typeof volume>, wanted: Fields = { storageClass: "media" }) =>
    kindNamed("PersistentVolumeClaim").leaves?.(old, wanted, (kind) => (kind === "PersistentVolume" ? [one] : []));

  it.each([{ status: "Bound" }, { status: "Bound", claim: "m" }])("leaves its retained volume behind (%j)", (facts) => {
    expect(leaves(volume({}, facts))).toEqual([
      {
        field: "storageClass",
        message:
          "PersistentVolume/v is retained: it becomes Released with the old claim, and the new one cannot get it",
        refuses: true,
        help: "replace the volume as well: --replace PersistentVolume/v --allow destroy=PersistentVolume/v",
      },
    ]);
  });

  it("leaves nothing where the volume goes with it, is another's, or is of a class that it wants no more", () => {
    const bound = { status: "Bound" };
    expect(leaves(volume({ reclaimPolicy: "Delete" }, bound))).toEqual([]);
    expect(leaves(volume({}, { ...bound, claim: "other" }))).toEqual([]);
    expect(leaves(volume({}, { status: "Available" }))).toEqual([]);
    expect(leaves(volume({ storageClass: "logs" }, bound))).toEqual([]);
    expect(leaves(volume({}, bound), { storageClass: "logs" })).toEqual([]);
  });
});

describe("force", () => {
  it.each(["App", "Environment", "NodeLabel"])("says what it takes along with a %s", (kind) => {
    expect(kindNamed(kind).forceTakes).toMatch(/^(everything|its|the label)/);
  });
});
