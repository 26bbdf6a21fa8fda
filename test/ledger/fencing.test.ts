import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyLedger } from "../../src/core/ledger.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import type { Files } from "../../src/ledger/files.ts";
import { parseLedger } from "../../src/ledger/ledger-document.ts";
import { delayedFiles } from "./delayed-files.ts";
import { entry } from "./ledgers.ts";
import { faultsOf } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** For takers that hold everybody else for dead at once: as if each step of a holder took longer than its lease. */
const noLease = { ms: 0, beatMs: 2 ** 30 };

const path = "ledger.json";

/** Takes the lock, reads, adds an entry and writes, as a run does; answers whether it was told that the write is done. */
async function addEntry(root: string, name: string, files: Files): Promise<boolean> {
  const backend = fileBackend({ path, project: "storefront", root, lease: noLease, files });
  try {
    const lock = await backend.lock(name, 0);
    const stored = (await backend.read()) ?? emptyLedger("storefront", undefined, "5f0c");
    const address = `App/${name}` as const;
    const entries = { ...stored.entries, [address]: { ...entry, address } };
    await lock.write({ ...stored, serial: stored.serial + 1, entries });
    await lock.release();
    return true;
  } catch {
    return false;
  }
}

test("of writers that are stopped anywhere for any time none overwrites what another was told is stored", {
  timeout: 120_000,
}, async () => {
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const root = await temporaryFolder();
      await writeFile(join(root, path), JSON.stringify(emptyLedger("storefront", undefined, "5f0c")));
      const files = delayedFiles(() => scheduler.schedule(Promise.resolve()));
      const names = ["a", "b", "c"];
      const told = await scheduler.waitFor(Promise.all(names.map((name) => addEntry(root, name, files))));
      const { entries, serial } = parseLedger(await readFile(join(root, path)), path);
      const promised = names.filter((_, n) => told[n]).map((name) => `App/${name}`);
      expect(Object.keys(entries)).toEqual(expect.arrayContaining(promised));
      expect(Object.keys(entries)).toHaveLength(serial);
      stored += promised.length;
    }),
    { numRuns: 30 },
  );
  expect(stored).toBeGreaterThan(30);
});

test("a writer that was stopped right before its last step fails there, and says that the lock is lost", async () => {
  const root = await temporaryFolder();
  const other = fileBackend({ path, project: "storefront", root, lease: noLease });
  const empty = emptyLedger("storefront", undefined, "5f0c");
  let isStopped = false;
  const rename: Files["rename"] = async (from, to) => {
    if (!isStopped && String(to).endsWith(path)) {
      isStopped = true;
      const lock = await other.lock("the next one", 1000);
      await lock.write({ ...empty, serial: 1, lineage: "next" });
    }
    return delayedFiles(async () => undefined).rename(from, to);
  };
  const files = { ...delayedFiles(async () => undefined), rename };
  const backend = fileBackend({ path, project: "storefront", root, files });
  const lock = await backend.lock("the stopped one", 0);
  expect(await faultsOf(lock.write({ ...empty, serial: 1 }))).toMatchObject([
    { code: "E_LOCKED", message: "the lock on the ledger was lost: nothing more is written or changed" },
  ]);
  expect(await faultsOf(lock.check())).toMatchObject([{ code: "E_LOCKED" }]);
  expect(await backend.read()).toMatchObject({ serial: 1, lineage: "next" });
});
