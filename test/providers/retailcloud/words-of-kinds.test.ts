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

describe("a claim that goes", () => {
  const old: Live = { id: "7/m", spec: { name: "m", storageClass: "media" } };
  const volume = (spec: Fields, facts: Fields = { status: "Bound" }, stays = true) => ({
    address: "PersistentVolume/v" as const,
    live: { id: "c/v", spec: { name: "v", storageClass: "media", reclaimPolicy: "Retain", ...spec }, facts },
    stays,
  });
  const leaves = (volumes: readonly ReturnType<typeof volume>[], wanted?: Fields, facts: Fields = {}) =>
    kindNamed("PersistentVolumeClaim").leaves?.({ ...old, facts }, wanted, (kind) =>
      kind === "PersistentVolume" ? volumes : [],
    );
  const anew: Fields = { storageClass: "media" };

  it.each([{ status: "Bound" }, { status: "Bound", claim: "m" }])(
    "leaves its retained volume behind where another takes its place (%j)",
    (facts) => {
      expect(leaves([volume({}, facts)], anew)).toEqual([
        {
          field: "storageClass",
          message:
            "PersistentVolume/v is retained: it becomes Released with the old claim, and the new one cannot get it",
          refuses: true,
          help: "replace the volume as well: --replace PersistentVolume/v --allow destroy=PersistentVolume/v",
        },
      ]);
    },
  );

  it("takes along the volume whose policy says so, and may not unless that goes as well", () => {
    const message = "PersistentVolume/v goes with the old claim, and its data with it: its reclaimPolicy is Delete";
    const forget = "cairn ledger forget PersistentVolume/v gives it up";
    const own = volume({ reclaimPolicy: "Delete" });
    const both = { field: "storageClass", message, refuses: true };
    const give = "delete the volume as well, with --allow destroy=PersistentVolume/v, or keep the claim";
    expect(leaves([own])).toEqual([{ ...both, help: `${give}; ${forget}` }]);
    expect(leaves([own], { storageClass: "logs" })).toEqual([{ ...both, help: `${give}; ${forget}` }]);
    const replace = "replace the volume as well: --replace PersistentVolume/v --allow destroy=PersistentVolume/v";
    expect(leaves([own], anew)).toEqual([{ ...both, help: `${replace}; ${forget}` }]);
    expect(leaves([{ ...own, stays: false }])).toEqual([]);
  });

  it("means the volume that is about to go where several clusters have one of that class, and the one that it names", () => {
    const own = volume({ reclaimPolicy: "Delete" });
    expect(leaves([own, { ...own, stays: false }])).toEqual([]);
    expect(leaves([own], undefined, { volume: "w" })).toEqual([]);
    expect(leaves([own], undefined, { volume: "v" })).toHaveLength(1);
  });

  it("leaves nothing where the volume is another's, is retained and wanted no more, or says nothing of its policy", () => {
    const bound = { status: "Bound" };
    expect(leaves([volume({}, { ...bound, claim: "other" })], anew)).toEqual([]);
    expect(leaves([volume({}, { status: "Available" })], anew)).toEqual([]);
    expect(leaves([volume({ storageClass: "logs" })], anew)).toEqual([]);
    expect(leaves([volume({})], { storageClass: "logs" })).toEqual([]);
    expect(leaves([volume({})])).toEqual([]);
    expect(leaves([volume({ reclaimPolicy: "Recycle" })], anew)).toEqual([]);
  });
});

describe("force", () => {
  it.each(["App", "Environment", "NodeLabel"])("says what it takes along with a %s", (kind) => {
    expect(kindNamed(kind).forceTakes).toMatch(/^(everything|its|the label)/);
  });
});
