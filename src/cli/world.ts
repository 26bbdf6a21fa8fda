import type { Clock, Fetch } from "../core/provider.ts";
import type { Lease } from "../ledger/lease.ts";

/** A stream that text goes to. `columns` and `rows` count on a terminal only. */
export type Sink = {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;
};

/** Where answers to questions come from. */
export type Answers = {
  readonly isTTY: boolean;
  /** One line without its end; undefined at the end of the input, or as soon as the signal aborts. */
  line(signal: AbortSignal): Promise<string | undefined>;
  /** All of the input; undefined where it is longer than that many bytes. Rejects when the signal aborts. */
  all(most: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
};

/** What may end a run from outside. */
export type Signal = "SIGINT" | "SIGTERM";

/** Everything that the command line needs of the outside: tests hand in their own. */
export type World = {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdin: Answers;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Left out: the network, through connection pools that are opened with the first call. */
  readonly fetch?: Fetch;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** A name that nobody has ever drawn before: of a ledger's history, and what a saved plan's digests are salted with. */
  readonly newId: () => string;
  /** Calls `handler` for every signal until the returned function is called. */
  readonly onSignal: (handler: (signal: Signal) => void) => () => void;
  /** Ends the process at once: for the second signal only. */
  readonly exit: (code: number) => void;
  readonly version: string;
  /** How long a lock lasts without a sign of life; left out: 30 s. */
  readonly lease?: Lease;
};
