import { createHash } from "node:crypto";
import type { Clock, Fetch } from "../core/provider.ts";
import { byText } from "../core/values.ts";
import { type Answer, attempt } from "../http/attempt.ts";
import { badAnswer, type Call } from "../http/classify.ts";
import { callWithRetry } from "../http/retry.ts";
import { type ConditionalStore, storePatience } from "./conditional-store.ts";
import { s3Fault, saysNoSuchKey } from "./s3-fault.ts";
import { type S3Settings, s3Url } from "./s3-settings.ts";
import { textOf, textsOf } from "./xml-text.ts";

/** What a store in S3 needs of the outside. */
export type S3World = {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ends the connections of `fetch`. */
  readonly close: () => Promise<void>;
};

type Request = {
  readonly action: string;
  readonly method: "GET" | "PUT" | "DELETE";
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

type Send = (request: Request) => Promise<Answer>;

/** For an answer of any size, or a small body; a body adds the time that a slow line takes for it. */
const timeoutMs = 20_000;
const slowestBytesPerMs = 50;

/** A folder of ledgers has a few of these; a store that never ends its pages must not fill the memory. */
const mostPages = 100;

/**
 * Objects of a bucket in S3, or in a store that speaks its protocol, as texts: names are keys, tags are ETags. A write is a PUT with
 * `If-None-Match: *` or `If-Match`; whether the store honours them, its caller has to find out. Redirects are not followed.
 */
export function s3Store(settings: S3Settings, world: S3World): ConditionalStore {
  const send = sender(settings, world);
  const read = (name: string) => readObject(send, name, settings);
  return {
    read,
    write: async (name, text, over) => {
      const condition = over === undefined ? { "if-none-match": "*" } : { "if-match": over };
      const answer = await send({ action: "PutObject", method: "PUT", key: name, headers: condition, body: text });
      const isRefused = answer.status === 412 || saysNoSuchKey(answer);
      const tag = isRefused ? null : answer.headers.get("etag");
      if (tag !== null) return { tag };
      // It may be an earlier attempt, whose answer was lost, that the condition met. Some stores name no tag with a success.
      const stored = await read(name);
      if (stored?.text === text) return { tag: stored.tag };
      if (isRefused) return "conflict";
      throw badAnswer("it says that the object is written, and has another one", callOf("PutObject", settings));
    },
    remove: async (name) => {
      await send({ action: "DeleteObject", method: "DELETE", key: name });
    },
    list: (prefix) => listKeys(send, prefix, settings),
    close: world.close,
  };
}

async function readObject(send: Send, key: string, settings: S3Settings) {
  const answer = await send({ action: "GetObject", method: "GET", key });
  if (saysNoSuchKey(answer)) return undefined;
  const tag = answer.headers.get("etag");
  if (tag === null) throw badAnswer("an object without an ETag", callOf("GetObject", settings));
  return { text: answer.text, tag };
}

async function listKeys(send: Send, prefix: string, settings: S3Settings): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const more = token === undefined ? {} : { "continuation-token": token };
    const query = { "list-type": "2", "encoding-type": "url", prefix, ...more };
    const { text } = await send({ action: "ListObjectsV2", method: "GET", query });
    if (!text.includes("<ListBucketResult")) throw badAnswer("no list of objects", callOf("ListObjectsV2", settings));
    const isEncoded = textOf(text, "EncodingType") === "url";
    keys.push(...textsOf(text, "Key").map((key) => (isEncoded ? decoded(key) : key)));
    token = textOf(text, "IsTruncated") === "true" ? textOf(text, "NextContinuationToken") : undefined;
    // A store that does not know the prefix would give us the objects of others.
    if (token === undefined) return keys.filter((key) => key.startsWith(prefix)).sort(byText);
  }
  throw badAnswer("a list of objects that does not end", callOf("ListObjectsV2", settings));
}

function decoded(key: string): string {
  const plain = key.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** Each attempt is signed anew. Answers that are no failures: success, no such object, a condition that does not hold. */
function sender(settings: S3Settings, { fetch, clock, random }: S3World): Send {
  return (request) => {
    const { action, method, key, query, body } = request;
    const url = s3Url(settings, key, query);
    const call = callOf(action, settings);
    const once = async (): Promise<Answer> => {
      const headers = await signed(request, url, settings, clock.now());
      const ms = timeoutMs + Math.ceil((body?.length ?? 0) / slowestBytesPerMs);
      const sent = { method, headers, ...(body === undefined ? {} : { body }) };
      const answer = await attempt(fetch, url, sent, { ...call, timeoutMs: ms });
      const isFine = (answer.status >= 200 && answer.status < 300) || answer.status === 412 || saysNoSuchKey(answer);
      if (isFine) return answer;
      throw s3Fault(answer, settings, call, clock.now());
    };
    return callWithRetry(once, { ...storePatience, clock, random });
  };
}

/** Sending one of these twice is no other than once: conditions see to that, and texts that are never written twice. */
function callOf(action: string, settings: S3Settings): Call {
  return { action, endpoint: new URL(s3Url(settings)).host, mutating: false };
}

async function signed(
  { method, headers = {}, body = "" }: Request,
  url: string,
  { accessKeyId, secretAccessKey, sessionToken, region }: S3Settings,
  now: number,
): Promise<Record<string, string>> {
  const { AwsV4Signer } = await import("aws4fetch");
  const signer = new AwsV4Signer({
    method,
    url,
    body,
    service: "s3",
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    headers: {
      ...headers,
      ...(method === "PUT" ? { "content-type": "text/plain; charset=utf-8" } : {}),
      // Without it the signature would leave the body open to whoever is in between.
      "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
    },
  });
  const { headers: all } = await signer.sign();
  return Object.fromEntries(all.entries());
}
