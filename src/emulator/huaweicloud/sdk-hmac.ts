import { createHash, createHmac } from "node:crypto";
import type { Key } from "../key.ts";
import type { Incoming } from "../request.ts";
import { gatewayRefusal, type Refusal } from "./refusal.ts";

const ALGORITHM = "SDK-HMAC-SHA256";
const UNSIGNED = "UNSIGNED-PAYLOAD";
const FIFTEEN_MINUTES = 15 * 60_000;

/** Who may call (a temporary key no more once it is over), and the clock by which requests are dated. */
export type Gate = {
  readonly keys: readonly (Key & { readonly isOver?: boolean })[];
  readonly real: () => number;
};

/**
 * Verifies a request's SDK-HMAC-SHA256 signature. The headers that are signed are those that the request names; only
 * X-Sdk-Date has to be among them. The body is hashed whatever the method, since the vendor's SDK sends one with GET.
 * @returns the key that signed.
 * @throws Refusal of the gateway that names what is wrong.
 */
export function verifySignature(request: Incoming, { keys, real }: Gate): Key {
  const { id, signedHeaders, signature } = readAuthorization(request.headers.get("authorization"));
  const key = keys.find((known) => known.id === id);
  if (!key) throw unauthorized(`the access key ${id} does not exist`);
  checkToken(request, key);
  if (key.isOver) throw unauthorized(`the security token of the access key ${id} has expired`);
  checkDate(request, signedHeaders, real());
  if (signatureOf(request, key, signedHeaders) !== signature) {
    throw unauthorized("verify aksk signature fail, the signature does not fit the request");
  }
  return key;
}

/** The gateway's refusal of credentials. */
function unauthorized(why: string): Refusal {
  return gatewayRefusal(401, "APIGW.0301", `Incorrect IAM authentication information: ${why}`);
}

type Authorization = { readonly id: string; readonly signedHeaders: readonly string[]; readonly signature: string };

function readAuthorization(header: string | undefined): Authorization {
  if (!header) throw unauthorized("neither Authorization nor X-Auth-Token is sent");
  if (!header.startsWith(`${ALGORITHM} `)) throw unauthorized(`only ${ALGORITHM} is accepted`);
  const given = header.slice(ALGORITHM.length).split(",");
  const parts = new Map(given.map((part) => part.trim().split(/=(.*)/s, 2) as [string, string]));
  const [id, signed, signature] = ["Access", "SignedHeaders", "Signature"].map((name) => parts.get(name));
  if (!id || !signed || !signature) {
    throw unauthorized("Authorization must hold Access, SignedHeaders and Signature");
  }
  return { id, signedHeaders: signed.toLowerCase().split(";"), signature };
}

function checkToken(request: Incoming, key: Key): void {
  const token = request.headers.get("x-security-token");
  if (key.token && !token) throw unauthorized(`the access key ${key.id} is temporary and needs X-Security-Token`);
  if (token !== key.token) throw unauthorized(`X-Security-Token does not belong to the access key ${key.id}`);
}

function checkDate(request: Incoming, signedHeaders: readonly string[], now: number): void {
  const date = request.headers.get("x-sdk-date") ?? "";
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) throw unauthorized(`X-Sdk-Date ${date} is not of the form 20260131T120000Z`);
  if (!signedHeaders.includes("x-sdk-date")) throw unauthorized("the header X-Sdk-Date is not signed");
  if (Math.abs(now - time) > FIFTEEN_MINUTES) {
    throw unauthorized(`X-Sdk-Date ${date} is over 15 minutes away from ${new Date(now).toISOString()}`);
  }
}

function signatureOf(request: Incoming, key: Key, signedHeaders: readonly string[]): string {
  const date = request.headers.get("x-sdk-date") ?? "";
  const headers = [...signedHeaders].sort();
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}\n`).join(""),
    headers.join(";"),
    payloadHash(request),
  ];
  const toSign = `${ALGORITHM}\n${date}\n${sha256(canonical.join("\n"))}`;
  return createHmac("sha256", key.secret).update(toSign).digest("hex");
}

/** In the signature a path ends with a slash, whether or not it was sent with one. */
function canonicalPath(path: string): string {
  const encoded = path
    .split("/")
    .map((segment) => percent(decode(segment)))
    .join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

function canonicalQuery(query: Incoming["query"]): string {
  const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const sorted = [...query].sort(([a, one], [b, other]) => order(a, b) || order(one, other));
  return sorted.map(([name, value]) => `${percent(name)}=${percent(value)}`).join("&");
}

function payloadHash(request: Incoming): string {
  const hash = sha256(request.body);
  const told = request.headers.get("x-sdk-content-sha256");
  if (told !== undefined && told !== UNSIGNED && told !== hash) {
    throw unauthorized("X-Sdk-Content-Sha256 is not the hash of the body");
  }
  return told ?? hash;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // What is no UTF-8 is no id either; it is hashed as it came.
    return segment;
  }
}

function percent(text: string): string {
  const rest = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, rest);
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
