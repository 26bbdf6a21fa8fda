import type { ProviderWorld } from "../../src/core/provider.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";
import { type Answer, attempt } from "../../src/http/attempt.ts";
import { badAnswer, type Call } from "../../src/http/classify.ts";
import { parseJson } from "../../src/http/json.ts";
import { retryAfter } from "../../src/http/retry-after.ts";
import { cloudAnswer, failureOf } from "./faults.ts";
import type { Operation } from "./operation.ts";
import type { Outgoing } from "./request.ts";

/** An answer of the cloud's that tells of success; `body` is empty where the operation's says nothing. */
export type Received = { readonly body: Fields; readonly headers: Answer["headers"] };

/** How a call is named where it fails. */
function callOf({ name, mutating }: Operation, { signable }: Outgoing): Call {
  return { action: name, endpoint: signable.host, mutating };
}

/** Sends a call once, with these headers. Rejects with a `CallError` where it failed, or where nobody knows. */
export async function exchange(
  operation: Operation,
  request: Outgoing,
  headers: Readonly<Record<string, string>>,
  { fetch, clock }: Pick<ProviderWorld, "fetch" | "clock">,
): Promise<Received> {
  const { method, body } = request.signable;
  const call = callOf(operation, request);
  const sent = { method, headers: { ...plainHeaders, ...headers }, ...(body === undefined ? {} : { body }) };
  const answer = await attempt(fetch, request.url, sent, call);
  const parsed = parsedOrNothing(answer.text);
  const cloud = cloudAnswer(operation.name, answer.status, parsed, answer.headers.get("x-request-id"));
  const retryAfterMs = retryAfter(answer.headers.get("retry-after"), clock.now());
  const failed = failureOf(cloud, call, isFields(parsed), retryAfterMs === undefined ? {} : { retryAfterMs });
  if (failed !== undefined) throw failed;
  if (operation.answers !== true) {
    return { body: operation.answers === "perhaps" && isFields(parsed) ? parsed : {}, headers: answer.headers };
  }
  if (parsed === undefined) throw badAnswer("it is not JSON", call, cloud);
  if (!isFields(parsed)) throw badAnswer("it is not an object", call, cloud);
  return { body: parsed, headers: answer.headers };
}

const plainHeaders = { accept: "application/json", "user-agent": "cairn" };

function parsedOrNothing(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
