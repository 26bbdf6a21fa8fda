import { fault } from "../../src/core/errors.ts";
import type { ProviderWorld } from "../../src/core/provider.ts";
import { isFields, type Value } from "../../src/core/values.ts";
import { type Answer, attempt } from "../../src/http/attempt.ts";
import { callError } from "../../src/http/call-error.ts";
import { badAnswer, classifyStatus } from "../../src/http/classify.ts";
import { parseJson } from "../../src/http/json.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { type Fetched, type Renewal, renewal } from "./renewal.ts";
import type { Settings } from "./settings.ts";
import type { AccessKey } from "./signer.ts";
import { temporaryKey } from "./temporary-key.ts";

/** Where every server reaches its metadata service. */
const usualEndpoint = "http://169.254.169.254";

const sessionPath = "/meta-data/latest/api/token";
const keyPath = "/openstack/latest/securitykey";
const action = "GetSecurityKey";

/** Servers change keys well before they end; where an answer does not say when, it is asked again after the shortest life. */
const marginMs = 300_000;
const shortestLifeMs = 900_000;

const help =
  "give the server (ECS) that cairn runs on an agency, or take `metadata` out of cairn.yaml and set accessKey and " +
  "secretKey, token, or user";

/** Temporary keys of the agency that the server has on which cairn runs, from its metadata service. */
export function serverKeys({ endpoints }: Settings, world: ProviderWorld): Renewal<AccessKey> {
  const origin = new URL(endpoints?.metadata ?? usualEndpoint).origin;
  const ask = async (): Promise<Fetched<AccessKey>> => {
    // Few attempts: elsewhere than on a server nothing answers at all.
    const answer = await callWithRetry(() => requestKey(origin, world), { ...world, attempts: 3 });
    const { key, expiresAt } = temporaryKey(answer, action, new URL(origin).host);
    const now = world.clock.now();
    return { value: key, until: Number.isNaN(expiresAt) ? now + shortestLifeMs : expiresAt - marginMs };
  };
  return renewal(ask, world.clock);
}

async function requestKey(origin: string, world: ProviderWorld) {
  const session = await openSession(origin, world);
  const headers = session === undefined ? {} : { "x-metadata-token": session };
  const call = { action, endpoint: new URL(origin).host, mutating: false };
  const answer = await ask(`${origin}${keyPath}`, "GET", headers, world);
  const { status, text } = answer;
  const byStatus = classifyStatus(status, call);
  if (byStatus !== undefined) throw byStatus;
  if (status >= 400) {
    const message = `${action}: the metadata service at ${call.endpoint} gives no key: HTTP ${status}`;
    throw callError("permanent", fault("E_CREDENTIALS", message, { help, cloud: { action, status } }));
  }
  const parsed = parsedOrNothing(text);
  if (!isFields(parsed)) throw badAnswer("it is not an object", call);
  return parsed;
}

/** Where sessions are switched on nothing is told without one; elsewhere the path does not exist. */
async function openSession(origin: string, world: ProviderWorld): Promise<string | undefined> {
  const { status, text } = await ask(`${origin}${sessionPath}`, "PUT", { "x-metadata-token-ttl-seconds": "60" }, world);
  return status === 200 && /^[\w+/=.-]+$/.test(text) ? text : undefined;
}

function ask(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  { fetch }: Pick<ProviderWorld, "fetch">,
): Promise<Answer> {
  const call = { action, endpoint: new URL(url).host, mutating: false, timeoutMs: 5_000 };
  return attempt(fetch, url, { method, headers: { "user-agent": "cairn", ...headers } }, call);
}

function parsedOrNothing(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
