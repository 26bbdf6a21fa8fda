import { describe, expect, it } from "vitest";
import { changeProvider } from "../../src/core/change-provider.ts";
import { otherClouds } from "../../src/core/clouds.ts";
import { ledgerFaults } from "../../src/core/ledger-faults.ts";
import { kinds } from "./fixtures/kinds.ts";
import { ledgerOf, owned, testCloud } from "./fixtures/plans.ts";

const cloud = { provider: "test", endpoint: "new.test:443" };
const stays = owned("Site/b", "s2", {}, { provider: "other" });
const { id: _, ...begun } = owned("Site/c", "s3");
const ledger = ledgerOf(
  [owned("Site/a", "s1"), stays],
  [{ action: "create", entry: begun, since: "2026-01-01T00:00:00Z" }],
);

describe("changeProvider()", () => {
  it("moves the objects and intents of one alias, and nothing else", () => {
    const moved = changeProvider(ledger, { from: "test", to: "newest", cloud });
    expect([moved.entries, moved.intents]).toEqual([1, 1]);
    expect(moved.ledger.entries["Site/a"]).toEqual({ ...ledger.entries["Site/a"], provider: "newest", cloud });
    expect(moved.ledger.entries["Site/b"]).toEqual(stays);
    expect(moved.ledger.intents).toMatchObject([{ entry: { provider: "newest", cloud } }]);
  });

  it("settles what otherClouds() finds, and does what it says", () => {
    const clouds = new Map([
      ["newest", cloud],
      ["other", testCloud],
    ]);
    expect(otherClouds(ledger, clouds, []).map(({ help }) => help)).toEqual([
      "restore the provider's settings; where the objects really moved there: cairn ledger move --provider test=newest, or once --allow provider=test",
    ]);
    const moved = changeProvider(ledger, { from: "test", to: "newest", cloud });
    expect(otherClouds(moved.ledger, clouds, [])).toEqual([]);
    expect(otherClouds(ledger, new Map([["other", testCloud]]), [])[0]?.help).toContain("--provider test=other");
    expect(otherClouds(ledger, new Map(), [])[0]?.help).toContain("--provider test=NEW");
  });
});

describe("ledgerFaults()", () => {
  it("finds what two addresses own, and nothing in a ledger that is sound", () => {
    expect(ledgerFaults(ledger, kinds)).toEqual([]);
    const twin = owned("Site/twin", "s1");
    expect(ledgerFaults(ledgerOf([owned("Site/a", "s1"), twin]), kinds)).toMatchObject([
      {
        code: "E_LEDGER",
        address: "Site/twin",
        help: "give up the one that is not meant: cairn ledger forget Site/twin",
      },
    ]);
  });
});
