import { createHash, createHmac } from "node:crypto";
import type { EmulatorRequest } from "../../../src/emulator/request.ts";

/** What a request says; the rest is filled in as an honest client would. */
export type Wanted = {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  readonly id?: string;
  readonly secret?: string;
  readonly securityToken?: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date?: string;
  readonly host?: string;
  readonly projectId?: string | null;
  /** Further headers, which are signed. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** The project that the emulator has. */
export const PROJECT = "0123456789abcdef0123456789abcdef";

/** A request with its SDK-HMAC-SHA256 signature, written from the vendor's description and apart from cairn's own signer. */
export function signedCall(wanted: Wanted): EmulatorRequest {
  const { method, path, id = "cairn", secret = "cairn-secret", projectId = PROJECT } = wanted;
  const body = wanted.body === undefined ? "" : textOf(wanted.body);
  const query = queryOf(wanted.query ?? {});
  const headers: Record<string, string> = {
    host: wanted.host ?? "emulator.test",
    "content-type": "application/json",
    "x-sdk-date": wanted.date ?? new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
    ...(projectId === null ? {} : { "x-project-id": projectId }),
    ...(wanted.securityToken === undefined ? {} : { "x-security-token": wanted.securityToken }),
    ...wanted.headers,
  };
  const signed = Object.keys(headers).sort();
  const lines = signed.map((name) => `${name}:${headers[name]}\n`).join("");
  const hashed = headers["x-sdk-content-sha256"] ?? hash(body);
  const canonical = `${method}\n${path}/\n${query}\n${lines}\n${signed.join(";")}\n${hashed}`;
  const signature = createHmac("sha256", secret)
    .update(`SDK-HMAC-SHA256\n${headers["x-sdk-date"]}\n${hash(canonical)}`)
    .digest("hex");
  const authorization = `SDK-HMAC-SHA256 Access=${id}, SignedHeaders=${signed.join(";")}, Signature=${signature}`;
  return { method, url: query ? `${path}?${query}` : path, headers: { ...headers, authorization }, body };
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function queryOf(query: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
    .sort(([a, one], [b, other]) =>
      a === b ? Number(one > other) - Number(one < other) : Number(a > b) - Number(a < b),
    )
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join("&");
}

function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
