import { createHash, createHmac, randomUUID } from "node:crypto";
import type { EmulatorRequest } from "../../src/emulator/request.ts";

/** What a request says; the rest is filled in as an honest client would. */
export type Wanted = {
  readonly action: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Parameters travel in a form instead of the query. */
  readonly form?: boolean;
  readonly method?: string;
  readonly id?: string;
  readonly secret?: string;
  readonly token?: string;
  readonly date?: string;
  readonly nonce?: string;
  readonly version?: string;
};

/** A request to RetailCloud with its V3 signature, written from the vendor's description and apart from cairn's own signer. */
export function signedRequest(wanted: Wanted): EmulatorRequest {
  const { action, params = {}, form = false, method = "POST", id = "cairn", secret = "cairn-secret" } = wanted;
  const encoded = Object.keys(params)
    .sort()
    .map((name) => `${percent(name)}=${percent(params[name] ?? "")}`)
    .join("&");
  const body = form ? encoded : "";
  const query = form ? "" : encoded;
  const headers: Record<string, string> = {
    host: "emulator.test",
    "x-acs-action": action,
    "x-acs-version": wanted.version ?? "2018-03-13",
    "x-acs-date": wanted.date ?? new Date().toISOString().replace(/\.\d+/, ""),
    "x-acs-signature-nonce": wanted.nonce ?? randomUUID(),
    "x-acs-content-sha256": hash(body),
    ...(wanted.token === undefined ? {} : { "x-acs-security-token": wanted.token }),
    ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
  };
  const signed = Object.keys(headers).sort();
  const lines = signed.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = `${method}\n/\n${query}\n${lines}\n${signed.join(";")}\n${headers["x-acs-content-sha256"]}`;
  const signature = createHmac("sha256", secret)
    .update(`ACS3-HMAC-SHA256\n${hash(canonical)}`)
    .digest("hex");
  headers["authorization"] =
    `ACS3-HMAC-SHA256 Credential=${id},SignedHeaders=${signed.join(";")},Signature=${signature}`;
  return { method, url: query ? `/?${query}` : "/", headers, body };
}

function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
