import type { RetryPolicy } from "../http/retry.ts";

/** A text as a store holds it. */
export type StoredText = {
  readonly text: string;
  /** Another one after every write of another text. */
  readonly tag: string;
};

/**
 * Texts by name, outside this machine, with the one operation that several writers need: a write that is done only where
 * nobody has written since. What is written under a name must never be written there again word for word, because a store may
 * tell texts apart by their content alone, and because only so a write whose answer was lost is recognised. Rejects with
 * `CairnError`s that say what the store, or the way to it, has against it.
 */
export type ConditionalStore = {
  /** Undefined where it is certain that there is none. */
  read(name: string): Promise<StoredText | undefined>;
  /**
   * Writes a text in the place of the one with the tag `over`; without a tag, only where there is none. `conflict`: there is
   * another one, or none any more, and nothing was written. A lost answer is settled by looking: where this rejects, the
   * write may still be done later, but only in the place of what it was to replace.
   */
  write(name: string, text: string, over: string | undefined): Promise<{ readonly tag: string } | "conflict">;
  /** Removes a text whatever it is; harmless where there is none. */
  remove(name: string): Promise<void>;
  /** The names that begin with `prefix`, sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /** Ends every connection; harmless when called twice. */
  close(): Promise<void>;
};

/**
 * How long a store is asked again: short enough that a lock can be renewed within its lease. No signal ends the waits: after an
 * interrupt, what a run has done is still to be recorded.
 */
export const storePatience: Omit<RetryPolicy, "clock" | "random"> = {
  attempts: 6,
  budgetMs: 15_000,
  pace: 1,
  signal: new AbortController().signal,
};

/** What to do where a store keeps no conditions: without them there is no lock. */
export const noConditions =
  "keep the ledger in a store that honours If-None-Match and If-Match when an object is written, or in PostgreSQL (`backend: pg`)";
