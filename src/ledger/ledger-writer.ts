import type { LedgerState } from "../core/ledger.ts";
import { writeAtomically } from "./atomic-write.ts";
import type { LedgerLock } from "./backend.ts";
import { fileFault } from "./file-fault.ts";
import type { FileHistory } from "./file-history.ts";
import { type Files, systemFiles } from "./files.ts";
import { ledgerText } from "./ledger-document.ts";
import { conflict, isSame, lockLost, type Version } from "./ledger-version.ts";
import type { MovedLedger } from "./moved-ledger.ts";
import type { StoredLedger } from "./stored-ledger.ts";
import type { HeldLock } from "./take-lock.ts";

/** What the writes of one lock work on. */
export type Writing = {
  readonly file: string;
  readonly location: string;
  readonly held: HeldLock;
  /** The stored ledger, checked. */
  readonly read: () => Promise<LedgerState | undefined>;
  /** What is stored, be it no ledger that can be read. */
  readonly look: () => Promise<StoredLedger>;
  readonly history: Pick<FileHistory, "keep">;
  readonly files?: Files;
};

/**
 * The right to write a ledger file, while its lock is held. Writes run one after the other, in the order of the calls, and
 * release waits for them. Before each, lock, lineage and serial are compared with what is stored, and the lock once more
 * when the new text lies ready: whoever takes the lock later than that sweeps the text away before he reads the ledger, so
 * that a process stopped at any point overwrites nothing when it wakes up.
 */
export function openWriter(writing: Writing): LedgerLock {
  const { file, location, held, read, look, history, files = systemFiles } = writing;
  // What this lock wrote last, so that the file is not parsed again as long as nobody else has touched it.
  let own: (Version & { readonly stamp: string }) | undefined;
  // The serial of a write that failed, perhaps after its rename.
  let unsure: number | undefined;
  // What was stored before the first write is in the history by now.
  let isKept = false;

  const stored = async (): Promise<LedgerState | Version | undefined> =>
    own !== undefined && own.stamp === (await stampOf(file, files).catch(() => "")) ? own : await read();

  const confirm = async (): Promise<void> => {
    if (!(await held.isStillHeld())) throw lockLost(location);
  };

  /** Whoever has the lock by now has swept away what was to get a place: that says more than that it is missing. */
  const unlessLost = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      await confirm();
      throw error;
    }
  };

  const keep = async (before: LedgerState | undefined): Promise<void> => {
    if (isKept) return;
    await unlessLost(history.keep(before, confirm));
    isKept = true;
  };

  const store = async (document: LedgerState | MovedLedger): Promise<void> => {
    await unlessLost(writeAtomically(file, ledgerText(document), { files, confirm }));
    isKept = true;
    own = { lineage: document.lineage, serial: document.serial, stamp: await stampOf(file, files) };
  };

  const write = async (state: LedgerState): Promise<void> => {
    await confirm();
    const before = await stored();
    // A write that failed after its rename has stored its state all the same: trying it again is no conflict.
    const isRepeated = before !== undefined && isSame(before, state) && unsure === state.serial;
    const refused = isRepeated ? undefined : conflict(before, state, location);
    if (refused !== undefined) throw refused;
    unsure = state.serial;
    if (before !== undefined && "entries" in before) await keep(before);
    await store(state);
    unsure = undefined;
  };

  const replace = async (document: LedgerState | MovedLedger): Promise<void> => {
    await confirm();
    const before = await look();
    if (before.type === "ledger") await keep(before.ledger);
    if (before.type === "damaged") await keep(undefined);
    await store(document);
  };

  const enqueue = oneByOne(location);
  const check = async (): Promise<void> => {
    if (!(await held.renew())) throw lockLost(location);
  };

  return {
    write: (state) => enqueue(() => write(state), "write the ledger"),
    replace: (document) => enqueue(() => replace(document), "write the ledger"),
    check: () =>
      check().catch((error: unknown) => {
        throw fileFault(error, "look at the lock of the ledger", location);
      }),
    release: () => enqueue(held.release, "release the lock of the ledger"),
    ...(held.diedAt === undefined ? {} : { diedAt: held.diedAt }),
  };
}

/** Runs works one after the other, in the order of the calls; a failure is `E_LEDGER` and keeps none of the later ones. */
function oneByOne(location: string): (work: () => Promise<void>, doing: string) => Promise<void> {
  let queue: Promise<void> = Promise.resolve();
  return (work, doing) => {
    const done = queue.then(work).catch((error: unknown) => {
      throw fileFault(error, doing, location);
    });
    queue = done.catch(() => undefined);
    return done;
  };
}

async function stampOf(file: string, files: Files): Promise<string> {
  const { ino, size, mtimeNs } = await files.stat(file, { bigint: true });
  return `${ino}.${size}.${mtimeNs}`;
}
