import type { Clock } from "./clock.ts";
import type { Target } from "./faults.ts";
import type { Key } from "./key.ts";
import type { Answer, Incoming } from "./request.ts";
import type { AccountStore } from "./sections.ts";

/** How a call finds the world when it is carried out. */
export type Circumstances = {
  /** A list shows what stood this many milliseconds ago; 0 shows the present. */
  readonly lagMs: number;
  /** A list without a filter omits rows. */
  readonly vanish: boolean;
  /** What the call sets going ends badly; undefined when it ends well. */
  readonly fails: Failure | undefined;
};

/**
 * How work that goes on after the answer fails: its pods do not start, or all of it. `code` and `reason` replace the usual ones;
 * `ms` is how long it goes on looking as if it were under way.
 */
export type Failure = {
  readonly what: "pods" | "work";
  readonly ms: number;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
};

/** A trouble that a cloud tells in its own words. */
export type Trouble = "throttle" | "http500" | "http503" | "refused";

/** A request that an API recognised as one of its own. */
export type Call = Target & {
  /** As received, lists flattened. */
  readonly params: Readonly<Record<string, string>>;
  /** Verifies the signature: the caller's account, or the refusal. */
  admit(): { readonly account: string } | Answer;
  /** Checks the parameters and does the call at once. Never throws for what a caller can get wrong. */
  perform(account: string, circumstances: Circumstances): Answer;
  /** How this API says that something went wrong; `code` replaces its usual error code. */
  trouble(kind: Trouble, code: string | undefined): Answer;
};

/** One cloud API. A folder beside this file holds each. */
export type Api = {
  /** Undefined when the request is not for this API. */
  recognise(request: Incoming): Call | undefined;
  /** Forgets what it remembers besides the stores, such as nonces. */
  forget(): void;
};

/** What an API is given to play with. */
export type World = {
  readonly keys: readonly Key[];
  readonly wire: "sdk" | "manual";
  /** Rows on a page at most, where an API's own limit is not wanted; a larger page size is reduced to it. */
  readonly pageLimit: number | undefined;
  /** The real time in milliseconds; signatures are dated by it. */
  readonly real: () => number;
  readonly clock: Clock;
  storeOf(account: string): AccountStore;
  /** A new 64-bit id in decimal, unique over all accounts; ids grow. */
  nextId(): string;
  /** A new request id in the form of a UUID; the same sequence after every reset. */
  nextRequestId(): string;
};
