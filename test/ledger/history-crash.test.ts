import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { keptLedgers } from "../../src/ledger/kept-ledger.ts";
import { ledgerText, parseLedger } from "../../src/ledger/ledger-document.ts";
import { dyingFiles } from "./dying-files.ts";
import { ledger } from "./ledgers.ts";
import { next, writeOnce } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Whoever finds a lock takes its holder for dead. */
const noLease = { ms: 0, beatMs: 2 ** 30 };

function open(root: string, files: Files) {
  return fileBackend({ path: "ledger.json", project: "storefront", root, files, lease: noLease });
}

test("a run that is killed before any step of keeping and writing leaves a whole ledger and a true history", async () => {
  let deaths = 0;
  for (let n = 1; ; n += 1) {
    const root = await temporaryFolder();
    await writeFile(join(root, "ledger.json"), ledgerText(ledger));
    const { files, isDead } = dyingFiles(n);
    await writeOnce(open(root, files), next(ledger)).catch(() => undefined);
    const backend = open(root, systemFiles);
    const found = await backend.read();
    expect([n, found?.serial]).toEqual([n, expect.toBeOneOf([1, 2])]);
    await writeOnce(backend, next(found ?? ledger));
    const serials = (await backend.history()).map(({ serial }) => serial);
    expect([n, serials]).toEqual([n, found?.serial === 1 ? [1] : [2, 1]]);
    const folder = join(root, "ledger.json.history");
    const names = (await readdir(folder)).filter((name) => name !== ".gitignore");
    for (const name of names) {
      const state = parseLedger(await readFile(join(folder, name)), name);
      expect(keptLedgers([name])).toMatchObject([{ serial: state.serial, owned: Object.keys(state.entries).length }]);
    }
    expect([n, (await readdir(root)).sort()]).toEqual([n, ["ledger.json", "ledger.json.history"]]);
    if (!isDead()) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(8);
});
