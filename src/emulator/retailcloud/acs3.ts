import { createHash, createHmac } from "node:crypto";
import { DEFAULT_ACCOUNT, type Key } from "../key.ts";
import type { Incoming } from "../request.ts";
import { gatewayRefusal } from "./refusal.ts";

const ALGORITHM = "ACS3-HMAC-SHA256";
const FIFTEEN_MINUTES = 15 * 60_000;

/** Who may call, by which clock requests are dated, and the nonces seen so far with the time they came in. */
export type Gate = {
  readonly keys: readonly Key[];
  readonly real: () => number;
  readonly nonces: Map<string, number>;
};

/** Headers that every request carries, and the code that says that one is missing. */
const HEADERS = {
  "x-acs-action": "MissingAction",
  "x-acs-version": "MissingVersion",
  "x-acs-date": "MissingDate",
  "x-acs-signature-nonce": "MissingSignatureNonce",
  "x-acs-content-sha256": "MissingContentSha256",
};

/**
 * Verifies a request's V3 signature (ACS3-HMAC-SHA256).
 * @returns the account of the key.
 * @throws Refusal of the gateway that names what is wrong.
 */
export function verify(request: Incoming, gate: Gate): string {
  const { keyId, signedHeaders, signature } = readAuthorization(request);
  for (const [name, code] of Object.entries(HEADERS)) {
    if (!request.headers.get(name)) throw gatewayRefusal(400, code, `the header ${name} is missing`);
  }
  const key = gate.keys.find(({ id }) => id === keyId);
  if (!key) throw gatewayRefusal(404, "InvalidAccessKeyId.NotFound", `the access key ${keyId} does not exist`);
  checkToken(request, key);
  checkDate(request, gate.real());
  checkSignature(request, key, signedHeaders, signature);
  spendNonce(request, gate, keyId);
  return key.account ?? DEFAULT_ACCOUNT;
}

/** The id of the access key that a request names. @throws Refusal when it names none. */
export function keyIdOf(request: Incoming): string {
  return readAuthorization(request).keyId;
}

function readAuthorization(request: Incoming): { keyId: string; signedHeaders: string[]; signature: string } {
  const header = request.headers.get("authorization");
  if (!header) {
    if (request.query.some(([name]) => name === "Signature")) {
      const cure = `sign with ${ALGORITHM} in the Authorization header`;
      throw gatewayRefusal(400, "UnsupportedSignatureMethod", `signatures in the query are not accepted; ${cure}`);
    }
    throw gatewayRefusal(400, "MissingAuthorization", "the header authorization is missing");
  }
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw gatewayRefusal(400, "UnsupportedSignatureMethod", `only ${ALGORITHM} is accepted`);
  }
  const parts = new Map(
    header
      .slice(ALGORITHM.length + 1)
      .split(",")
      .map(splitPair),
  );
  const [keyId, signed, signature] = ["Credential", "SignedHeaders", "Signature"].map((name) => parts.get(name));
  if (!keyId || !signed || !signature) {
    throw gatewayRefusal(400, "IncompleteSignature", "Authorization must hold Credential, SignedHeaders and Signature");
  }
  return { keyId, signedHeaders: signed.split(";"), signature };
}

function splitPair(part: string): [string, string] {
  const [name = "", ...value] = part.split("=");
  return [name.trim(), value.join("=").trim()];
}

function checkToken(request: Incoming, key: Key): void {
  const token = request.headers.get("x-acs-security-token");
  if (key.token && !token) {
    throw gatewayRefusal(400, "MissingSecurityToken", `the access key ${key.id} is temporary and needs its token`);
  }
  if (token !== key.token) {
    throw gatewayRefusal(400, "InvalidSecurityToken", `the token does not belong to the access key ${key.id}`);
  }
}

function checkDate(request: Incoming, now: number): void {
  const date = request.headers.get("x-acs-date") ?? "";
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(time)) {
    throw gatewayRefusal(400, "InvalidTimeStamp.Format", `x-acs-date ${date} is not of the form 2026-01-31T12:00:00Z`);
  }
  if (Math.abs(now - time) > FIFTEEN_MINUTES) {
    const today = new Date(now).toISOString();
    throw gatewayRefusal(400, "InvalidTimeStamp.Expired", `x-acs-date ${date} is over 15 minutes away from ${today}`);
  }
}

function checkSignature(request: Incoming, key: Key, signedHeaders: readonly string[], signature: string): void {
  for (const name of request.headers.keys()) {
    if ((name.startsWith("x-acs-") || name === "host") && !signedHeaders.includes(name)) {
      throw gatewayRefusal(400, "IncompleteSignature", `the header ${name} is not signed`);
    }
  }
  const hash = request.headers.get("x-acs-content-sha256") ?? "";
  if (hash !== sha256(request.body)) {
    throw gatewayRefusal(400, "SignatureDoesNotMatch", "x-acs-content-sha256 is not the hash of the body");
  }
  const headers = signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}\n`).join("");
  const canonical = [request.method, request.path, canonicalQuery(request), headers, signedHeaders.join(";"), hash];
  const toSign = `${ALGORITHM}\n${sha256(canonical.join("\n"))}`;
  if (createHmac("sha256", key.secret).update(toSign).digest("hex") !== signature) {
    const told = toSign.replace("\n", "\\n");
    throw gatewayRefusal(400, "SignatureDoesNotMatch", `the signature does not fit the request; to sign is ${told}`);
  }
}

function canonicalQuery(request: Incoming): string {
  const sorted = [...request.query].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return sorted.map(([name, value]) => `${percent(name)}=${percent(value)}`).join("&");
}

function percent(text: string): string {
  const rest = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, rest);
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Twice the span in which a date is accepted: an older nonce cannot come back with a date that is still good. */
const KEPT = 2 * FIFTEEN_MINUTES;

function spendNonce(request: Incoming, gate: Gate, keyId: string): void {
  const nonce = `${keyId} ${request.headers.get("x-acs-signature-nonce")}`;
  const now = gate.real();
  for (const [old, time] of gate.nonces) {
    if (now - time <= KEPT) break;
    gate.nonces.delete(old);
  }
  if (gate.nonces.has(nonce)) throw gatewayRefusal(400, "SignatureNonceUsed", "x-acs-signature-nonce was used before");
  gate.nonces.set(nonce, now);
}
