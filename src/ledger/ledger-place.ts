import type { LedgerState } from "../core/ledger.ts";
import type { Version } from "./ledger-version.ts";
import type { MovedLedger } from "./moved-ledger.ts";
import type { StoredLedger } from "./stored-ledger.ts";

/**
 * Where a ledger lies, for the one who holds its lock. Rejects with what the medium says; with `E_LOCKED` where the lock turns out to be
 * somebody else's by now.
 */
export type LedgerPlace = {
  /** What is stored, checked. A version is enough of what was written last under this lock; undefined where there is nothing. */
  stored(): Promise<LedgerState | Version | undefined>;
  /** What is stored, be it no ledger that can be read. */
  look(): Promise<StoredLedger>;
  /** Keeps what is stored in the history, `undefined` for what cannot be read as a ledger: durable when it resolves. */
  keep(stored: LedgerState | undefined): Promise<void>;
  /** Puts a document in the place of what is stored, durably. */
  store(document: LedgerState | MovedLedger): Promise<void>;
};
