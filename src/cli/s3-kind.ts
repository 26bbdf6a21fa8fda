import { z } from "zod";
import { noSecret, secret } from "../core/traits.ts";
import type { BackendKind } from "../ledger/backend-kind.ts";

const bucket = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/, "must be the name of a bucket: letters, digits, '.', '-'");
// S3 takes 1024 bytes; the names of lock and history begin with the key.
const key = z
  .string()
  .regex(
    /^[^/\p{Cc}](?:[^\p{Cc}]{0,253}[^/\p{Cc}])?$/u,
    "must be a path of at most 255 characters that neither begins nor ends with /",
  );
const endpoint = z
  .string()
  .refine(isOrigin, "must be http:// or https://, a host and perhaps a port, and nothing else");

const settings = z.strictObject({
  backend: z.literal("s3"),
  bucket: bucket.describe("the bucket that the ledger lies in"),
  key: noSecret(key)
    .exactOptional()
    .describe("what the ledger's object is called; PROJECT/ledger.json where it is left out"),
  region: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, "must be the name of a region, such as eu-central-1")
    .exactOptional()
    .describe("the region of the bucket; AWS_REGION where it is left out"),
  endpoint: endpoint.exactOptional().describe("where the store is; Amazon's own of the region where it is left out"),
  pathStyle: z
    .boolean()
    .exactOptional()
    .describe("true: the bucket stands in the path, as where an endpoint is given; false: before the host's name"),
  accessKeyId: z.string().exactOptional().describe("with secretAccessKey; AWS_ACCESS_KEY_ID where it is left out"),
  secretAccessKey: secret(z.string()).exactOptional(),
  sessionToken: secret(z.string()).exactOptional().describe("for temporary keys"),
});

/** An answer of this size is no ledger, which a file could not be either. */
const bodyLimit = 256 * 2 ** 20;

/** Ledgers in objects of a bucket, in S3 or a store that speaks its protocol and honours conditions of writes. */
export const s3Kind: BackendKind = {
  settings,
  open: async (written, { env, project, root: _, clock, random = Math.random, fetch, ...world }) => {
    const { backend: __, key: name = `${project}/ledger.json`, ...rest } = settings.parse(written);
    const [{ readS3Settings, s3Url }, { s3Store }, { storeBackend }, { systemClock }, { openPools }] =
      await Promise.all([
        import("../ledger/s3-settings.ts"),
        import("../ledger/s3-store.ts"),
        import("../ledger/store-backend.ts"),
        import("../http/clock.ts"),
        import("../http/pools.ts"),
      ]);
    const read = readS3Settings(rest, env);
    const network = fetch === undefined ? openPools({ bodyLimit }) : { fetch, close: async () => undefined };
    return storeBackend({
      ...world,
      project,
      name,
      store: s3Store(read, { ...network, clock: clock ?? systemClock, random }),
      locate: (one) => `s3://${read.bucket}/${one}`,
      placeOf: (one) => `s3:${s3Url(read, one)}`,
      ...(clock === undefined ? {} : { clock }),
    });
  },
};

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  const isWeb = protocol === "http:" || protocol === "https:";
  return isWeb && pathname === "/" && `${search}${hash}${username}${password}` === "";
}
