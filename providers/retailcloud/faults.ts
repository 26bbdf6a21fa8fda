import { type CloudAnswer, type ErrorCode, fault } from "../../src/core/errors.ts";
import { type CallError, callError } from "../../src/http/call-error.ts";

/** The ways in which the API refuses a call, each with what it means for the caller. First match wins. */
const refusals: readonly {
  readonly when: (cloud: CloudAnswer) => boolean;
  readonly code: ErrorCode;
  readonly text: string;
  readonly help?: string;
}[] = [
  {
    when: ({ code = "" }) => /^(SignatureDoesNotMatch|IncompleteSignature)/.test(code),
    code: "E_CREDENTIALS",
    text: "the signature is not accepted",
    help: "check accessKeySecret: it does not belong to accessKeyId, or was copied incompletely",
  },
  {
    when: ({ code = "" }) => /^(InvalidAccessKeyId|InvalidAccessKeySecret|MissingAccessKeyId)/.test(code),
    code: "E_CREDENTIALS",
    text: "the access key is not accepted",
    help: "check accessKeyId: it does not exist at this endpoint, or is disabled",
  },
  {
    when: ({ code = "" }) => /SecurityToken/.test(code),
    code: "E_CREDENTIALS",
    text: "the security token is not accepted",
    help: "get new temporary keys, and give key, secret and token of the same set",
  },
  {
    when: ({ code = "" }) => /^(InvalidTimeStamp|IllegalTimestamp)/.test(code),
    code: "E_CREDENTIALS",
    text: "the date of the signature is not accepted",
    help: "set this machine's clock",
  },
  {
    when: ({ code }) => code === "102000",
    code: "E_REFUSED",
    text: "not admitted: changes are frozen, and the account has no admission credential",
    help: "nothing was done; run again when the freeze is over, or ask the platform for a credential",
  },
  {
    when: ({ code }) => code === "102001",
    code: "E_REFUSED",
    text: "waiting for approval: the admission credential is under review",
    help: "nothing was done; run again when it has been approved",
  },
  {
    when: ({ status, code = "" }) => code === "3" || status === 403 || /^(Forbidden|NoPermission)/.test(code),
    code: "E_REFUSED",
    text: "the account may not do this",
    help: "give the account the right to this action, or use another account's keys",
  },
];

/** What a refusal by the API means: which error, and whether sending again can help. */
export function refusalOf(cloud: CloudAnswer, endpoint: string, rest: { retryAfterMs?: number } = {}): CallError {
  const answered = `${cloud.action}: ${endpoint}`;
  if (cloud.status === 429 || /^Throttling/.test(cloud.code ?? "")) {
    return callError("throttled", fault("E_THROTTLED", `${answered} asks for fewer calls`, { cloud }), rest);
  }
  const known = refusals.find(({ when }) => when(cloud));
  if (known === undefined) {
    const what = cloud.code === undefined ? `HTTP ${cloud.status}` : `code ${cloud.code}`;
    return callError("permanent", fault("E_CLOUD", `${answered} answered with ${what}`, { cloud }));
  }
  const { code, text, help } = known;
  return callError(
    "permanent",
    fault(code, `${answered}: ${text}`, { cloud, ...(help === undefined ? {} : { help }) }),
  );
}

/** How a service speaks of its own condition, as far as the vendor's other services let one guess. */
const ailingCode = /^5\d\d|system|internal|busy|timeout|unavailable/i;
const ailingMessage = /系统|繁忙|超时|内部|internal error|system error|busy|timed? ?out|unavailable/i;

/**
 * True where the API, asked for one object, says that there is none: a failure of the call itself that is neither about
 * rights nor about the service's own condition. The vendor documents no code for it.
 */
export function saysAbsent({
  code,
  cloud,
}: {
  readonly code: ErrorCode;
  readonly cloud?: CloudAnswer | undefined;
}): boolean {
  if (code !== "E_CLOUD" || cloud === undefined) return false;
  return !ailingCode.test(cloud.code ?? "") && !ailingMessage.test(cloud.message ?? "");
}
