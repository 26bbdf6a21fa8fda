import { CairnError, type Diagnostic } from "../core/errors.ts";

/**
 * What a failed call means for the next step: `throttled` and `transient` were not done and may be sent again;
 * `unknown-outcome` may have been done, so the object is looked up first; `conflict` was not done because of something else in
 * the cloud: it may be sent again where the error says when (`retryAfterMs`), and needs a fresh look at the object where it
 * does not; `permanent` fails however often it is sent.
 */
export type CallClass = "throttled" | "transient" | "unknown-outcome" | "conflict" | "permanent";

/**
 * A failed call: the one error of cairn with its class written on it. `unknown-outcome` always carries the code
 * `E_UNKNOWN_OUTCOME`, by which layers that know no HTTP recognise it.
 */
export type CallError = CairnError & {
  readonly class: CallClass;
  readonly diagnostic: Diagnostic;
  /** The server's own wish, in milliseconds. */
  readonly retryAfterMs?: number;
  /** No single wait before the next attempt is longer than this: what failed is back in moments or not at all. */
  readonly waitCapMs?: number;
};

/** What may be known about a failed call beyond its class and diagnostic. */
type Rest = Pick<CallError, "retryAfterMs" | "waitCapMs"> & { readonly cause?: unknown };

/** Builds a failed call's error. */
export function callError(kind: CallClass, diagnostic: Diagnostic, { cause, ...rest }: Rest = {}): CallError {
  return Object.assign(new CairnError([diagnostic], { cause }), { class: kind, diagnostic, ...rest });
}

/** True for errors built by `callError`. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof CairnError && "class" in error;
}
