import { failure } from "../core/errors.ts";

/** Where a bucket is, and whose keys open it. */
export type S3Settings = {
  readonly bucket: string;
  readonly region: string;
  /** Left out: Amazon's own of the region. */
  readonly endpoint?: string;
  /** True: the bucket stands in the path; false: before the host's name. Left out: in the path of a given endpoint. */
  readonly pathStyle?: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** What may be left to the environment. */
export type WrittenS3Settings = Pick<S3Settings, "bucket" | "endpoint" | "pathStyle"> &
  Partial<Pick<S3Settings, "region" | "accessKeyId" | "secretAccessKey" | "sessionToken">>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings with what the environment says where they are silent: `AWS_REGION` (or `AWS_DEFAULT_REGION`), `AWS_ACCESS_KEY_ID`,
 * `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; the three keys come from one place together. `E_CONFIG` and `E_CREDENTIALS` say
 * what is missing.
 */
export function readS3Settings(written: WrittenS3Settings, env: Environment): S3Settings {
  const { bucket, endpoint, pathStyle } = written;
  const region = [written.region, env["AWS_REGION"], env["AWS_DEFAULT_REGION"]].find((one) => one);
  const place = { file: "cairn.yaml" };
  if (region === undefined) {
    const help = "set `ledger.region` in cairn.yaml, or AWS_REGION; stores without regions take us-east-1 or auto";
    throw failure("E_CONFIG", "the region of the bucket is not known", { place, field: "ledger.region", help });
  }
  return {
    bucket,
    region,
    ...keysOf(written, env),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(pathStyle === undefined ? {} : { pathStyle }),
  };
}

type Keys = Pick<S3Settings, "accessKeyId" | "secretAccessKey" | "sessionToken">;

/** A session token belongs to the keys that it was given with: it is taken from where they are. */
function keysOf(written: WrittenS3Settings, env: Environment): Keys {
  const isWritten = Boolean(written.accessKeyId || written.secretAccessKey);
  const given = isWritten
    ? written
    : {
        accessKeyId: env["AWS_ACCESS_KEY_ID"],
        secretAccessKey: env["AWS_SECRET_ACCESS_KEY"],
        sessionToken: env["AWS_SESSION_TOKEN"],
      };
  const { accessKeyId, secretAccessKey, sessionToken } = given;
  if (!accessKeyId || !secretAccessKey) {
    const names = isWritten
      ? ["ledger.accessKeyId", "ledger.secretAccessKey"]
      : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    const missing = names.filter((_, index) => ![accessKeyId, secretAccessKey][index]);
    const help = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or both keys under `ledger` in cairn.yaml";
    const message = `no keys for the bucket of the ledger: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set`;
    throw failure("E_CREDENTIALS", message, { place: { file: "cairn.yaml" }, help });
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** The address of an object, or of the bucket where no key is given: with everything encoded that a signature counts on. */
export function s3Url(settings: S3Settings, key = "", query: Readonly<Record<string, string>> = {}): string {
  const { bucket, region, endpoint } = settings;
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const base = new URL(endpoint ?? `https://s3.${region}.${suffix}`);
  // A dot in the name of a bucket is one too many for the certificate of the host.
  const inPath = settings.pathStyle ?? (endpoint !== undefined || bucket.includes("."));
  const host = inPath ? base.host : `${bucket}.${base.host}`;
  const path = `${inPath ? `/${encoded(bucket)}` : ""}/${key.split("/").map(encoded).join("/")}`;
  const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return `${base.protocol}//${host}${path}${search.length === 0 ? "" : `?${search.join("&")}`}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
