import type { z } from "zod";
import type { Clock, Fetch } from "../core/provider.ts";
import type { Fields } from "../core/values.ts";
import type { LedgerBackend } from "./backend.ts";
import type { Lease } from "./lease.ts";

/** Whose ledger is opened, and what every backend works with. */
export type LedgerWorld = {
  readonly project: string;
  readonly stack?: string;
  /** The project folder. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** In [0, 1); left out: chance. */
  readonly random?: () => number;
  /** Left out: the network. */
  readonly fetch?: Fetch;
  /** Ends a wait for the lock. */
  readonly signal?: AbortSignal;
  /** How long a lock lasts without a sign of life; `defaultLease` where left out. */
  readonly lease?: Lease;
  /** Told once when the lock is waited for: who holds it. */
  readonly onWait?: (holder: string) => void;
};

/** A sort of place that ledgers lie in, as `backend` under `ledger` in cairn.yaml names it. */
export type BackendKind = {
  /** What `ledger` takes there, `backend` included. */
  readonly settings: z.ZodObject;
  /** Opens the ledger that settings of this schema lead to; loads what that takes, and makes no connection yet. */
  readonly open: (settings: Fields, world: LedgerWorld) => Promise<LedgerBackend>;
};
