import { type CairnError, failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { writeAtomically } from "./atomic-write.ts";
import type { LedgerLock } from "./backend.ts";
import { fileFault } from "./file-fault.ts";
import { type Files, systemFiles } from "./files.ts";
import { ledgerText } from "./ledger-document.ts";
import type { HeldLock } from "./take-lock.ts";

/** What the writes of one lock work on. */
export type Writing = {
  readonly file: string;
  readonly location: string;
  readonly held: HeldLock;
  /** The stored ledger, checked. */
  readonly read: () => Promise<LedgerState | undefined>;
  readonly files?: Files;
};

/** Which state a file holds: enough to compare, without the entries. */
type Version = Pick<LedgerState, "lineage" | "serial">;

/**
 * The right to write a ledger file, while its lock is held. Writes run one after the other, in the order of the calls, and
 * release waits for them. Before each, lock, lineage and serial are compared with what is stored, and the lock once more
 * when the new text lies ready: whoever takes the lock later than that sweeps the text away before he reads the ledger, so
 * that a process stopped at any point overwrites nothing when it wakes up.
 */
export function openWriter({ file, location, held, read, files = systemFiles }: Writing): LedgerLock {
  // What this lock wrote last, so that the file is not parsed again as long as nobody else has touched it.
  let own: (Version & { readonly stamp: string }) | undefined;
  // The serial of a write that failed, perhaps after its rename.
  let unsure: number | undefined;
  let queue: Promise<void> = Promise.resolve();

  const stored = async (): Promise<Version | undefined> =>
    own !== undefined && own.stamp === (await stampOf(file, files).catch(() => "")) ? own : await read();

  const confirm = async (): Promise<void> => {
    if (!(await held.isStillHeld())) throw lost(location);
  };

  const store = async (state: LedgerState): Promise<void> => {
    try {
      await writeAtomically(file, ledgerText(state), { files, confirm });
    } catch (error) {
      // Whoever has the lock now has swept our text away: that says more than that it is missing.
      await confirm();
      throw error;
    }
  };

  const write = async (state: LedgerState): Promise<void> => {
    await confirm();
    const before = await stored();
    // A write that failed after its rename has stored its state all the same: trying it again is no conflict.
    const isRepeated = before !== undefined && sameVersion(before, state) && unsure === state.serial;
    const refused = isRepeated ? undefined : conflict(before, state, location);
    if (refused !== undefined) throw refused;
    unsure = state.serial;
    await store(state);
    own = { lineage: state.lineage, serial: state.serial, stamp: await stampOf(file, files) };
    unsure = undefined;
  };

  const enqueue = (work: () => Promise<void>, doing: string): Promise<void> => {
    const done = queue.then(work).catch((error: unknown) => {
      throw fileFault(error, doing, location);
    });
    queue = done.catch(() => undefined);
    return done;
  };

  const check = async (): Promise<void> => {
    if (!(await held.renew())) throw lost(location);
  };

  return {
    write: (state) => enqueue(() => write(state), "write the ledger"),
    check: () =>
      check().catch((error: unknown) => {
        throw fileFault(error, "look at the lock of the ledger", location);
      }),
    release: () => enqueue(held.release, "release the lock of the ledger"),
    ...(held.diedAt === undefined ? {} : { diedAt: held.diedAt }),
  };
}

function conflict(stored: Version | undefined, state: Version, location: string): CairnError | undefined {
  const place = { file: location };
  const help = "nothing was overwritten; run the command again: it starts from what is stored now";
  if (stored !== undefined && stored.lineage !== state.lineage) {
    const message = `another ledger lies in its place: lineage ${stored.lineage} instead of ${state.lineage}`;
    return failure("E_LEDGER", message, { place, help });
  }
  const serial = stored?.serial ?? 0;
  if (serial + 1 === state.serial) return undefined;
  const found = stored === undefined ? "the ledger is gone" : `the ledger is at serial ${serial}`;
  return failure("E_LEDGER", `${found}, expected serial ${state.serial - 1}: somebody else has changed it`, {
    place,
    help,
  });
}

function lost(location: string): CairnError {
  const help =
    "another run took it because this one had given no sign of life, or somebody ran `cairn ledger unlock`; run the command " +
    "again when no other run is at work";
  const message = "the lock on the ledger was lost: nothing more is written or changed";
  return failure("E_LOCKED", message, { place: { file: location }, help });
}

async function stampOf(file: string, files: Files): Promise<string> {
  const { ino, size, mtimeNs } = await files.stat(file, { bigint: true });
  return `${ino}.${size}.${mtimeNs}`;
}

function sameVersion(left: Version, right: Version): boolean {
  return left.lineage === right.lineage && left.serial === right.serial;
}
