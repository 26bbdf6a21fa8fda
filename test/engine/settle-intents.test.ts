import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { failure } from "../../src/core/errors.ts";
import type { Intent, LedgerState } from "../../src/core/ledger.ts";
import type { Fields } from "../../src/core/values.ts";
import { type SettleInput, settleIntents } from "../../src/engine/settle-intents.ts";
import { type FakeCloud, fakeKinds, openCloud, plant } from "./fake-cloud.ts";
import { desiredAt, entryNamed, jumpingClock, ledgerOf } from "./fixtures.ts";

const diedAt = 1_000_000;
const createOf = (name: string, spec: Fields = { name }): Intent => {
  const { id: _, ...entry } = entryNamed(name, { spec });
  return { action: "create", entry, since: new Date(diedAt).toISOString() };
};
const leftBy = (...intents: Intent[]): LedgerState => ({ ...ledgerOf(), intents });

/** A settlement `afterMs` after the dead run's last write; with the lock unless `rest` says otherwise. */
function settling(cloud: FakeCloud, ledger: LedgerState, afterMs: number, desired: Desired[] = [], pace = 1) {
  const clock = jumpingClock(diedAt + afterMs);
  const stored: LedgerState[] = [];
  const stop = new AbortController();
  const lock = { write: async (state: LedgerState) => void stored.push(state) };
  const input: SettleInput = {
    kinds: fakeKinds,
    desired,
    ledger,
    api: async () => cloud,
    clock,
    pace,
    signal: stop.signal,
  };
  return { clock, stored, stop, input, locked: { ...input, lock } };
}

describe("settleIntents()", () => {
  test("makes no call and no write where no run left intents", async () => {
    const cloud = openCloud();
    const { locked, stored } = settling(cloud, ledgerOf(), 0);
    const settled = await settleIntents(locked);
    expect([settled, cloud.calls, stored]).toEqual([{ ledger: locked.ledger, notes: [] }, [], []]);
    const snapshot = { listings: new Map(), readings: new Map() };
    expect((await settleIntents({ ...locked, snapshot })).snapshot).toBe(snapshot);
  });

  test("owns what the dead run made, at once, also when no manifest names it any more", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    const { locked, stored, clock } = settling(cloud, leftBy(createOf("a")), 10);
    const { ledger } = await settleIntents(locked);
    expect(ledger.entries["Box/a"]).toMatchObject({ id: "id-a", origin: "created" });
    expect([ledger.intents, ledger.serial, clock.waits]).toEqual([[], 4, []]);
    expect(stored).toEqual([ledger]);
  });

  test("waits until no request of the dead run can be in flight, looks once more there, and drops what is not found", async () => {
    const cloud = openCloud();
    const { locked, clock } = settling(cloud, leftBy(createOf("a"), createOf("b")), 4000, [
      desiredAt("Tag/t", { name: "t" }),
    ]);
    const late = plant(cloud, "Box", "id-b", { name: "b" });
    late.shownFrom = 1;
    cloud.onCall = () => {
      if (clock.waits.length > 0) late.shownFrom = 0;
    };
    const { ledger } = await settleIntents(locked);
    expect(clock.waits).toEqual([6000]);
    expect(cloud.calls.filter((call) => call.startsWith("list Box"))).toHaveLength(2);
    expect(cloud.calls.filter((call) => call.startsWith("list Tag"))).toHaveLength(1);
    expect([Object.keys(ledger.entries), ledger.intents]).toEqual([["Box/b"], []]);
  });

  test("counts from the last sign of life that the dead run's lock shows: its last write may be older than its last call", async () => {
    const { locked, clock } = settling(openCloud(), leftBy(createOf("a")), 60_000);
    await settleIntents({ ...locked, lock: { ...locked.lock, diedAt: diedAt + 57_000 } });
    expect(clock.waits).toEqual([7000]);
  });

  test("waits no longer than for a run that has died just now, whatever the clock of another machine says", async () => {
    const { locked, clock } = settling(openCloud(), leftBy(createOf("a")), -3_600_000);
    await settleIntents({ ...locked, lock: { ...locked.lock, diedAt: diedAt + 60_000 } });
    expect(clock.waits).toEqual([10_000]);
  });

  test("waits for nothing that a manifest names: it stays open until its operation has waited", async () => {
    const cloud = openCloud();
    const { locked, clock } = settling(cloud, leftBy(createOf("a")), 4000, [desiredAt("Box/a", { name: "a" })]);
    const { ledger, quietAt } = await settleIntents(locked);
    expect([clock.waits, ledger.intents.length, quietAt]).toEqual([[], 1, diedAt + 10_000]);
    expect(cloud.calls).toEqual(["list Box {}"]);
  });

  test("drops at once what the dead run cannot have begun: what it needs was never recorded as done", async () => {
    const { entry, ...rest } = createOf("b");
    const second = { ...rest, entry: { ...entry, dependencies: ["Box/a" as const] } };
    const { locked } = settling(openCloud(), leftBy(createOf("a"), second), 4000, [
      desiredAt("Box/a", { name: "a" }),
      desiredAt("Box/b", { name: "b" }),
    ]);
    const { ledger } = await settleIntents(locked);
    expect(ledger.intents.map((intent) => intent.entry.address)).toEqual(["Box/a"]);
  });

  test("divides its wait by pace, and waits for nothing where enough time has gone by", async () => {
    const quick = settling(openCloud(), leftBy(createOf("a")), 40, [], 100);
    await settleIntents(quick.locked);
    expect(quick.clock.waits).toEqual([60]);
    const late = settling(openCloud(), leftBy(createOf("a")), 10_000);
    expect((await settleIntents(late.locked)).ledger.intents).toEqual([]);
    expect(late.clock.waits).toEqual([]);
  });

  test("neither waits nor writes without the lock, and leaves open what is not confirmed", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a" });
    const { input, clock } = settling(cloud, leftBy(createOf("a"), createOf("b")), 0);
    const { ledger } = await settleIntents(input);
    expect([Object.keys(ledger.entries), ledger.intents.map(({ entry }) => entry.address), ledger.serial]).toEqual([
      ["Box/a"],
      ["Box/b"],
      3,
    ]);
    expect(clock.waits).toEqual([]);
  });

  test("stops waiting when it is interrupted, and leaves the intents open", async () => {
    const { locked, stop } = settling(openCloud(), leftBy(createOf("a")), 0);
    stop.abort();
    const { ledger } = await settleIntents(locked);
    expect(ledger.intents).toHaveLength(1);
  });

  test("does not claim what differs, and says so where no manifest names it", async () => {
    const cloud = openCloud();
    plant(cloud, "Box", "id-a", { name: "a", size: 9 });
    const { locked } = settling(cloud, leftBy(createOf("a", { name: "a", size: 1 })), 0);
    const { ledger, notes } = await settleIntents(locked);
    expect([ledger.entries, ledger.intents]).toEqual([{}, []]);
    expect(notes).toMatchObject([{ code: "E_ADOPT", severity: "warning", address: "Box/a" }]);
  });

  test("keeps the intent of a scope that cannot be listed", async () => {
    const cloud = openCloud();
    cloud.rules.push({ on: "list Box", effect: failure("E_REFUSED", "no") });
    const { locked } = settling(cloud, leftBy(createOf("a")), 20_000);
    expect((await settleIntents(locked)).ledger.intents).toHaveLength(1);
  });

  test("takes an unreadable time for long ago", async () => {
    const { locked, clock } = settling(openCloud(), leftBy({ ...createOf("a"), since: "once" }), 0);
    await settleIntents(locked);
    expect(clock.waits).toEqual([]);
  });
});
