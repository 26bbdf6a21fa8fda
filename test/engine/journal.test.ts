import { describe, expect, test } from "vitest";
import { emptyLedger, type Intent, type LedgerState } from "../../src/core/ledger.ts";
import { openJournal } from "../../src/engine/journal.ts";
import { entryNamed } from "./fixtures.ts";

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A lock that notes what it writes, one write at a time, and fails the n-th write for each n in `failing`. */
function noting(failing: ReadonlySet<number> = new Set()) {
  const written: LedgerState[] = [];
  let tries = 0;
  let under = 0;
  const write = async (state: LedgerState): Promise<void> => {
    tries += 1;
    const mine = tries;
    under += 1;
    expect(under).toBe(1);
    await breath();
    under -= 1;
    if (failing.has(mine)) throw new Error("disk full");
    written.push(state);
  };
  return { written, write };
}

const naming =
  (name: string) =>
  (state: LedgerState): LedgerState => ({ ...state, entries: { ...state.entries, [`Box/${name}`]: entryNamed(name) } });

const names = (state: LedgerState | undefined): string[] => Object.keys(state?.entries ?? {});

describe("openJournal()", () => {
  test("stores changes that come together in one write, and those that come meanwhile in the next", async () => {
    const lock = noting();
    const journal = openJournal(emptyLedger("p", undefined, "line"), lock, () => "now");
    const first = Promise.all([journal.commit(naming("a")), journal.commit(naming("b"))]);
    await Promise.resolve().then(() => undefined);
    const second = Promise.all([journal.commit(naming("c")), journal.commit(naming("d"))]);
    expect(journal.isStored()).toBe(false);
    await first;
    expect(lock.written.map(names)).toEqual([["Box/a", "Box/b"]]);
    await second;
    expect(lock.written.map(names)).toEqual([
      ["Box/a", "Box/b"],
      ["Box/a", "Box/b", "Box/c", "Box/d"],
    ]);
    expect(lock.written.map(({ serial }) => serial)).toEqual([1, 2]);
    expect(journal.state().serial).toBe(2);
    expect(journal.isStored()).toBe(true);
  });

  test("keeps a change whose write failed, and stores it with the next one", async () => {
    const lock = noting(new Set([1]));
    const journal = openJournal(emptyLedger("p", undefined, "line"), lock, () => "now");
    await expect(journal.commit(naming("a"))).rejects.toThrow("disk full");
    expect([journal.isStored(), journal.state().serial, names(journal.state())]).toEqual([false, 0, ["Box/a"]]);
    await journal.commit(naming("b"));
    expect(lock.written.map(names)).toEqual([["Box/a", "Box/b"]]);
    expect([journal.isStored(), journal.state().serial]).toEqual([true, 1]);
  });

  test("renews the time of open intents with each write", async () => {
    const { id: _, ...entry } = entryNamed("a");
    const intent: Intent = { action: "create", entry, since: "earlier" };
    const lock = noting();
    const journal = openJournal({ ...emptyLedger("p", undefined, "line"), intents: [intent] }, lock, () => "now");
    await journal.commit(naming("b"));
    expect(lock.written[0]?.intents.map(({ since }) => since)).toEqual(["now"]);
  });
});
