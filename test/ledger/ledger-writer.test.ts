import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import type { LedgerLock } from "../../src/ledger/backend.ts";
import { fileFault } from "../../src/ledger/file-fault.ts";
import { ledgerText, parseLedger } from "../../src/ledger/ledger-document.ts";
import { type LedgerFile, openLedgerFile } from "../../src/ledger/ledger-file.ts";
import { openWriter } from "../../src/ledger/ledger-writer.ts";
import { lookAt } from "../../src/ledger/stored-ledger.ts";
import { ledger } from "./ledgers.ts";
import { faultsOf, next, openBackend, path, writeOnce } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A writer of a file, without what these tests do not look at. */
function writerOf({ file, held, read }: Pick<LedgerFile, "file" | "held" | "read">): LedgerLock {
  const location = "ledger.json";
  const look = async () => lookAt(undefined, { project: "p", location });
  const place = openLedgerFile({ file, location, held, read, look, history: { keep: async () => undefined } });
  return openWriter({ place, location, held, faultOf: (error, doing) => fileFault(error, doing, location) });
}

test("write() takes the next serial only, from the first on", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  expect(await faultsOf(lock.write({ ...ledger, serial: 3 }))).toMatchObject([
    { code: "E_LEDGER", message: "the ledger is gone, expected serial 2: somebody else has changed it" },
  ]);
  await lock.write(ledger);
  await lock.write(next(ledger));
  for (const serial of [1, 2, 4]) {
    expect(await faultsOf(lock.write({ ...ledger, serial }))).toMatchObject([
      { message: `the ledger is at serial 2, expected serial ${serial - 1}: somebody else has changed it` },
    ]);
  }
  expect((await backend.read())?.serial).toBe(2);
});

test("write() never overwrites another lineage", async () => {
  const backend = await openBackend();
  await writeOnce(backend, { ...ledger, lineage: "other" });
  const lock = await backend.lock("cairn apply", 0);
  expect(await faultsOf(lock.write({ ...ledger, serial: 2 }))).toMatchObject([
    { code: "E_LEDGER", message: "another ledger lies in its place: lineage other instead of 5f0c" },
  ]);
});

test("write() notices a ledger that was changed behind the lock", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  await lock.write(ledger);
  const file = join(backend.root, path);
  await writeFile(file, ledgerText({ ...ledger, serial: 9 }));
  expect(await faultsOf(lock.write(next(ledger)))).toMatchObject([
    { message: "the ledger is at serial 9, expected serial 1: somebody else has changed it" },
  ]);
  await rm(file);
  expect(await faultsOf(lock.write(next(ledger)))).toMatchObject([
    { message: "the ledger is gone, expected serial 1: somebody else has changed it" },
  ]);
});

test("write() goes on after its file was merely touched", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  await lock.write(ledger);
  await utimes(join(backend.root, path), new Date(0), new Date(0));
  await lock.write(next(ledger));
  expect((await backend.read())?.serial).toBe(2);
});

test("write() keeps the order of calls that are not waited for, and release() waits for them", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  const writes = Array.from({ length: 20 }, (_, n) => lock.write({ ...ledger, serial: n + 1 }));
  await lock.release();
  await Promise.all(writes);
  expect((await backend.read())?.serial).toBe(20);
  expect((await readdir(join(backend.root, ".cairn"))).sort()).toEqual([".gitignore", "ledger.json"]);
});

test("write() goes on after one that was refused", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  const refused = lock.write({ ...ledger, serial: 7 });
  const accepted = lock.write(ledger);
  expect(await faultsOf(refused)).toMatchObject([{ code: "E_LEDGER" }]);
  await accepted;
});

test("write() reads the stored ledger once, not before each write", async () => {
  const file = join(await temporaryFolder(), "ledger.json");
  await writeFile(file, ledgerText(ledger));
  let reads = 0;
  const read = async (): Promise<LedgerState> => {
    reads += 1;
    return parseLedger(await readFile(file), "ledger.json");
  };
  const held = { isStillHeld: async () => true, renew: async () => true, release: async () => undefined };
  const lock = writerOf({ file, held, read });
  for (let serial = 2; serial < 12; serial += 1) await lock.write({ ...ledger, serial });
  expect(reads).toBe(1);
});

test("write() may be tried again after it failed, even if its state had been stored by then", async () => {
  const file = join(await temporaryFolder(), "ledger.json");
  let stored: LedgerState = ledger;
  const held = { isStillHeld: async () => true, renew: async () => true, release: async () => undefined };
  const lock = writerOf({ file: join(file, "nowhere"), held, read: async () => stored });
  const second = { ...ledger, serial: 2 };
  await expect(lock.write(second)).rejects.toThrow("cannot write the ledger");
  // As after a failed sync of the folder: renamed, and reported as failed.
  stored = second;
  await expect(lock.write(second)).rejects.toThrow("cannot write the ledger");
  stored = { ...second, lineage: "other" };
  await expect(lock.write(second)).rejects.toThrow("another ledger lies in its place");
});

test("release() hands on why it failed", async () => {
  const held = {
    isStillHeld: async () => true,
    renew: async () => true,
    release: () => Promise.reject(failure("E_LEDGER", "no")),
  };
  await expect(writerOf({ file: "x", held, read: async () => undefined }).release()).rejects.toThrow("no");
});
