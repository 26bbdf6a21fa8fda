import { createHash, createHmac } from "node:crypto";

/** A request as its signature covers it: the path and the query as they were sent, header names in lower case. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
};

/** What the Authorization header of Signature Version 4 says. */
type Authorization = {
  readonly key: string;
  /** date/region/service/aws4_request */
  readonly scope: string;
  readonly signed: readonly string[];
  readonly signature: string;
};

/** Takes an Authorization header apart; undefined where it is of another form. */
export function authorizationIn(header: string | undefined): Authorization | undefined {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, key, scope, signed, signature] = pattern.exec(header ?? "") ?? [];
  if (key === undefined || scope === undefined || signed === undefined || signature === undefined) return undefined;
  return { key, scope, signed: signed.split(";"), signature };
}

/** The signature of a request, as the description of Signature Version 4 for S3 has it: written against nothing of cairn's. */
export function signatureOf(request: SignedRequest, secret: string, scope: string, signed: readonly string[]): string {
  const { method, path, query, headers } = request;
  const canonicalQuery = query
    .split("&")
    .filter((one) => one !== "")
    .map((one) => one.split("=", 2).map((part) => strictly(decodeURIComponent(part))))
    .map(([name = "", value = ""]) => `${name}=${value}`)
    .sort()
    .join("&");
  const lines = signed.map((name) => `${name}:${(headers.get(name) ?? "").trim().replaceAll(/ +/g, " ")}\n`);
  const canonical = [
    method,
    path
      .split("/")
      .map((segment) => strictly(decodeURIComponent(segment)))
      .join("/"),
    canonicalQuery,
    lines.join(""),
    signed.join(";"),
    headers.get("x-amz-content-sha256") ?? "",
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers.get("x-amz-date") ?? "", scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<Buffer | string>((last, part) => hmac(last, part), `AWS4${secret}`);
  return hmac(key, toSign).toString("hex");
}

/** The digest that a request names its body by. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function strictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
