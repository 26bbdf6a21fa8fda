import type { LedgerState } from "../core/ledger.ts";
import type { KeptLedger } from "./kept-ledger.ts";
import type { MovedLedger } from "./moved-ledger.ts";
import type { StoredLedger } from "./stored-ledger.ts";

/** Who holds a lock, for the message that refuses the second one. */
export type LockHolder = {
  readonly pid: number;
  readonly host: string;
  /** The machine's boot id: a pid of another boot is dead. */
  readonly boot: string;
  readonly user: string;
  readonly command: string;
  /** ISO time. */
  readonly since: string;
};

/** What is known of a lock: its holder, `unknown` where its record is not readable, undefined for no lock. */
export type FoundHolder = LockHolder | "unknown" | undefined;

/** The right to write one ledger. */
export type LedgerLock = {
  /**
   * Replaces the ledger. The state's serial must be one above what is stored and its lineage the same; otherwise
   * `E_LEDGER` and nothing is written; where the lock was lost, `E_LOCKED`. Durable when it resolves. The first write of a
   * lock keeps what was stored before in the history; where that fails, `E_LEDGER`, and the ledger stays as it was.
   */
  write(state: LedgerState): Promise<void>;
  /**
   * Puts a ledger of any lineage and serial, or the note that it was moved away, in the place of whatever is stored, be that
   * damaged, or of nothing: for who has looked at what is stored while it holds this lock. All else is as with `write`.
   */
  replace(document: LedgerState | MovedLedger): Promise<void>;
  /**
   * Begins a new lease; to be called before anything is changed in the cloud. Rejects with `E_LOCKED` where the lock was lost:
   * this process was stopped for longer than its lease, and another one has it now, or somebody removed it.
   */
  check(): Promise<void>;
  /**
   * When the run that died with this lock gave its last sign of life, in milliseconds since 1970: what it sent, it had sent by
   * then. Absent where the lock was free.
   */
  readonly diedAt?: number;
  /** Gives the lock back; harmless when called twice. */
  release(): Promise<void>;
};

/** Where the ledger of one project and stack lives. */
export type LedgerBackend = {
  /** For messages: a path or a URL without credentials. */
  readonly location: string;
  /** Where the ledger is a file: its path, absolute or seen from the project folder. */
  readonly file?: string;
  /** The same text for two backends that lead to the same place, however that was written; without credentials. */
  readonly place: string;
  /**
   * The stored ledger; undefined where none exists. `E_LEDGER` for one that is truncated, foreign or of another project, and
   * where the ledger was moved away.
   */
  read(): Promise<LedgerState | undefined>;
  /**
   * What lies in the ledger's place, be it no ledger that can be read: for who is about to `replace` it. `E_LEDGER` only for what
   * is not this ledger's to replace: another project's or stack's, what is no ledger at all, or what a newer version wrote.
   */
  look(): Promise<StoredLedger>;
  /**
   * The ledgers of the project's other stacks in the same backend: what they own is not adopted here. Those that were moved away
   * are not among them.
   */
  others(): Promise<readonly LedgerState[]>;
  /**
   * Takes the lock, waiting at most `timeoutMs` (0: refuse at once) for another holder; else `E_LOCKED` naming the holder. A holder
   * that gives no sign of life for a lease loses it. It is kept, and life shown, until it is released.
   */
  lock(command: string, timeoutMs: number): Promise<LedgerLock>;
  /** Who holds the lock. Changes nothing. */
  holder(): Promise<FoundHolder>;
  /** Removes the lock, whoever holds it, and returns who held it. */
  unlock(): Promise<FoundHolder>;
  /** The versions that are kept, newest first: the ledger as it stood before each of the last runs that wrote. Reads none of them. */
  history(): Promise<readonly KeptLedger[]>;
  /** A kept version, the newest of its serial; undefined where it is not kept. `E_LEDGER` for one that is damaged or foreign. */
  kept(serial: number): Promise<LedgerState | undefined>;
  /** Ends all connections; harmless when called twice. */
  close(): Promise<void>;
};
