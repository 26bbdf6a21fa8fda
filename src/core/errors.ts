import type { Address } from "./address.ts";

/**
 * Every code that a user can meet. `refusals` end a run with exit 4, the others with 1 (or 3 after a mutating call).
 */
export type ErrorCode =
  | "E_USAGE"
  | "E_CONFIG"
  | "E_READ"
  | "E_YAML"
  | "E_MANIFEST"
  | "E_UNKNOWN_KIND"
  | "E_UNKNOWN_FIELD"
  | "E_FIELD"
  | "E_DUPLICATE"
  | "E_REFERENCE"
  | "E_CYCLE"
  | "E_VARIABLE"
  | "E_FILE"
  | "E_SECRET"
  | "E_AMBIGUOUS"
  | "E_ADOPT"
  | "E_OWNED_ELSEWHERE"
  | "E_OTHER_CLOUD"
  | "E_CANNOT_UNSET"
  | "E_CANNOT_REPLACE"
  | "E_CANNOT_DELETE"
  | "E_NO_UPDATE"
  | "E_TARGET"
  | "E_PROTECTED"
  | "E_GUARD"
  | "E_VANISHED"
  | "E_STALE_PLAN"
  | "E_LOCKED"
  | "E_LEDGER"
  | "E_NO_LEDGER"
  | "E_CONFIRM"
  | "E_CREDENTIALS"
  | "E_CLOUD"
  | "E_REFUSED"
  | "E_THROTTLED"
  | "E_UNREACHABLE"
  | "E_UNKNOWN_OUTCOME"
  | "E_INCOMPLETE"
  | "E_BAD_ANSWER"
  | "E_NOT_READY"
  | "E_NOT_CONVERGED"
  | "E_WAITING"
  | "E_HELD"
  | "E_ACCEPT"
  | "E_BLOCKED"
  | "E_INTERRUPTED"
  | "E_INTERNAL";

/** The codes that mean "refused" (exit 4): a guard, a protection, a stale plan, another's lock or rollout, another cloud. */
export const refusals: ReadonlySet<ErrorCode> = new Set([
  "E_PROTECTED",
  "E_GUARD",
  "E_VANISHED",
  "E_STALE_PLAN",
  "E_LOCKED",
  "E_OTHER_CLOUD",
  "E_BLOCKED",
]);

/** A place in a file of the project; line and column count from 1. */
export type Place = { readonly file: string; readonly line?: number; readonly column?: number };

/** What the cloud itself said, word for word. */
export type CloudAnswer = {
  readonly action: string;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
};

/** One thing that is wrong, with everything that a reader needs to cure it. */
export type Diagnostic = {
  readonly severity: "error" | "warning";
  readonly code: ErrorCode;
  readonly place?: Place;
  readonly address?: Address;
  readonly field?: string;
  /** Lower case, names the wrong value; for faults of manifests also the cure behind a semicolon. */
  readonly message: string;
  /** The next thing to do, where the sentence does not say it. */
  readonly help?: string;
  readonly cloud?: CloudAnswer;
  /** More that was found out about it, in lines of text: events, the end of a log. */
  readonly details?: readonly string[];
};

/** The one error of cairn: it carries diagnostics, which the command line prints. */
export class CairnError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map((one) => one.message).join("\n"), options);
    this.name = "CairnError";
    this.diagnostics = diagnostics;
  }

  /** The code of the first diagnostic. */
  get code(): ErrorCode {
    return this.diagnostics[0]?.code ?? "E_INTERNAL";
  }
}

/** A diagnostic of severity error. */
export function fault(
  code: ErrorCode,
  message: string,
  rest: Omit<Diagnostic, "severity" | "code" | "message"> = {},
): Diagnostic {
  return { severity: "error", code, message, ...rest };
}

/** Shorthand for an error with a single diagnostic. */
export function failure(
  code: ErrorCode,
  message: string,
  rest: Omit<Diagnostic, "severity" | "code" | "message"> = {},
): CairnError {
  return new CairnError([fault(code, message, rest)]);
}
