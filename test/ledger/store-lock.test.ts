import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { heldText } from "../../src/ledger/lock-text.ts";
import { ledger } from "./ledgers.ts";
import { deadRecord, record } from "./lock-records.ts";
import { memoryStore } from "./memory-store.ts";
import { faultsOf, next } from "./open-backend.ts";
import { hurriedClock } from "./open-s3.ts";
import { openStoreBackend } from "./open-store-backend.ts";

const name = "storefront/ledger.json";
const lockName = `${name}.lock`;

/** A lock of another machine, renewed when it says. */
async function elsewhere(at: number): Promise<string> {
  return heldText({ ...(await record("cairn apply --stack prod")), host: "elsewhere" }, at);
}

describe("a lock in a store", () => {
  it("refuses the second holder, names the first, and is free again after it", async () => {
    const backend = openStoreBackend(memoryStore().open());
    const lock = await backend.lock("cairn apply", 0);
    expect(await backend.holder()).toMatchObject({ command: "cairn apply", pid: process.pid, host: hostname() });
    expect(await faultsOf(backend.lock("cairn plan", 0))).toMatchObject([
      {
        code: "E_LOCKED",
        place: { file: `mem://${name}` },
        message: expect.stringMatching(/^the ledger is locked by "cairn apply" \(pid \d+ on /),
      },
    ]);
    await lock.release();
    await lock.release();
    await (await backend.lock("cairn plan", 0)).release();
    expect(await backend.holder()).toBeUndefined();
  });

  it("locks each stack by itself", async () => {
    const { open } = memoryStore();
    const lock = await openStoreBackend(open(), { stack: "dev" }).lock("cairn apply", 0);
    await (await openStoreBackend(open(), { stack: "prod" }).lock("cairn apply", 0)).release();
    await lock.release();
  });

  it("waits for another holder, tells whom, and stops when it is told to", async () => {
    const { texts, open } = memoryStore();
    texts.set(lockName, await elsewhere(Date.now()));
    const run = new AbortController();
    const told: string[] = [];
    const onWait = (holder: string): void => {
      told.push(holder);
      run.abort();
    };
    const [found] = await faultsOf(
      openStoreBackend(open(), { signal: run.signal, onWait }).lock("cairn apply", 60_000),
    );
    expect(found?.code).toBe("E_INTERRUPTED");
    expect(told).toEqual([expect.stringContaining('"cairn apply --stack prod"')]);
  });

  it("takes the lock of a dead process of this machine at once, and tells when it died", async () => {
    const { texts, open } = memoryStore();
    const diedAt = Date.parse("2026-11-21T10:00:00.000Z");
    texts.set(lockName, heldText(await deadRecord(), diedAt));
    const lock = await openStoreBackend(open()).lock("cairn apply", 0);
    expect(lock.diedAt).toBe(diedAt);
    await lock.release();
  });

  it("takes a silent lock of another machine after a lease, whatever that machine's clock says", async () => {
    const clock = hurriedClock();
    const began = clock.now();
    const { texts, open } = memoryStore();
    texts.set(lockName, await elsewhere(began + 86_400_000));
    const lock = await openStoreBackend(open(), { clock }).lock("cairn apply", 60_000);
    expect(clock.now() - began).toBeGreaterThanOrEqual(30_000);
    expect(clock.now() - began).toBeLessThan(40_000);
    expect(lock.diedAt).toBeLessThanOrEqual(clock.now());
    await lock.release();
  });

  it("leaves a lock that is renewed to its holder", async () => {
    const clock = hurriedClock();
    const { texts, open } = memoryStore();
    const renewed = await elsewhere(0);
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      texts.set(lockName, renewed.replace(/"beat": ".*"/, `"beat": "${clock.now()}"`));
    };
    texts.set(lockName, renewed);
    const backend = openStoreBackend(open(), { clock: { ...clock, sleep } });
    expect(await faultsOf(backend.lock("cairn apply", 300_000))).toMatchObject([{ code: "E_LOCKED" }]);
  });

  it("renews what it holds, for who looks at it from elsewhere, and stops that with the release", async () => {
    const { texts, open } = memoryStore();
    const lock = await openStoreBackend(open(), { lease: { ms: 1000, beatMs: 20 } }).lock("cairn apply", 0);
    const beats = new Set<string | undefined>();
    await expect.poll(() => beats.add(texts.get(lockName)).size).toBeGreaterThan(3);
    await lock.release();
    expect(await faultsOf(lock.check())).toMatchObject([{ code: "E_LOCKED" }]);
    expect(texts.get(lockName)).toContain('"free"');
  });

  it("refuses a lock that nobody can read, until it is removed", async () => {
    const { texts, open } = memoryStore();
    texts.set(lockName, "<html>");
    const backend = openStoreBackend(open());
    expect(await faultsOf(backend.lock("cairn apply", 0))).toMatchObject([
      { code: "E_LOCKED", help: expect.stringContaining(`(removes mem://${lockName})`) },
    ]);
    expect(await backend.holder()).toBe("unknown");
    expect(await backend.unlock()).toBe("unknown");
    await (await backend.lock("cairn apply", 0)).release();
  });

  it("lets a holder whose lock was removed write and check no more", async () => {
    const backend = openStoreBackend(memoryStore().open());
    const lock = await backend.lock("cairn apply", 0);
    await lock.write(ledger);
    expect(await backend.unlock()).toMatchObject({ command: "cairn apply" });
    const lost = [{ code: "E_LOCKED", message: "the lock on the ledger was lost: nothing more is written or changed" }];
    expect(await faultsOf(lock.write(next(ledger)))).toMatchObject(lost);
    expect(await faultsOf(lock.check())).toMatchObject(lost);
    await lock.release();
    expect((await backend.read())?.serial).toBe(1);
  });
});

describe("a store that keeps no conditions", () => {
  it.each([
    ["If-None-Match", (over: string | undefined) => over === undefined],
    ["If-Match", (over: string | undefined) => over !== undefined],
  ])("is found out when the lock is taken: %s", async (condition, isIgnored) => {
    const { open } = memoryStore();
    const store = open();
    const backend = openStoreBackend({
      ...store,
      write: async (to, text, over) => {
        const there = isIgnored(over) ? (await store.read(to))?.tag : over;
        return store.write(to, text, there);
      },
    });
    const [found] = await faultsOf(backend.lock("cairn apply", 0));
    expect(found).toMatchObject({ code: "E_LEDGER", help: expect.stringContaining("backend: pg") });
    expect(found?.message).toBe(
      `the store wrote an object although a condition (${condition}) forbade it: two runs could hold the lock at once`,
    );
    expect(await backend.holder()).toBeUndefined();
  });

  it("is found out where it names conditions that it then refuses", async () => {
    const store = memoryStore().open();
    const backend = openStoreBackend({ ...store, write: async () => "conflict" });
    expect(await faultsOf(backend.lock("cairn apply", 0))).toMatchObject([
      { code: "E_LEDGER", message: expect.stringContaining("refused 50 times in a row") },
    ]);
  });
});
