import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LedgerState } from "../core/ledger.ts";
import { putInPlace, writeBeside } from "./atomic-write.ts";
import { fileCode, fileFault } from "./file-fault.ts";
import type { Files } from "./files.ts";
import { type KeptLedger, keptLedgers, keptName, keptVersions } from "./kept-ledger.ts";
import { ledgerText, parseLedger } from "./ledger-document.ts";
import { readLedgerFile } from "./read-ledger-file.ts";

/** The earlier versions of one ledger file. */
export type FileHistory = {
  /** Newest first. */
  readonly list: () => Promise<readonly KeptLedger[]>;
  /** The newest version of a serial; undefined where none is kept. `E_LEDGER` for one that is damaged. */
  readonly find: (serial: number) => Promise<LedgerState | undefined>;
  /**
   * Keeps what stands in the ledger file, `undefined` for what cannot be read as a ledger: durable when it resolves. Only for who
   * holds the lock; `confirm` is asked for that when the copy lies ready. `E_LEDGER` where it cannot be kept.
   */
  readonly keep: (stored: LedgerState | undefined, confirm: () => Promise<void>) => Promise<void>;
};

/** Whose history it is, and what it works with. */
export type HistoryOptions = {
  /** The ledger file. */
  readonly file: string;
  readonly location: string;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  readonly files: Files;
};

/**
 * The history of a ledger file, in the folder `<ledger>.history` beside it, hidden from git. A copy is written beside the
 * ledger and renamed, so that a process which is stopped in between finds its copy swept away like any other unfinished write
 * when somebody else has the lock. What cannot be read as a ledger is kept under a name that tells when, and never removed.
 */
export function fileHistory({ file, location, now, files }: HistoryOptions): FileHistory {
  const folder = `${file}.history`;
  const kept = async () => keptLedgers(await namesIn(folder, files));

  const find = async (serial: number): Promise<LedgerState | undefined> => {
    const found = (await kept()).find((one) => one.serial === serial);
    const place = `${location}.history/${found?.name}`;
    const bytes = found && (await readLedgerFile(join(folder, found.name), place, files));
    return bytes && parseLedger(bytes, place);
  };

  const put = async (name: string, text: string | Uint8Array, confirm: () => Promise<void>): Promise<void> => {
    const ready = async (): Promise<void> => {
      await makeFolder(folder, files);
      await confirm();
    };
    await putInPlace(await writeBeside(file, text, files), join(folder, name), { files, confirm: ready });
  };

  const keepState = async (state: LedgerState, confirm: () => Promise<void>): Promise<void> => {
    const { serial, entries } = state;
    const before = await kept();
    const text = ledgerText(state);
    // A run that died before its first write has kept the same already.
    const [newest] = before;
    if (newest?.serial === serial && (await textIn(join(folder, newest.name), files)) === text) return;
    const keptAt = new Date(now()).toISOString();
    await put(keptName({ serial, owned: Object.keys(entries).length, keptAt }), text, confirm);
    const old = before.slice(keptVersions - 1);
    // One that cannot be removed is in nobody's way: the next run tries again.
    await Promise.all(old.map(({ name }) => files.rm(join(folder, name), { force: true }).catch(() => undefined)));
  };

  const keepDamaged = async (confirm: () => Promise<void>): Promise<void> => {
    const bytes = await readLedgerFile(file, location, files);
    const stamp = new Date(now()).toISOString().replaceAll(/[-:.]/g, "");
    if (bytes !== undefined) await put(`damaged.${stamp}.json`, bytes, confirm);
  };

  return {
    list: async () => (await kept()).map(({ name: _, ...version }) => version),
    find,
    keep: (stored, confirm) =>
      (stored === undefined ? keepDamaged(confirm) : keepState(stored, confirm)).catch((error: unknown) => {
        throw fileFault(error, "keep the ledger in its history", location);
      }),
  };
}

async function namesIn(folder: string, files: Files): Promise<readonly string[]> {
  return await files.readdir(folder).catch((error: unknown): string[] => {
    if (fileCode(error) === "ENOENT") return [];
    throw error;
  });
}

async function makeFolder(folder: string, files: Files): Promise<void> {
  const made = await files.mkdir(folder, { recursive: true });
  if (made !== undefined) await writeFile(join(folder, ".gitignore"), "*\n");
}

function textIn(path: string, files: Files): Promise<string | undefined> {
  return files.readFile(path, "utf8").catch(() => undefined);
}
