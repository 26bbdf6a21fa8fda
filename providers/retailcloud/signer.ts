import { createHash, createHmac } from "node:crypto";
import { byText } from "../../src/core/values.ts";
import { joinPairs, type Pairs } from "./encode.ts";

/** A key as the API knows it; the token belongs to temporary keys (STS). */
export type Credentials = {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
};

/** What is signed. `headers` are further `x-acs-*` headers; `host` is host and, where it is not the default one, port. */
export type Signable = {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Pairs;
  /** The exact text of the body; none where the request has no body. */
  readonly body?: string;
  readonly contentType?: string;
  readonly action: string;
  readonly version: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const algorithm = "ACS3-HMAC-SHA256";

/**
 * Signs a request by ACS3-HMAC-SHA256 and gives all headers that it is to be sent with, names in lower case. Pure: the date
 * (to the second, UTC) and the nonce are handed in, and both must be new for every attempt.
 */
export function sign(request: Signable, credentials: Credentials, date: Date, nonce: string): Record<string, string> {
  const digest = sha256(request.body ?? "");
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    "x-acs-action": request.action,
    "x-acs-version": request.version,
    "x-acs-date": date.toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": nonce,
    "x-acs-content-sha256": digest,
    ...(request.contentType === undefined ? {} : { "content-type": request.contentType }),
    ...(securityToken === undefined
      ? {}
      : { "x-acs-accesskey-id": accessKeyId, "x-acs-security-token": securityToken }),
  };
  const names = Object.keys(headers).sort(byText);
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const query = joinPairs([...request.query].sort(([left], [right]) => byText(left, right)));
  const canonical = [request.method, request.path, query, canonicalHeaders, names.join(";"), digest].join("\n");
  const signature = createHmac("sha256", accessKeySecret)
    .update(`${algorithm}\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `${algorithm} Credential=${accessKeyId},SignedHeaders=${names.join(";")},Signature=${signature}`;
  return { ...headers, authorization };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
