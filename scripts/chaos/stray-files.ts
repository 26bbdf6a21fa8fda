import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keptLedgers } from "../../src/ledger/kept-ledger.ts";
import { parseLedger } from "../../src/ledger/ledger-document.ts";

const history = "ledger.json.history";

/**
 * What lies in the folder of a ledger and is not meant to: all but the ledger, its history and what hides both from git. A
 * version in the history that is not whole, or another one than its name says, is no part of it.
 */
export function strayFiles(folder: string): readonly string[] {
  const expected = new Set(["ledger.json", ".gitignore", history]);
  const beside = readdirSync(folder).filter((name) => !expected.has(name));
  const kept = existsSync(join(folder, history)) ? readdirSync(join(folder, history)) : [];
  const lying = kept.filter((name) => name !== ".gitignore" && !isKept(join(folder, history), name));
  return [...beside, ...lying.map((name) => `${history}/${name}`)];
}

function isKept(folder: string, name: string): boolean {
  const [version] = keptLedgers([name]);
  if (version === undefined) return false;
  const { serial, entries } = parseLedger(readFileSync(join(folder, name)), name);
  return serial === version.serial && Object.keys(entries).length === version.owned;
}
