import { type CloudAnswer, type ErrorCode, fault } from "../../src/core/errors.ts";
import { isFields, type Value } from "../../src/core/values.ts";
import { type CallError, callError } from "../../src/http/call-error.ts";
import { type Call, classifyStatus } from "../../src/http/classify.ts";

/** What an answer says of the call beside its body. */
export type Rest = { readonly retryAfterMs?: number };

/** Another change of the same cluster is under way. */
const clusterLock = "CCE.01429002";
/** Between two looks whether it is over. */
const lockIntervalMs = 10_000;

/** What keeps a gateway from being changed and passes by itself, and how long to wait before the next try. */
const passing: ReadonlyMap<string, number> = new Map([
  // Something else is under way with it; its operations are locked; a parameter is changed once a minute at most.
  ["APIC.7701", 20_000],
  ["APIC.7712", 20_000],
  ["APIG.3711", 60_000],
]);

/**
 * What an answer says went wrong, whichever service and gateway wrote it: `code` and `message` at the top (CCE), or under
 * `error` (CCE, IAM); `errorCode` and `errorMessage` (CCE); `error_code` and `error_msg` (APIG, and the gateway before all).
 * Where several stand side by side the most precise one counts. The request id stands in the body or in a header.
 */
export function cloudAnswer(
  action: string,
  status: number,
  body: Value | undefined,
  header: string | null,
): CloudAnswer {
  const top = isFields(body) ? body : {};
  const inner = isFields(top["error"]) ? top["error"] : {};
  const code = firstText(inner["code"], top["errorCode"], top["error_code"], top["code"]);
  const message = firstText(inner["message"], top["errorMessage"], top["error_msg"], top["message"]);
  const requestId = firstText(top["request_id"], header);
  return {
    action,
    status,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Codes may be numbers; they count like texts. */
function firstText(...values: readonly (Value | undefined)[]): string | undefined {
  const found = values.find((value) => (typeof value === "string" && value !== "") || typeof value === "number");
  return found === undefined ? undefined : String(found);
}

/**
 * What a failed call means, by its status and code; undefined for a success. `isOurs` tells that the body is one of this cloud's.
 * A cluster's lock is a conflict, not load. HTTP 503 comes from in front of the service, so that a call may be sent again.
 */
export function failureOf(cloud: CloudAnswer, call: Call, isOurs: boolean, rest: Rest): CallError | undefined {
  const { status = 0, code } = cloud;
  const answered = `${cloud.action}: ${call.endpoint} answered HTTP ${status}`;
  if (code === clusterLock) {
    return callError(
      "conflict",
      fault("E_CLOUD", `${answered}: another change of the cluster is under way`, { cloud }),
      { retryAfterMs: lockIntervalMs, ...rest },
    );
  }
  if (status === 503) return callError("transient", fault("E_CLOUD", answered, { cloud }), rest);
  const byStatus = classifyStatus(status, call, { cloud, ...rest });
  if (byStatus !== undefined || status < 400) return byStatus;
  if (!isOurs) {
    const help = "check `endpoint` and `endpoints` in cairn.yaml";
    return callError("permanent", fault("E_BAD_ANSWER", `${answered}, but not as Huawei Cloud does`, { help, cloud }));
  }
  return refusal(cloud, answered, rest);
}

/** The ways in which the cloud refuses a call. First match wins. */
const refusals: readonly {
  readonly when: (cloud: CloudAnswer) => boolean;
  readonly code: ErrorCode;
  readonly text: string;
  readonly help?: string;
}[] = [
  {
    when: ({ status }) => status === 401,
    code: "E_CREDENTIALS",
    text: "the credentials are not accepted",
    help:
      "check accessKey, secretKey and securityToken (temporary keys given there are not renewed: agency and metadata are), or " +
      "token (it lasts 24 hours), or user under providers.huaweicloud, and this machine's clock (15 minutes of difference " +
      "are accepted)",
  },
  {
    // Quotas are refused with the status of missing rights.
    when: ({ status, code = "" }) => status === 403 && !/^APIC\.(74|92)/.test(code),
    code: "E_REFUSED",
    text: "the account may not do this",
    help: "give the user the right to this operation in the project, or use another user's credentials",
  },
  {
    when: ({ code }) => code === "CCE.03409001",
    code: "E_CLOUD",
    text: "the add-on is installed already",
    help: "run the same command again: cairn sees it now and adopts it",
  },
];

function refusal(cloud: CloudAnswer, answered: string, rest: Rest): CallError {
  const known = refusals.find(({ when }) => when(cloud));
  const kind = cloud.status === 409 ? "conflict" : "permanent";
  if (known === undefined) {
    const code = cloud.code === undefined ? "" : ` with code ${cloud.code}`;
    const waitMs = kind === "conflict" ? passing.get(cloud.code ?? "") : undefined;
    const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
    return callError(kind, fault("E_CLOUD", `${answered}${code}`, { cloud }), { ...wait, ...rest });
  }
  const { code, text, help } = known;
  return callError(kind, fault(code, `${answered}: ${text}`, { cloud, ...(help === undefined ? {} : { help }) }));
}

/** True where a failed call tells that the object does not exist; a path that the gateway does not know tells nothing. */
export function saysAbsent({ diagnostic: { code, cloud } }: CallError): boolean {
  return code === "E_CLOUD" && cloud?.status === 404 && !/^APIGW\./.test(cloud.code ?? "");
}

/** True where a failed call has to wait for another change of the same cluster. */
export function saysLocked({ diagnostic }: CallError): boolean {
  return diagnostic.cloud?.code === clusterLock;
}
