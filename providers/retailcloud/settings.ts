import { z } from "zod";
import { failure } from "../../src/core/errors.ts";
import type { Cloud } from "../../src/core/ledger.ts";
import { secret } from "../../src/core/traits.ts";

/** What stands under `providers.retailcloud` in cairn.yaml. */
export const settingsSchema = z.strictObject({
  region: z.string().min(1).describe("the region that the account works in, e.g. cn-zhangjiakou"),
  endpoint: z
    .string()
    .refine(isOrigin, "must be http:// or https://, a host and perhaps a port, and nothing else")
    .optional()
    .describe("where the API is; the vendor's own where it is left out"),
  accessKeyId: z
    .string()
    .optional()
    .describe("with accessKeySecret; else the environment or the vendor's chain is asked"),
  accessKeySecret: secret(z.string()).optional(),
  securityToken: secret(z.string()).optional().describe("for temporary keys (STS)"),
});

/** Settings as a client takes them. */
export type Settings = z.output<typeof settingsSchema>;

const vendorEndpoint = "https://retailcloud.aliyuncs.com";

/** Parses settings; `E_CONFIG` names every field that is wrong. */
export function readSettings(settings: unknown): Settings {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw failure("E_CONFIG", `the settings of retailcloud are not valid: ${faults}`);
}

/** The endpoint as a URL: scheme, host and port. */
export function endpointOf({ endpoint }: Settings): URL {
  return new URL(endpoint ?? vendorEndpoint);
}

/** Which cloud the settings lead to: region, and `host:port` of the endpoint, the port always written. */
export function cloudOf(settings: unknown): Cloud {
  const read = readSettings(settings);
  const { hostname, port, protocol } = endpointOf(read);
  const endpoint = `${hostname}:${port === "" ? defaultPorts[protocol] : port}`;
  return { provider: "retailcloud", region: read.region, endpoint };
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return protocol in defaultPorts && pathname === "/" && `${search}${hash}${username}${password}` === "";
}
