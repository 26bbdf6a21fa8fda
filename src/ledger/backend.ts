import type { LedgerState } from "../core/ledger.ts";

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

/** The right to write one ledger. */
export type LedgerLock = {
  /**
   * Replaces the ledger. The state's serial must be one above what is stored and its lineage the same; otherwise
   * `E_LEDGER` and nothing is written; where the lock was lost, `E_LOCKED`. Durable when it resolves.
   */
  write(state: LedgerState): Promise<void>;
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
  /** The stored ledger; undefined where none exists. `E_LEDGER` for one that is truncated, foreign or of another project. */
  read(): Promise<LedgerState | undefined>;
  /** The ledgers of the project's other stacks in the same backend: what they own is not adopted here. */
  others(): Promise<readonly LedgerState[]>;
  /**
   * Takes the lock, waiting at most `timeoutMs` (0: refuse at once) for another holder; else `E_LOCKED` naming the holder. A holder
   * that gives no sign of life for a lease loses it. It is kept, and life shown, until it is released.
   */
  lock(command: string, timeoutMs: number): Promise<LedgerLock>;
};
