import { realpathSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { LedgerState } from "../core/ledger.ts";
import type { Clock } from "../core/provider.ts";
import { byText } from "../core/values.ts";
import { systemClock } from "../http/clock.ts";
import { sweepAll } from "./atomic-write.ts";
import type { FoundHolder, LedgerBackend } from "./backend.ts";
import { fileCode, fileFault } from "./file-fault.ts";
import { fileHistory } from "./file-history.ts";
import { type Files, systemFiles } from "./files.ts";
import type { Lease } from "./lease.ts";
import { parseLedger, parseStored, requireOwner } from "./ledger-document.ts";
import { openLedgerFile } from "./ledger-file.ts";
import { isLikeLedger, stackPath } from "./ledger-names.ts";
import { openWriter } from "./ledger-writer.ts";
import { removeLock } from "./lock-file.ts";
import { holderOf, newRecord, readLock } from "./lock-record.ts";
import { readLedgerFile } from "./read-ledger-file.ts";
import { lookAt, type StoredLedger } from "./stored-ledger.ts";
import { takeLock } from "./take-lock.ts";

/** Where a project keeps its ledgers as files. */
export type FileBackendOptions = {
  /** As configured, without the stack: relative to `root`, or absolute. */
  readonly path: string;
  readonly project: string;
  /** Put before the path's extension. */
  readonly stack?: string;
  /** The project folder. */
  readonly root: string;
  readonly clock?: Clock;
  /** Ends a wait for the lock. */
  readonly signal?: AbortSignal;
  /** How long a lock lasts without a sign of life; `defaultLease` where left out. */
  readonly lease?: Lease;
  /** Told once when the lock is waited for: who holds it. */
  readonly onWait?: (holder: string) => void;
  readonly files?: Files;
};

/**
 * The ledger of one project and stack in a file, with the lock in a file `<ledger>.lock` and the history in a folder
 * `<ledger>.history` beside it. The folder is made when the lock is taken for the first time; a new `.cairn` is hidden from git.
 * Whatever the file system refuses is `E_LEDGER`.
 */
export function fileBackend({
  path,
  project,
  stack,
  root,
  clock = systemClock,
  files = systemFiles,
  ...waiting
}: FileBackendOptions): LedgerBackend {
  const location = stackPath(path, stack);
  const file = resolve(root, location);
  const lockFile = `${file}.lock`;
  const owner = { project, location, ...(stack === undefined ? {} : { stack }) };
  const history = fileHistory({ file, owner, files, now: () => clock.now() });
  const bytesThere = (): Promise<Uint8Array | undefined> => readLedgerFile(file, location, files);
  const look = async (): Promise<StoredLedger> => lookAt(await bytesThere(), owner);
  const read = async (): Promise<LedgerState | undefined> => {
    const bytes = await bytesThere();
    if (bytes === undefined) return undefined;
    const state = parseLedger(bytes, location);
    requireOwner(state, owner);
    return state;
  };
  const lock = async (command: string, timeoutMs: number) => {
    await makeFolder(dirname(file));
    const held = await takeLock(lockFile, command, location, { timeoutMs, clock, files, ...waiting });
    try {
      await sweepAll(file, files);
    } catch (error) {
      await held.release();
      throw error;
    }
    const place = openLedgerFile({ file, location, held, read, look, history, files });
    return openWriter({ place, location, held, faultOf: (error, doing) => fileFault(error, doing, location) });
  };
  const unlock = async (): Promise<FoundHolder> => {
    const found = await removeLock(
      lockFile,
      await newRecord("cairn ledger unlock", new Date(clock.now()).toISOString()),
    );
    return holderOf(found);
  };
  const guarded = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw fileFault(error, doing, location);
    });
  return {
    location,
    file: location,
    place: `file:${withoutLinks(file)}`,
    read: () => guarded("read the ledger", read),
    others: () => guarded("read the ledgers of the other stacks", () => siblings(path, root, project, stack)),
    lock: (command, timeoutMs) => guarded("lock the ledger", () => lock(command, timeoutMs)),
    holder: () => guarded("look at the lock of the ledger", async () => holderOf(await readLock(lockFile, files))),
    unlock: () => guarded("unlock the ledger", unlock),
    look: () => guarded("read the ledger", look),
    history: () => guarded("read the history of the ledger", history.list),
    kept: (serial) => guarded("read the history of the ledger", () => history.find(serial)),
    close: async () => undefined,
  };
}

/** The path with its folder's links followed, as far as it exists. */
function withoutLinks(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return file;
  }
}

/**
 * The ledgers of the project's other stacks: files named like this ledger whose content says the same project, and the
 * stack that their name says (a copy under another name is nobody's ledger). Unreadable ones are an error, because what they own
 * would be taken for nobody's.
 */
async function siblings(
  path: string,
  root: string,
  project: string,
  stack: string | undefined,
): Promise<LedgerState[]> {
  const folder = dirname(path);
  const states: LedgerState[] = [];
  for (const name of await namesLike(path, resolve(root, folder))) {
    const location = join(folder, name);
    const bytes = await readLedgerFile(resolve(root, location), location, systemFiles);
    const state = bytes && parseStored(bytes, location);
    const isOther = state?.format === 1 && state.project === project && state.stack !== stack;
    if (isOther && basename(stackPath(path, state.stack)) === name) states.push(state);
  }
  return states;
}

/** The files in a folder that could be a ledger at `path` with or without a stack, sorted. */
async function namesLike(path: string, folder: string): Promise<string[]> {
  const found = await unlessMissing(readdir(folder, { withFileTypes: true }));
  const files = (found ?? []).filter((one) => !one.isDirectory() && isLikeLedger(path, one.name));
  return files.map(({ name }) => name).sort(byText);
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (fileCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined || basename(folder) !== ".cairn") return;
  await writeFile(join(folder, ".gitignore"), "*\n");
}
