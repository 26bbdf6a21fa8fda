import type { LedgerState } from "../core/ledger.ts";
import { writeAtomically } from "./atomic-write.ts";
import { type Files, systemFiles } from "./files.ts";
import type { HeldLock } from "./held-lock.ts";
import { ledgerText } from "./ledger-document.ts";
import type { LedgerHistory } from "./ledger-history.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import { lockLost, type Version } from "./ledger-version.ts";
import type { StoredLedger } from "./stored-ledger.ts";

/** A ledger file and what it is written with. */
export type LedgerFile = {
  readonly file: string;
  readonly location: string;
  readonly held: HeldLock;
  /** The stored ledger, checked. */
  readonly read: () => Promise<LedgerState | undefined>;
  readonly look: () => Promise<StoredLedger>;
  readonly history: Pick<LedgerHistory, "keep">;
  readonly files?: Files;
};

/**
 * A ledger file while its lock is held. The lock is looked at once more when the new text lies ready: whoever takes the lock later
 * than that sweeps the text away before he reads the ledger, so that a process stopped at any point overwrites nothing when it
 * wakes up.
 */
export function openLedgerFile(ledger: LedgerFile): LedgerPlace {
  const { file, location, held, read, look, history, files = systemFiles } = ledger;
  // What this lock wrote last, so that the file is not parsed again as long as nobody else has touched it.
  let own: (Version & { readonly stamp: string }) | undefined;

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

  return {
    stored: async () =>
      own !== undefined && own.stamp === (await stampOf(file, files).catch(() => "")) ? own : await read(),
    look,
    keep: (before) => unlessLost(history.keep(before, confirm)),
    store: async (document) => {
      await unlessLost(writeAtomically(file, ledgerText(document), { files, confirm }));
      own = { lineage: document.lineage, serial: document.serial, stamp: await stampOf(file, files) };
    },
  };
}

async function stampOf(file: string, files: Files): Promise<string> {
  const { ino, size, mtimeNs } = await files.stat(file, { bigint: true });
  return `${ino}.${size}.${mtimeNs}`;
}
