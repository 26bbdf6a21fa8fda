import { createHash } from "node:crypto";
import type { EmulatorAnswer, EmulatorRequest, Handle } from "../../src/emulator/request.ts";
import { authorizationIn, sha256, signatureOf } from "./sigv4.ts";

/** How a store differs from one that does all that S3 promises. */
export type FakeS3Options = {
  readonly bucket?: string;
  readonly region?: string;
  /** By id, the secret of each key. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Which conditions of writes it honours; the others it does not see, or answers with 501. */
  readonly conditions?: "both" | "create" | "replace" | "none" | "not implemented";
  /** Rows on a page of a list. */
  readonly pageSize?: number;
  /** False: keys in lists stand as they are, whatever encoding is asked for. */
  readonly encodesKeys?: boolean;
  /** False: a write is answered without the tag of what was written. */
  readonly tagsWrites?: boolean;
  readonly now?: () => number;
};

/** One request as it came in. */
export type SeenRequest = {
  readonly method: string;
  readonly key: string;
  readonly query: string;
  readonly condition: string;
};

/**
 * What befalls a request instead of its answer, or after it was done: an answer, a cut connection before it is done (`reset`) or
 * after (`lose`). Undefined: nothing.
 */
export type Mishap = (seen: SeenRequest, n: number) => EmulatorAnswer | "reset" | "lose" | undefined;

/** A store that speaks S3, in memory. */
export type FakeS3 = {
  readonly handle: Handle;
  readonly objects: Map<string, string>;
  readonly seen: SeenRequest[];
  /** Asked for each request that is signed as it must be. */
  mishap: Mishap;
};

type Known = Required<FakeS3Options>;

/** The keys that a store knows unless it is told others. */
export const s3Keys = { AKIDCAIRN: "the/secret+of=cairn" };

/**
 * Written from Amazon's description of the protocol, and importing nothing of cairn's: it verifies Signature Version 4 and the digest of
 * the body, keeps conditions of writes, pages lists, and answers in XML. Addresses a bucket in the path, or before the host's name.
 */
export function fakeS3(options: FakeS3Options = {}): FakeS3 {
  const known: Known = {
    bucket: "ledgers",
    region: "eu-central-1",
    keys: s3Keys,
    conditions: "both",
    pageSize: 2,
    encodesKeys: true,
    tagsWrites: true,
    now: () => Date.now(),
    ...options,
  };
  const objects = new Map<string, string>();
  const seen: SeenRequest[] = [];
  const handle: Handle = async (request) => {
    const url = new URL(request.url, "http://store");
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const refused = refusal(request, url, headers, known);
    if (refused !== undefined) return refused;
    const { bucket, key } = addressed(url, headers.get("host") ?? "", known.bucket);
    const one = { method: request.method, key, query: url.search.slice(1), condition: conditionIn(headers) };
    seen.push(one);
    if (bucket !== known.bucket) return fault(404, "NoSuchBucket", "The specified bucket does not exist");
    const mishap = fake.mishap(one, seen.length);
    if (mishap === "reset") return { cut: true };
    if (mishap !== undefined && mishap !== "lose") return mishap;
    const answer = perform(one, String(request.body), headers, { objects, known });
    return mishap === "lose" ? { cut: true } : answer;
  };
  const fake: FakeS3 = { handle, objects, seen, mishap: () => undefined };
  return fake;
}

/** An error as S3 words it. */
export function fault(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): EmulatorAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`;
  return {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": "4442587FB7D0A2F9", ...headers },
    body,
  };
}

function refusal(
  request: EmulatorRequest,
  url: URL,
  headers: ReadonlyMap<string, string>,
  { keys, region, now }: Known,
): EmulatorAnswer | undefined {
  const said = authorizationIn(headers.get("authorization"));
  if (said === undefined) return fault(403, "AccessDenied", "Access Denied");
  const secret = keys[said.key];
  if (secret === undefined) return fault(403, "InvalidAccessKeyId", "The key does not exist in our records.");
  const [day, zone, service] = said.scope.split("/");
  if (zone !== region || service !== "s3") {
    return fault(400, "AuthorizationHeaderMalformed", "the region is wrong", { "x-amz-bucket-region": region });
  }
  const date = headers.get("x-amz-date") ?? "";
  const sent = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  if (!date.startsWith(day ?? "-") || !(Math.abs(now() - sent) < 15 * 60_000)) {
    return fault(403, "RequestTimeTooSkewed", "The difference is too large.", { date: new Date(now()).toUTCString() });
  }
  const required = [
    "host",
    ...[...headers.keys()].filter((name) => name.startsWith("x-amz-") || name.startsWith("if-")),
  ];
  const isWhole = required.every((name) => said.signed.includes(name));
  const signed = { method: request.method, path: url.pathname, query: url.search.slice(1), headers };
  if (!isWhole || signatureOf(signed, secret, said.scope, said.signed) !== said.signature) {
    return fault(403, "SignatureDoesNotMatch", "The signature that we calculated does not match.");
  }
  const digest = headers.get("x-amz-content-sha256");
  return digest === sha256(String(request.body)) ? undefined : fault(400, "XAmzContentSHA256Mismatch", "Another body.");
}

function addressed(url: URL, host: string, bucket: string): { readonly bucket: string; readonly key: string } {
  const path = decodeURIComponent(url.pathname.slice(1));
  if (host.startsWith(`${bucket}.`)) return { bucket, key: path };
  const [first = "", ...rest] = path.split("/");
  return { bucket: first, key: rest.join("/") };
}

function conditionIn(headers: ReadonlyMap<string, string>): string {
  const [none, match] = [headers.get("if-none-match"), headers.get("if-match")];
  return none === undefined ? (match === undefined ? "" : `if-match ${match}`) : `if-none-match ${none}`;
}

type Bucket = { readonly objects: Map<string, string>; readonly known: Known };

function perform(
  { method, key, query }: SeenRequest,
  body: string,
  headers: ReadonlyMap<string, string>,
  { objects, known }: Bucket,
): EmulatorAnswer {
  const text = objects.get(key);
  if (method === "GET" && key === "") return listPage(new URLSearchParams(query), [...objects.keys()].sort(), known);
  if (method === "DELETE") {
    objects.delete(key);
    return { status: 204, headers: {}, body: "" };
  }
  if (method === "PUT") {
    const hindrance = unmet(headers, text, known.conditions);
    if (hindrance !== undefined) return hindrance;
    objects.set(key, body);
    return { status: 200, headers: known.tagsWrites ? { etag: etagOf(body) } : {}, body: "" };
  }
  if (text === undefined) return fault(404, "NoSuchKey", "The specified key does not exist.");
  return { status: 200, headers: { etag: etagOf(text), "content-type": "text/plain" }, body: text };
}

function unmet(
  headers: ReadonlyMap<string, string>,
  text: string | undefined,
  conditions: Known["conditions"],
): EmulatorAnswer | undefined {
  const [none, match] = [headers.get("if-none-match"), headers.get("if-match")];
  if (none === undefined && match === undefined) return undefined;
  if (conditions === "not implemented") {
    return fault(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
  }
  const failed = fault(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  if (none !== undefined && ["both", "create"].includes(conditions)) return text === undefined ? undefined : failed;
  if (match === undefined || !["both", "replace"].includes(conditions)) return undefined;
  if (text === undefined) return fault(404, "NoSuchKey", "The specified key does not exist.");
  return etagOf(text) === match ? undefined : failed;
}

function listPage(query: URLSearchParams, keys: readonly string[], { pageSize, encodesKeys }: Known): EmulatorAnswer {
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token") ?? "";
  const left = keys.filter((key) => key.startsWith(prefix) && `${key}` > after);
  const page = left.slice(0, pageSize);
  const isUrl = encodesKeys && query.get("encoding-type") === "url";
  const shown = (key: string): string => (isUrl ? encodeURIComponent(key).replaceAll("%20", "+") : escaped(key));
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    ...(isUrl ? ["<EncodingType>url</EncodingType>"] : []),
    `<IsTruncated>${left.length > page.length}</IsTruncated>`,
    ...page.map((key) => `<Contents><Key>${shown(key)}</Key><Size>1</Size></Contents>`),
    ...(left.length > page.length
      ? [`<NextContinuationToken>${escaped(page.at(-1) ?? "")}</NextContinuationToken>`]
      : []),
    "</ListBucketResult>",
  ].join("\n");
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function etagOf(text: string): string {
  return `"${createHash("md5").update(text).digest("hex")}"`;
}
