import { describe, expect, it } from "vitest";
import { completeSnapshot, keptLedger, keptSnapshot, offlineDesired, offlineWarnings } from "../../src/core/offline.ts";
import { seal } from "../../src/core/seal.ts";
import { sealedValue } from "../../src/core/sealed-value.ts";
import { emptySnapshot, listKey, readKey } from "../../src/core/snapshot.ts";
import { kinds } from "./fixtures/kinds.ts";
import { ledgerOf, owned, wanted } from "./fixtures/plans.ts";

const list = { provider: "test", kind: "Gadget", scope: {} };
const read = { ...list, id: "g1", spec: { name: "g", pin: "1234" } };
const live = { id: "g1", spec: { name: "g", pin: "1234", sheet: { data: { token: "t", port: "1" } } } };

describe("keptSnapshot()", () => {
  it("keeps what was seen without what is secret or looks so, and nothing of kinds that are not known", () => {
    const stranger = { ...list, kind: "Stranger" };
    const seen = {
      listings: new Map([
        [listKey(list), { request: list, objects: [live] }],
        [listKey(stranger), { request: stranger, objects: [{ id: "x", spec: { word: "secret" } }] }],
      ]),
      readings: new Map([
        [readKey(read), { request: read, object: live }],
        ["gone", { request: { ...read, id: "gone" } }],
      ]),
    };
    const { listings, readings } = keptSnapshot(seen, kinds);
    const spec = { name: "g", sheet: { data: { port: "1", token: sealedValue("") } } };
    expect([...listings.values()].map(({ objects }) => objects)).toEqual([
      [{ id: "g1", spec }],
      [{ id: "x", spec: {} }],
    ]);
    expect([...readings.values()]).toEqual([
      { request: { ...read, spec: { name: "g" } }, object: { id: "g1", spec } },
      { request: { ...read, id: "gone", spec: { name: "g" } } },
    ]);
  });
});

describe("keptLedger()", () => {
  it("drops intents and the digests of secrets", () => {
    const entry = owned("Gadget/g", "g1", { pin: "1234" }, { triggers: { site: "a digest" } });
    expect(entry.spec["pin"]).toEqual(seal("1234", "lineage"));
    const stranger = { ...owned("Gadget/h", "h1"), kind: "Stranger" };
    const kept = keptLedger(
      ledgerOf([entry, stranger], [{ action: "create", entry, since: "2026-01-01T00:00:00Z" }]),
      kinds,
    );
    expect(kept.entries["Gadget/g"]).toMatchObject({ spec: { name: "g" } });
    expect(kept.entries["Gadget/g"]).not.toHaveProperty("triggers");
    expect(kept.intents).toEqual([]);
  });
});

describe("offlineDesired()", () => {
  it("ignores secrets and what comes from variables that are not set, once each", () => {
    const gadget = wanted(
      "Gadget/g",
      { pin: "1234", memo: "x", make: "y" },
      {
        sources: {
          memo: "${env.UNSET}, ${env.SET}",
          "memo.0": "${env.UNSET}",
          make: "${env.SET}",
          pin: "${env.UNSET}",
        },
      },
    );
    const stranger = { ...wanted("Gadget/h"), kind: "Stranger" };
    const { desired, uncompared } = offlineDesired([gadget, stranger], kinds, (name) => name === "SET");
    expect(desired[0]?.lifecycle.ignoreChanges).toEqual(["pin", "memo"]);
    expect(desired[0]?.spec).toEqual({ name: "g", memo: "x", make: "y" });
    expect(offlineWarnings(uncompared, ["Room"]).map(({ message }) => message)).toEqual([
      "secrets are not compared offline: Gadget/g pin",
      "not compared, because environment variables are not set: Gadget/g memo",
      "the snapshot does not show every Room: what it lacks counts as absent",
    ]);
    expect(offlineWarnings([], [])).toEqual([]);
  });
});

describe("completeSnapshot()", () => {
  it("takes for empty what was not looked at, and for gone what cannot be read", () => {
    const input = { kinds, desired: [wanted("Site/s")], ledger: ledgerOf([owned("Gadget/g", "g1")]) };
    const { snapshot, assumed } = completeSnapshot(input, emptySnapshot);
    expect(assumed).toEqual(["Gadget", "Site"]);
    expect([...snapshot.listings.values()].every(({ objects }) => objects.length === 0)).toBe(true);
  });
});
