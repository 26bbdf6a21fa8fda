import { describe, expect, it } from "vitest";
import type { Address } from "../../src/core/address.ts";
import { fault } from "../../src/core/errors.ts";
import { emptyLedger, type Intent, type LedgerState } from "../../src/core/ledger.ts";
import { isSameLedger, ledgerChange, lostIntents } from "../../src/core/ledger-change.ts";
import { damageRefusal, type Guarded, ledgerGuards, ledgerRefusals } from "../../src/core/ledger-guards.ts";
import { entry } from "../ledger/ledgers.ts";

const empty = emptyLedger("storefront", undefined, "5f0c");

/** A ledger that owns the apps of these names, each with a spec of its own. */
function owning(...names: readonly string[]): LedgerState {
  const entries = names.map((name): [Address, typeof entry] => {
    const address: Address = `App/${name}`;
    return [address, { ...entry, address, id: name }];
  });
  return { ...empty, serial: 4, entries: Object.fromEntries(entries) };
}

function intent(name: string): Intent {
  return { action: "create", entry: { ...entry, address: `App/${name}` }, since: "2026-11-21T10:00:00.000Z" };
}

const guarded: Guarded = {
  location: ".cairn/ledger.json",
  guards: new Set(ledgerGuards),
  command: "cairn ledger push backup.json",
};

describe("ledgerChange()", () => {
  it("names what comes, goes and differs, sorted, and nothing that is the same", () => {
    const before = owning("c", "b", "a", "same");
    const after = owning("z", "y", "c", "same");
    const moved = { ...after, entries: { ...after.entries, "App/c": { ...entry, address: "App/c", id: "other" } } };
    expect(ledgerChange(before, moved as LedgerState)).toEqual({
      come: ["App/y", "App/z"],
      go: ["App/a", "App/b"],
      differ: ["App/c"],
    });
  });

  it("takes all for new where there was nothing", () => {
    expect(ledgerChange(undefined, owning("a"))).toEqual({ come: ["App/a"], go: [], differ: [] });
  });
});

describe("lostIntents() and isSameLedger()", () => {
  it("look at whole intents, and at everything but the serial", () => {
    const before = { ...owning("a"), intents: [intent("x"), intent("y")] };
    const after = { ...owning("a"), intents: [intent("y"), { ...intent("x"), since: "2026-11-22T10:00:00.000Z" }] };
    expect(lostIntents(before, after)).toEqual([intent("x")]);
    expect(isSameLedger(before, { ...before, serial: 99 })).toBe(true);
    const others = [after, { ...before, lineage: "other" }, { ...before, entries: owning("b").entries }];
    expect(others.map((other) => isSameLedger(before, other))).toEqual([false, false, false]);
  });
});

describe("ledgerRefusals()", () => {
  it("is silent for a newer version that knows every intent", () => {
    const before = { ...owning("a"), intents: [intent("x")] };
    expect(ledgerRefusals(before, { ...before, serial: 5 }, guarded)).toEqual([]);
    expect(ledgerRefusals(before, before, guarded)).toEqual([]);
  });

  it("names an older serial and intents that would be forgotten, each with what lifts it", () => {
    const intents = ["a", "b", "c", "d", "e", "f", "g"].map(intent);
    const refused = ledgerRefusals({ ...owning("a"), intents }, { ...owning("a"), serial: 3 }, guarded);
    expect(refused).toMatchObject([
      {
        code: "E_GUARD",
        place: { file: ".cairn/ledger.json" },
        message: "the stored ledger is at serial 4, the other one at 3: what was recorded since would be forgotten",
        help: expect.stringMatching(/; to replace it all the same: cairn ledger push backup.json --allow serial$/),
      },
      {
        message: expect.stringMatching(/: create App\/a, create App\/b, .*, create App\/e and 2 more$/),
        help: expect.stringMatching(/--allow intents$/),
      },
    ]);
  });

  it("compares no serials of different lineages", () => {
    const refused = ledgerRefusals({ ...owning("a"), intents: [intent("x")] }, { ...empty, lineage: "other" }, guarded);
    expect(refused.map(({ help }) => help?.split(" --allow ")[1])).toEqual(["lineage", "intents"]);
  });

  it("leaves out what was lifted", () => {
    const lifted = { ...guarded, guards: new Set([]) };
    const before = { ...owning("a"), intents: [intent("x")] };
    expect(ledgerRefusals(before, { ...empty, lineage: "other" }, lifted)).toEqual([]);
    expect(ledgerRefusals(before, empty, lifted)).toEqual([]);
    expect(damageRefusal(lifted, [])).toBeUndefined();
  });

  it("says why a damaged ledger is not replaced unasked", () => {
    const damage = fault("E_LEDGER", "the ledger is empty");
    const message = "the stored ledger cannot be read, so that nothing of it can be compared: the ledger is empty";
    expect(damageRefusal(guarded, [damage])).toMatchObject({
      ...{ code: "E_GUARD", message },
      help: expect.stringMatching(/--allow damaged$/),
    });
    expect(damageRefusal(guarded, [damage, damage, damage])?.message).toBe(`${message} (and 2 more)`);
  });
});
