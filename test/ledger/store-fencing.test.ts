import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyLedger } from "../../src/core/ledger.ts";
import type { ConditionalStore } from "../../src/ledger/conditional-store.ts";
import { readFenced } from "../../src/ledger/fenced-text.ts";
import { parseLedger } from "../../src/ledger/ledger-document.ts";
import { entry } from "./ledgers.ts";
import { type Fate, memoryStore, stop } from "./memory-store.ts";
import { faultsOf } from "./open-backend.ts";
import { openStoreBackend } from "./open-store-backend.ts";

/** For takers that hold everybody else for dead at once: as if each step of a holder took longer than its lease. */
const noLease = { ms: 0, beatMs: 2 ** 30 };

const name = "storefront/ledger.json";

/** Takes the lock, then reads and adds an entry, twice, as a run does; names what it was told is stored. */
async function addEntries(store: ConditionalStore, who: string): Promise<readonly string[]> {
  const told: string[] = [];
  try {
    const backend = openStoreBackend(store, { lease: noLease });
    const lock = await backend.lock(who, 0);
    try {
      let state = (await backend.read()) ?? emptyLedger("storefront", undefined, "5f0c");
      for (const round of [1, 2]) {
        const address = `App/${who}-${round}` as const;
        state = {
          ...state,
          serial: state.serial + 1,
          entries: { ...state.entries, [address]: { ...entry, address } },
        };
        await lock.check();
        await lock.write(state);
        told.push(address);
      }
    } finally {
      await lock.release();
    }
  } catch {
    // What was promised before counts all the same.
  }
  return told;
}

function storedIn(texts: ReadonlyMap<string, string>) {
  const { ledger } = readFenced(texts.get(name) ?? "");
  return ledger === undefined || ledger === "" ? undefined : parseLedger(Buffer.from(ledger), name);
}

/** When a writer begins, and what befalls which of its steps. */
type Course = { readonly beginsAt: number; readonly befalls: readonly (readonly [step: number, fate: Fate])[] };

function courses(...fates: readonly Fate[]): fc.Arbitrary<Course[]> {
  const befalls = fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...fates)), { maxLength: 3 });
  return fc.array(fc.record({ beginsAt: fc.nat(70), befalls }), { minLength: 2, maxLength: 3 });
}

/** Lets writers loose on one store; answers how many of their writes were confirmed. */
async function contend(scheduler: fc.Scheduler, all: readonly Course[]): Promise<number> {
  const { texts, open } = memoryStore();
  const turn = () => scheduler.schedule(Promise.resolve());
  const writers = all.map(async ({ beginsAt, befalls }, index) => {
    const coming = new Map(befalls);
    let step = 0;
    const fate = (): Fate => {
      step += 1;
      return coming.get(step) ?? "done";
    };
    await stop(turn, beginsAt);
    return addEntries(open({ turn, fate }), `writer${index}`);
  });
  const told = (await scheduler.waitFor(Promise.all(writers))).flat();
  await scheduler.waitAll();
  const stored = storedIn(texts);
  const names = Object.keys(stored?.entries ?? {});
  expect(names).toEqual(expect.arrayContaining(told));
  expect(names).toHaveLength(stored?.serial ?? 0);
  return told.length;
}

test.each<readonly [string, readonly Fate[]]>([
  ["are stopped anywhere for any time", ["done after a pause"]],
  [
    "lose answers, whose writes come late, and that are killed at any step",
    ["done after a pause", "lost", "done and lost", "lost and done late", "killed"],
  ],
])("of writers that %s none overwrites what another was told is stored", async (_, fates) => {
  let promised = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), courses(...fates), async (scheduler, all) => {
      promised += await contend(scheduler, all);
    }),
    { numRuns: 150 },
  );
  expect(promised).toBeGreaterThan(150);
});

test("a writer that was stopped right before its last step fails there, and says that the lock is lost", async () => {
  const { texts, open } = memoryStore();
  const other = openStoreBackend(open(), { lease: noLease });
  const empty = emptyLedger("storefront", undefined, "5f0c");
  const store = open();
  let isStopped = false;
  const write: ConditionalStore["write"] = async (to, text, over) => {
    if (!isStopped && to === name && text.includes('"serial": 1')) {
      isStopped = true;
      const lock = await other.lock("the next one", 0);
      await lock.write({ ...empty, serial: 1, lineage: "next" });
      await lock.release();
    }
    return store.write(to, text, over);
  };
  const lock = await openStoreBackend({ ...store, write }).lock("the stopped one", 0);
  expect(await faultsOf(lock.write({ ...empty, serial: 1 }))).toMatchObject([
    { code: "E_LOCKED", message: "the lock on the ledger was lost: nothing more is written or changed" },
  ]);
  expect(await faultsOf(lock.check())).toMatchObject([{ code: "E_LOCKED" }]);
  expect(storedIn(texts)).toMatchObject({ serial: 1, lineage: "next" });
});

test("a taker that was stopped before it fenced the ledger off does not fence off who came after it", async () => {
  const { open } = memoryStore();
  const other = openStoreBackend(open(), { lease: noLease });
  const empty = emptyLedger("storefront", undefined, "5f0c");
  const store = open();
  const later: { lock?: Awaited<ReturnType<typeof other.lock>> } = {};
  const read: ConditionalStore["read"] = async (from) => {
    if (from === name && later.lock === undefined) later.lock = await other.lock("the next one", 0);
    return store.read(from);
  };
  const taking = openStoreBackend({ ...store, read }).lock("the stopped one", 0);
  expect(await faultsOf(taking)).toMatchObject([{ code: "E_LOCKED" }]);
  await later.lock?.write({ ...empty, serial: 1 });
  expect((await other.read())?.serial).toBe(1);
});
