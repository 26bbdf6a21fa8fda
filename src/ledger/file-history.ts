import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { putInPlace, writeBeside } from "./atomic-write.ts";
import { fileCode, fileFault } from "./file-fault.ts";
import type { Files } from "./files.ts";
import type { Ownership } from "./ledger-document.ts";
import { type LedgerHistory, openHistory } from "./ledger-history.ts";
import { readLedgerFile } from "./read-ledger-file.ts";

/** Whose history it is, and what it works with. */
export type HistoryOptions = {
  /** The ledger file. */
  readonly file: string;
  readonly owner: Ownership;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  readonly files: Files;
};

/**
 * The history of a ledger file, in the folder `<ledger>.history` beside it, hidden from git. A copy is written beside the
 * ledger and renamed, so that a process which is stopped in between finds its copy swept away like any other unfinished write
 * when somebody else has the lock. What cannot be kept is `E_LEDGER`.
 */
export function fileHistory({ file, owner, now, files }: HistoryOptions): LedgerHistory {
  const folder = `${file}.history`;
  const { location } = owner;
  const history = openHistory<Uint8Array>(
    {
      names: () => namesIn(folder, files),
      read: (name) => readLedgerFile(join(folder, name), `${location}.history/${name}`, files),
      put: async (name, content, confirm) => {
        const ready = async (): Promise<void> => {
          await makeFolder(folder, files);
          await confirm?.();
        };
        await putInPlace(await writeBeside(file, content, files), join(folder, name), { files, confirm: ready });
      },
      remove: (name) => files.rm(join(folder, name), { force: true }),
      present: () => readLedgerFile(file, location, files),
    },
    { owner, now },
  );
  return {
    ...history,
    keep: (stored, confirm) =>
      history.keep(stored, confirm).catch((error: unknown) => {
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
