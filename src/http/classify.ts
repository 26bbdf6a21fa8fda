import { type CloudAnswer, type ErrorCode, fault } from "../core/errors.ts";
import { type CallError, callError, isCallError } from "./call-error.ts";

/** A call, as far as its failures are concerned. */
export type Call = {
  /** The vendor's name of the action, e.g. `CreateApp`. */
  readonly action: string;
  /** `host` or `host:port`, for messages. */
  readonly endpoint: string;
  /** Whether doing it twice differs from doing it once. */
  readonly mutating: boolean;
};

/** What an answer said beside its status. */
type Said = { readonly cloud?: CloudAnswer | undefined; readonly retryAfterMs?: number | undefined };

/** The name was not resolved, or no way led to the host: nothing was sent. */
const unresolved = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA"]);
const unconnected = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** The request itself is malformed, for example by a line break in a header: it was not sent and never can be. */
const malformed = new Set(["UND_ERR_INVALID_ARG", "ERR_INVALID_URL", "ERR_INVALID_CHAR"]);
const certificate = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;
const handshake = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;

const loopback = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/;
/** A local server is back in moments or not at all. */
const loopbackWaitCapMs = 500;

/**
 * What an error thrown while sending means. Where nothing was sent it is transient; where the answer was lost (closed,
 * reset, timed out) a read is transient and a mutating call has an unknown outcome. A certificate that does not verify
 * is permanent: no second attempt makes it valid. Errors already classified are returned as they are.
 */
export function classifyFailure(error: unknown, call: Call): CallError {
  if (isCallError(error)) return error;
  const code = codeOf(error);
  // Some are told in several lines.
  const told = messageOf(error).trim().replaceAll(/\s+/g, " ");
  const reason = code === undefined ? told : `${told} (${code})`;
  if (malformed.has(code ?? ""))
    return permanent("E_INTERNAL", `the request could not be formed: ${reason}`, call, error);
  if (certificate.test(code ?? "")) {
    const help =
      "check that the endpoint is the right one; a company's own certificate authority goes into NODE_EXTRA_CA_CERTS";
    return permanent("E_UNREACHABLE", `the certificate of ${call.endpoint} is not valid: ${reason}`, call, error, help);
  }
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return oversized(call, error);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return badAnswer("its body is not UTF-8", call, undefined, error);
  return notSent(code, reason, call, error) ?? lostAnswer(error, reason, call);
}

/**
 * What an HTTP status means where it alone decides: 429 is throttled; 5xx is transient for a read and of unknown outcome
 * for a mutating call; a redirect is a bad answer. Undefined for everything else, which the caller reads itself.
 */
export function classifyStatus(status: number, call: Call, said: Said = {}): CallError | undefined {
  const cloud = said.cloud ?? { action: call.action, status };
  const rest = said.retryAfterMs === undefined ? {} : { retryAfterMs: said.retryAfterMs };
  const answered = `${call.action}: ${call.endpoint} answered HTTP ${status}`;
  if (status === 429)
    return callError("throttled", fault("E_THROTTLED", `${answered}: too many calls`, { cloud }), rest);
  if (status >= 500) {
    const kind = call.mutating ? "unknown-outcome" : "transient";
    return callError(kind, doubtful("E_CLOUD", answered, call, { cloud }), rest);
  }
  if (status < 300 || status >= 400) return undefined;
  const help = "cairn sends credentials to no other place than the endpoint; check `endpoint` in cairn.yaml";
  return callError(
    "permanent",
    fault("E_BAD_ANSWER", `${answered}, a redirect, which cairn does not follow`, { help, cloud }),
  );
}

/** An answer that cannot be understood: a read may be tried again, of a mutating call nobody knows whether it was done. */
export function badAnswer(
  what: string,
  call: Call,
  cloud: CloudAnswer = { action: call.action },
  cause?: unknown,
): CallError {
  const diagnostic = doubtful("E_BAD_ANSWER", `${call.action}: ${call.endpoint} gave a bad answer: ${what}`, call, {
    cloud,
  });
  return callError(call.mutating ? "unknown-outcome" : "transient", diagnostic, { cause });
}

function oversized(call: Call, cause: unknown): CallError {
  const answer = badAnswer("its body is larger than cairn reads", call, undefined, cause);
  return call.mutating ? answer : callError("permanent", answer.diagnostic, { cause });
}

function notSent(code: string | undefined, reason: string, call: Call, cause: unknown): CallError | undefined {
  const unreachable = (what: string, help: string, waitCapMs?: number): CallError => {
    const message = `${call.action}: cannot reach ${call.endpoint}: ${what}`;
    const diagnostic = fault("E_UNREACHABLE", message, { help, cloud: { action: call.action } });
    return callError("transient", diagnostic, waitCapMs === undefined ? { cause } : { cause, waitCapMs });
  };
  if (unresolved.has(code ?? "")) {
    return unreachable(
      `its name is not known: ${reason}`,
      "check `endpoint` and `region` in cairn.yaml, and this machine's name service",
    );
  }
  if (handshake.test(code ?? "") || messageOf(cause).includes("before secure TLS connection")) {
    return unreachable(
      `no TLS connection: ${reason}`,
      "check scheme (https or http) and port of `endpoint` in cairn.yaml",
    );
  }
  if (!unconnected.has(code ?? "")) return undefined;
  return loopback.test(call.endpoint)
    ? unreachable(reason, "is the emulator running? start it with: cairn emulator", loopbackWaitCapMs)
    : unreachable(reason, "check `endpoint` in cairn.yaml, and the way from this machine to it");
}

function lostAnswer(cause: unknown, reason: string, call: Call): CallError {
  const timedOut = cause instanceof Error && cause.name === "TimeoutError";
  const what = timedOut ? "no answer in time" : `the answer was lost: ${reason}`;
  const diagnostic = doubtful("E_UNREACHABLE", `${call.action}: ${call.endpoint}: ${what}`, call, {
    cloud: { action: call.action },
  });
  return callError(call.mutating ? "unknown-outcome" : "transient", diagnostic, { cause });
}

/** The diagnostic of a call that may have been done: its own code for a read, `E_UNKNOWN_OUTCOME` for a mutating call. */
function doubtful(code: ErrorCode, message: string, call: Call, rest: { readonly cloud: CloudAnswer }) {
  if (!call.mutating) return fault(code, message, rest);
  const help = "run the same command again: cairn looks at the object before it sends anything";
  return fault("E_UNKNOWN_OUTCOME", `${message}; whether it was done is not known`, { ...rest, help });
}

function permanent(code: ErrorCode, message: string, call: Call, cause: unknown, help?: string): CallError {
  const rest = { cloud: { action: call.action }, ...(help === undefined ? {} : { help }) };
  return callError("permanent", fault(code, `${call.action}: ${message}`, rest), { cause });
}

/** The code of the error or of what caused it: fetch-like clients wrap what the socket said. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "code" in error && typeof error.code === "string" ? error.code : codeOf(error.cause);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A host with several addresses: the first failure speaks for all.
  if (error instanceof AggregateError && error.message === "") return messageOf(error.errors[0]);
  return error.message === "" ? error.name : error.message;
}
