import { type CloudAnswer, fault } from "../../src/core/errors.ts";
import type { ProviderWorld } from "../../src/core/provider.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";
import { type Answer, attempt } from "../../src/http/attempt.ts";
import { callError } from "../../src/http/call-error.ts";
import { badAnswer, type Call, classifyStatus } from "../../src/http/classify.ts";
import { gateOf } from "../../src/http/gate.ts";
import { parseJson } from "../../src/http/json.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { retryAfter } from "../../src/http/retry-after.ts";
import type { Action, Param } from "./action.ts";
import { readAnswer, said } from "./answer.ts";
import type { CredentialSource } from "./credentials.ts";
import { apiVersion, encode, joinPairs } from "./encode.ts";
import { refusalOf } from "./faults.ts";
import { type Signable, sign } from "./signer.ts";

/** Sends one call until it is answered or given up, and gives the answer without its wrappers. */
export type Send = (action: Action, params: Readonly<Record<string, Param | undefined>>) => Promise<Fields>;

/**
 * Makes the one function through which every call goes. `account` tells whose limits its calls count against. Each attempt waits for a slot and is signed in it, with a date and
 * a nonce of its own. The world may hold back each attempt at a mutating call just before it leaves.
 */
export function sender(endpoint: URL, source: CredentialSource, account: string, world: ProviderWorld): Send {
  const gate = gateOf(world, `${endpoint.origin} ${account}`);
  return async (action, params) => {
    const request = toRequest(action, params, endpoint.host);
    const url = `${endpoint.origin}/${request.query.length === 0 ? "" : `?${joinPairs(request.query)}`}`;
    const call: Call = { action: action.name, endpoint: endpoint.host, mutating: action.mutating };
    const once = async (): Promise<Fields> => {
      const credentials = await source();
      // Before the signature: where the lock lies behind a network, its date would be stale after this.
      if (action.mutating) await world.onMutation?.(action.name);
      const headers = {
        ...plainHeaders,
        ...sign(request, credentials, new Date(world.clock.now()), nonce(world.random)),
      };
      const body = request.body === undefined ? {} : { body: request.body };
      const answer = await attempt(world.fetch, url, { method: action.method, headers, ...body }, call);
      return understand(action, answer, call, world);
    };
    const { mutating } = action;
    return callWithRetry((attempt) => gate(once, { api: "retailcloud", attempt, mutating }), world);
  };
}

const plainHeaders = { accept: "application/json", "user-agent": "cairn" };

function toRequest(action: Action, params: Readonly<Record<string, Param | undefined>>, host: string): Signable {
  const { query, body } = encode(action, params);
  const form = { body: joinPairs(body), contentType: "application/x-www-form-urlencoded" };
  const { name, method } = action;
  return { method, host, path: "/", query, action: name, version: apiVersion, ...(body.length === 0 ? {} : form) };
}

/** 128 bits as hexadecimal digits. */
function nonce(random: () => number): string {
  const part = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return [part(), part(), part(), part()].join("");
}

/** The body of a success; everything else is thrown as the failed call that it is. */
function understand(action: Action, { status, headers, text }: Answer, call: Call, { clock }: ProviderWorld): Fields {
  const parsed = parsedOrNothing(text);
  const cloud = cloudAnswer(action.name, status, parsed);
  const retryAfterMs = retryAfter(headers.get("retry-after"), clock.now());
  const rest = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (/^Throttling/.test(cloud.code ?? "")) throw refusalOf(cloud, call.endpoint, rest);
  const byStatus = classifyStatus(status, call, { cloud, retryAfterMs });
  if (byStatus !== undefined) throw byStatus;
  if (status >= 400) throw isFields(parsed) ? refusalOf(cloud, call.endpoint, rest) : strangeRefusal(call, cloud);
  const answer = parsed === undefined ? undefined : readAnswer(action, parsed);
  if (answer === undefined) throw badAnswer("it is not JSON", call, cloud);
  if (answer.state === "foreign") throw badAnswer("it is none of RetailCloud's", call, cloud);
  if (answer.state === "done") return answer.body;
  const { state: _, ...refused } = answer;
  throw refusalOf({ action: action.name, status, ...refused }, call.endpoint, rest);
}

function cloudAnswer(action: string, status: number, parsed: Value | undefined): CloudAnswer {
  if (!isFields(parsed)) return { action, status };
  const code = parsed["Code"];
  const word = typeof code === "string" || typeof code === "number" ? { code: String(code) } : {};
  return { action, status, ...word, ...said([parsed]) };
}

/** A 4xx that is not of this API: something else answers at the endpoint. */
function strangeRefusal({ action, endpoint }: Call, cloud: CloudAnswer) {
  const message = `${action}: ${endpoint} answered HTTP ${cloud.status}, but not as RetailCloud does`;
  return callError("permanent", fault("E_BAD_ANSWER", message, { help: "check `endpoint` in cairn.yaml", cloud }));
}

function parsedOrNothing(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
