import { createHash, createHmac } from "node:crypto";
import { byText } from "../../src/core/values.ts";

/** An access key; the token belongs to temporary ones. */
export type AccessKey = {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string;
};

/** Names and values of a query, not encoded; a name may occur several times. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** What is signed. `host` holds the port where it is not the default one; every header given is signed, too. */
export type Signable = {
  readonly method: string;
  readonly host: string;
  /** Not encoded. */
  readonly path: string;
  readonly query: Pairs;
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text of the body; none where the request has no body. */
  readonly body?: string;
};

const algorithm = "SDK-HMAC-SHA256";
const contentHash = "x-sdk-content-sha256";

/**
 * Signs a request by SDK-HMAC-SHA256 and gives all headers that it is to be sent with, names in lower case. Pure: the date
 * (to the second, UTC) is handed in, and must be new for every attempt, because the cloud accepts 15 minutes of skew.
 * A header `x-sdk-content-sha256` takes the place of the body's hash.
 */
export function sign(request: Signable, key: AccessKey, date: Date): Record<string, string> {
  const stamp = date.toISOString().replace(/[-:]|\.\d+/g, "");
  const given = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]);
  const headers: Record<string, string> = {
    ...Object.fromEntries(given),
    host: request.host,
    "x-sdk-date": stamp,
    ...(key.securityToken === undefined ? {} : { "x-security-token": key.securityToken }),
  };
  const names = Object.keys(headers).sort(byText);
  const canonical = [
    request.method,
    `${encodePath(request.path)}/`,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    headers[contentHash] ?? sha256(request.body ?? ""),
  ].join("\n");
  const signature = createHmac("sha256", key.secretKey)
    .update(`${algorithm}\n${stamp}\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `${algorithm} Access=${key.accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}

/** A path with each segment percent-encoded, without a slash at its end. */
export function encodePath(path: string): string {
  return path.replace(/\/$/, "").split("/").map(encode).join("/");
}

/** Pairs as a query string, in their own order. */
export function encodeQuery(query: Pairs): string {
  return query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/** Names are ordered as they are, not as they are encoded; values of one name as well. */
function canonicalQuery(query: Pairs): string {
  const ordered = [...query].sort(
    ([name, value], [other, otherValue]) => byText(name, other) || byText(value, otherValue),
  );
  return encodeQuery(ordered);
}

/** Everything but letters, digits, `-`, `_`, `.` and `~` as the bytes of its UTF-8. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
