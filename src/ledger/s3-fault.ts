import { type CloudAnswer, fault } from "../core/errors.ts";
import type { Answer } from "../http/attempt.ts";
import { type CallError, callError } from "../http/call-error.ts";
import { badAnswer, type Call, classifyStatus } from "../http/classify.ts";
import { durationText } from "../http/duration.ts";
import { retryAfter } from "../http/retry-after.ts";
import { noConditions } from "./conditional-store.ts";
import type { S3Settings } from "./s3-settings.ts";
import { textOf } from "./xml-text.ts";

const permissions =
  "the key needs s3:GetObject, s3:PutObject and s3:DeleteObject for the objects of the ledger, and s3:ListBucket for the bucket " +
  "(without that, an object that is not there is answered like this)";

type Cure = (settings: S3Settings, answer: Answer, now: number) => string;

/** What to do about a refusal, by the code that S3 and its likes give. */
const cures: Readonly<Record<string, Cure>> = {
  NoSuchBucket: ({ bucket, region }) => `make the bucket ${bucket} in ${region}, or correct \`ledger.bucket\``,
  AccessDenied: () => permissions,
  AllAccessDisabled: () => permissions,
  InvalidAccessKeyId: () => "check the access key: it does not exist at this store",
  SignatureDoesNotMatch: () => "check the secret access key, and `ledger.region`",
  ExpiredToken: () => "fetch new temporary keys: these have ended",
  InvalidToken: () => "check AWS_SESSION_TOKEN: it does not belong to the keys",
  RequestTimeTooSkewed: (_, { headers }, now) => skewText(headers.get("date"), now),
  NotImplemented: () => noConditions,
};

/** What another attempt may cure: two writes of one object met, or the store has to slow its callers down. */
const passing = new Set(["ConditionalRequestConflict", "OperationAborted", "RequestTimeout"]);
const throttled = new Set(["SlowDown", "SlowDownRead", "SlowDownWrite", "TooManyRequests"]);

/** True for an answer that proves that there is no such object: a page of a proxy with the same status does not. */
export function saysNoSuchKey({ status, text }: Answer): boolean {
  return status === 404 && textOf(text, "Code") === "NoSuchKey";
}

/**
 * What an answer means that is neither a success, nor that there is no such object, nor that a condition does not hold. Its
 * sentence is to be completed with what could not be done.
 */
export function s3Fault(answer: Answer, settings: S3Settings, call: Call, now: number): CallError {
  const { status, headers } = answer;
  const cloud = saidBy(answer, call);
  const { code } = cloud;
  const elsewhere = otherRegion(answer, code);
  if (elsewhere !== undefined) return redirected(elsewhere, settings, call, cloud);
  const retryAfterMs = retryAfter(headers.get("retry-after"), now);
  const known = classifyStatus(statusMeant(status, code), call, { cloud, retryAfterMs });
  if (known !== undefined) return known;
  if (code === undefined) return badAnswer(`HTTP ${status} without a reason`, call, cloud);
  const message = `${call.action}: ${call.endpoint} answered HTTP ${status}, ${code}`;
  if (passing.has(code)) return callError("transient", fault("E_CLOUD", message, { cloud }));
  const cure = cures[code]?.(settings, answer, now) ?? (status === 403 ? permissions : undefined);
  return callError("permanent", fault("E_CLOUD", message, { cloud, ...(cure === undefined ? {} : { help: cure }) }));
}

/** The store's own words. */
function saidBy({ status, text, headers }: Answer, { action }: Call): CloudAnswer {
  const code = textOf(text, "Code");
  const message = textOf(text, "Message");
  const requestId = headers.get("x-amz-request-id") ?? textOf(text, "RequestId");
  return {
    action,
    status,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** A store that lacks a function says so with a status of failing servers, and asking again does not help. */
function statusMeant(status: number, code = ""): number {
  if (throttled.has(code)) return 429;
  return status === 501 || code === "NotImplemented" ? 400 : status;
}

/** Where the bucket really lies: undefined for an answer that is no redirect, "" where it does not say. */
function otherRegion({ status, headers, text }: Answer, code: string | undefined): string | undefined {
  const region = headers.get("x-amz-bucket-region") ?? textOf(text, "Region");
  if (status >= 300 && status < 400) return region ?? "";
  return code === "AuthorizationHeaderMalformed" ? region : undefined;
}

/** Credentials go to the configured place only, so nothing is followed. */
function redirected(region: string, { bucket }: S3Settings, call: Call, cloud: CloudAnswer): CallError {
  const isNamed = /^[a-z0-9-]+$/.test(region);
  const message = isNamed
    ? `${call.action}: the bucket ${bucket} lies in the region ${region}`
    : `${call.action}: ${call.endpoint} answered HTTP ${cloud.status}, a redirect, which cairn does not follow`;
  const help = isNamed
    ? `set \`ledger.region: ${region}\` in cairn.yaml`
    : "cairn sends credentials to no other place than the endpoint; check `ledger.endpoint` and `ledger.region` in cairn.yaml";
  return callError("permanent", fault("E_CLOUD", message, { help, cloud }));
}

function skewText(date: string | null, now: number): string {
  const theirs = Date.parse(date ?? "");
  const side = now > theirs ? "ahead of" : "behind";
  const by = Number.isNaN(theirs) ? "" : `: it is ${durationText(Math.abs(now - theirs))} ${side} the store's`;
  return `set this machine's clock${by}`;
}
