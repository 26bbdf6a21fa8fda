import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { ledgerText, parseLedger } from "../../src/ledger/ledger-document.ts";
import { openWriter } from "../../src/ledger/ledger-writer.ts";
import { ledger } from "./ledgers.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("write() reads the stored ledger once, not before each write", async () => {
  const file = join(await temporaryFolder(), "ledger.json");
  await writeFile(file, ledgerText(ledger));
  let reads = 0;
  const read = async (): Promise<LedgerState> => {
    reads += 1;
    return parseLedger(await readFile(file), "ledger.json");
  };
  const held = { isStillHeld: async () => true, release: async () => undefined };
  const lock = openWriter({ file, location: "ledger.json", held, read });
  for (let serial = 2; serial < 12; serial += 1) await lock.write({ ...ledger, serial });
  expect(reads).toBe(1);
});

test("write() may be tried again after it failed, even if its state had been stored by then", async () => {
  const file = join(await temporaryFolder(), "ledger.json");
  let stored: LedgerState = ledger;
  const held = { isStillHeld: async () => true, release: async () => undefined };
  const lock = openWriter({ file: join(file, "nowhere"), location: "ledger.json", held, read: async () => stored });
  const second = { ...ledger, serial: 2 };
  await expect(lock.write(second)).rejects.toThrow("cannot write the ledger");
  // As after a failed sync of the folder: renamed, and reported as failed.
  stored = second;
  await expect(lock.write(second)).rejects.toThrow("cannot write the ledger");
  stored = { ...second, lineage: "other" };
  await expect(lock.write(second)).rejects.toThrow("another ledger lies in its place");
});

test("release() hands on why it failed", async () => {
  const held = { isStillHeld: async () => true, release: () => Promise.reject(failure("E_LEDGER", "no")) };
  await expect(openWriter({ file: "x", location: "x", held, read: async () => undefined }).release()).rejects.toThrow(
    "no",
  );
});
