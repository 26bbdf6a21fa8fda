import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type LedgerMove, moveLedger } from "../../src/cli/move-ledger.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { LedgerBackend } from "../../src/ledger/backend.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { ledgerText } from "../../src/ledger/ledger-document.ts";
import { dyingFiles } from "../ledger/dying-files.ts";
import { ledger } from "../ledger/ledgers.ts";
import { temporaryFolder } from "../ledger/temporary-folder.ts";

/** Whoever finds a lock takes its holder for dead. */
const noLease = { ms: 0, beatMs: 2 ** 30 };

function openBoth(root: string, files: Files): readonly [from: LedgerBackend, to: LedgerBackend] {
  const open = (path: string): LedgerBackend =>
    fileBackend({ path, project: "storefront", root, files, lease: noLease });
  return [open("old.json"), open("new.json")];
}

/** What `ledger migrate` does between its checks and its last words. */
async function move(root: string, files: Files): Promise<LedgerMove> {
  const [from, to] = openBoth(root, files);
  const lock = await to.lock("cairn ledger migrate", 1000);
  const old = await from.lock("cairn ledger migrate", 1000);
  const made = await moveLedger({ backend: from, lock: old }, { backend: to, lock });
  await old.release();
  await lock.release();
  return made;
}

test("moveLedger(), killed before any step on its files, leaves a whole ledger, and the same again finishes it", async () => {
  const outcomes = new Set<string>();
  for (let n = 1; ; n += 1) {
    const root = await temporaryFolder();
    await writeFile(join(root, "old.json"), ledgerText(ledger));
    const { files, isDead } = dyingFiles(n);
    await move(root, files).catch(() => undefined);
    const [from, to] = openBoth(root, systemFiles);
    const found = [await from.look(), await to.look()];
    expect([n, found.some((one) => one.type === "ledger" && ledgerText(one.ledger) === ledgerText(ledger))]).toEqual([
      n,
      true,
    ]);
    expect([n, found[0]?.type === "moved" && found[1]?.type === "none"]).toEqual([n, false]);
    outcomes.add((await move(root, systemFiles)).outcome);
    expect([n, await readFile(join(root, "new.json"), "utf8")]).toEqual([n, ledgerText(ledger)]);
    await expect(from.read()).rejects.toThrow("the ledger was moved to new.json");
    const left = (await readdir(root)).filter((name) => !["new.json", "old.json", "old.json.history"].includes(name));
    expect([n, left]).toEqual([n, []]);
    if (!isDead()) break;
  }
  expect(outcomes).toEqual(new Set(["moved", "finished", "already moved"]));
});

test("moveLedger() gives up nothing before the copy reads back", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "old.json"), ledgerText(ledger));
  const [from, to] = openBoth(root, systemFiles);
  const lock = await to.lock("cairn ledger migrate", 0);
  const old = await from.lock("cairn ledger migrate", 0);
  const forgetful = { ...to, look: async () => ({ type: "none" as const }) };
  const moved = moveLedger({ backend: from, lock: old }, { backend: forgetful, lock });
  await expect(moved).rejects.toThrow(CairnError);
  await expect(moved).rejects.toThrow("does not read back");
  expect(await from.read()).toEqual(ledger);
});
