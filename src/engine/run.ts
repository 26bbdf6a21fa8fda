import type { Address } from "../core/address.ts";
import type { Change, Operation } from "../core/change.ts";
import type { Diagnostic, ErrorCode } from "../core/errors.ts";
import type { Kind, Target } from "../core/kind.ts";
import type { Clock } from "../core/provider.ts";
import type { Journal } from "./journal.ts";
import type { Lag } from "./lag.ts";
import type { Connect, Observer } from "./observer.ts";
import type { Targets } from "./wanted.ts";

/** What every step of one apply works with. */
export type Run = Omit<Targets, "made"> & {
  readonly changes: ReadonlyMap<Address, Change>;
  readonly connect: Connect;
  readonly observer: Observer;
  /** How late lists have shown what this run wrote. */
  readonly lag: Lag;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Divides every wait. */
  readonly pace: number;
  /** Ends every wait, and keeps anything new from being sent. */
  readonly signal: AbortSignal;
  /** Salt of digests: the ledger's lineage. */
  readonly salt: string;
  /** What this run created or updated. */
  readonly made: Map<Address, Target>;
  /** What the plan has seen: the identity of each live object, by `ownedKey`. A new object is none of them. */
  readonly seen: ReadonlyMap<string, string>;
  /** `kind#id` of what this run deleted: a list that lags may still show it. */
  readonly gone: Set<string>;
  /** Lets nothing new start: what is done could not be recorded any more. */
  readonly halt: () => void;
  /** Objects that a dead run may still be creating, and the time of the clock from which on it cannot. */
  readonly unsettled: ReadonlyMap<Address, number>;
  readonly tell: (operation: Operation, message: string, percent?: number) => void;
};

/** One operation with its change and its kind. */
export type Task = { readonly operation: Operation; readonly change: Change; readonly kind: Kind };

/**
 * How a call ended. `open` tells that the cloud may have done it, or may do it yet: the intent has to stay in the ledger,
 * so that the next run looks it up.
 */
export type Ended<T> = { readonly result: T } | { readonly fault: Diagnostic; readonly open: boolean };

/** How often a call whose answers get lost is sent. */
const maxSends = 8;

// An interrupt may have come between two calls of one operation, the first of which was done.
const unsure: ReadonlySet<ErrorCode> = new Set([
  "E_UNKNOWN_OUTCOME",
  "E_BAD_ANSWER",
  "E_INCOMPLETE",
  "E_INTERNAL",
  "E_INTERRUPTED",
]);

/** True for a fault of a mutating call that does not tell whether the cloud has done it. */
export function isUnsure({ code }: Diagnostic): boolean {
  return unsure.has(code);
}

/** True where a call that ended so may be sent once more after `sends` times. */
export function mayRepeat({ signal }: Pick<Run, "signal">, { code }: Diagnostic, sends: number): boolean {
  return code === "E_UNKNOWN_OUTCOME" && sends < maxSends && !signal.aborted;
}

/** The fault of a call that may not be sent again: where that is because it was sent too often, it says how often. */
export function spent(fault: Diagnostic, sends: number): Diagnostic {
  if (fault.code !== "E_UNKNOWN_OUTCOME" || sends < maxSends) return fault;
  return { ...fault, message: `${fault.message}; gave up after it was sent ${sends} times, and looked for after each` };
}

/** True for an unknown outcome of which the server itself says that it failed: most likely nothing was done. */
export function isAnswered({ cloud }: Diagnostic): boolean {
  return (cloud?.status ?? 0) >= 500;
}

/** How `Run.gone` names a deleted object. */
export function goneKey(kind: string, id: string): string {
  return `${kind}#${id}`;
}
