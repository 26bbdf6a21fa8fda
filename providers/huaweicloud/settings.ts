import { z } from "zod";
import { failure } from "../../src/core/errors.ts";
import type { Cloud } from "../../src/core/ledger.ts";
import { secret } from "../../src/core/traits.ts";
import type { Service } from "./operation.ts";

const clusterId = "{cluster_id}";

const endpoint = z
  .string()
  .refine(isOrigin, "must be http:// or https://, a host and perhaps a port, and nothing else");

const clusterEndpoint = z
  .string()
  .refine(
    (text) => isOrigin(text.replace(clusterId, "cluster")),
    `must be http:// or https://, a host (in which ${clusterId} may stand) and perhaps a port, and nothing else`,
  );

const user = z.strictObject({
  name: z.string().min(1).describe("the name of an IAM user"),
  password: secret(z.string().min(1)),
  domain: z.string().min(1).describe("the account that the user belongs to"),
});

const agency = z.strictObject({
  name: z.string().min(1).describe("the name of an agency"),
  domain: z.string().min(1).describe("the account that has created the agency"),
  seconds: z.int().min(900).max(86_400).default(3600).describe("how long one of its keys lasts"),
});

/** What stands under `providers.huaweicloud` in cairn.yaml. */
export const settingsSchema = z
  .strictObject({
    region: z.string().min(1).describe("the region, e.g. cn-north-4"),
    projectId: z
      .string()
      .regex(/^[A-Za-z0-9_-]+$/, "must be the id of a project of the region")
      .describe("the id of the account's project in the region"),
    endpoint: endpoint.optional().describe("where every service is; the vendor's own endpoints where it is left out"),
    endpoints: z
      .strictObject({
        cce: clusterEndpoint.optional().describe(`where CCE is; ${clusterId} stands for the id of the cluster`),
        apig: endpoint.optional(),
        iam: endpoint.optional(),
        eps: endpoint.optional(),
        metadata: endpoint.optional().describe("where the metadata service of a server is; http://169.254.169.254"),
      })
      .optional()
      .describe("where single services are"),
    accessKey: z.string().optional().describe("with secretKey; else token, user or the environment is asked"),
    secretKey: secret(z.string()).optional(),
    securityToken: secret(z.string()).optional().describe("for temporary access keys"),
    token: secret(z.string()).optional().describe("an IAM token of the project; it lasts 24 hours and is not renewed"),
    metadata: z
      .boolean()
      .optional()
      .describe(
        "true: the temporary keys of the server (ECS) that cairn runs on are used, and renewed before they end",
      ),
    agency: agency
      .optional()
      .describe("an agency, whose temporary keys are fetched by what is given beside it, and renewed before they end"),
    user: user.optional().describe("an IAM user, from whose password a token is fetched, and renewed before it ends"),
  })
  .refine(
    (settings) => waysIn(settings) <= 1,
    "one of accessKey with secretKey, token, user, and metadata is enough; take the others out",
  );

/** Settings as a client takes them. */
export type Settings = z.output<typeof settingsSchema>;

/** How many ways of proving who calls the settings name; "" counts as not given. */
function waysIn(settings: {
  readonly accessKey?: string | undefined;
  readonly secretKey?: string | undefined;
  readonly token?: string | undefined;
  readonly user?: object | undefined;
  readonly metadata?: boolean | undefined;
}): number {
  const { accessKey, secretKey, token, user: one, metadata } = settings;
  return [accessKey || secretKey, token, one, metadata].filter(Boolean).length;
}

/** Parses settings; `E_CONFIG` names every field that is wrong, and shows no value. */
export function readSettings(settings: unknown): Settings {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw failure("E_CONFIG", `the settings of huaweicloud are not valid: ${faults.join("; ")}`);
}

/** Services of the whole cloud have one endpoint for all regions. */
const vendorEndpoints: Readonly<Record<Service, (region: string) => string>> = {
  cce: (region) => `https://cce.${region}.myhuaweicloud.com`,
  apig: (region) => `https://apig.${region}.myhuaweicloud.com`,
  iam: () => "https://iam.myhuaweicloud.com",
  eps: () => "https://eps.myhuaweicloud.com",
};

/** The endpoint of a service as a URL: scheme, host and port. `E_INTERNAL` where its host needs a cluster and none is given, `E_FIELD` where what is given is no part of a host's name. */
export function endpointOf(settings: Settings, service: Service, cluster?: string): URL {
  const template = templateOf(settings, service);
  if (!template.includes(clusterId)) return new URL(template);
  if (cluster === undefined) throw failure("E_INTERNAL", `the endpoint ${template} needs a cluster, and none is given`);
  // What is no part of a host's name could lead the call, and its token, to another host.
  if (!/^[A-Za-z0-9-]{1,63}$/.test(cluster)) {
    throw failure("E_FIELD", `clusterId ${JSON.stringify(cluster)} cannot stand in the endpoint ${template}`, {
      help: "write the id of the CCE cluster as clusterId: letters, digits and dashes",
    });
  }
  return new URL(template.replace(clusterId, cluster));
}

function templateOf({ region, endpoint: common, endpoints }: Settings, service: Service): string {
  return endpoints?.[service] ?? common ?? vendorEndpoints[service](region);
}

/**
 * Which cloud the settings lead to: region, project, and `host:port` of the endpoint, the port always written. The service's
 * name and the cluster before a host do not count, so that several services at one place are one endpoint.
 */
export function cloudOf(settings: unknown): Cloud {
  const read = readSettings(settings);
  const places = (["cce", "apig"] as const).map((service) => {
    const text = templateOf(read, service).replace(`${clusterId}.`, "").replace(clusterId, "cluster");
    const { hostname, port, protocol } = new URL(text);
    return `${hostname.replace(new RegExp(`^${service}\\.`), "")}:${port === "" ? defaultPorts[protocol] : port}`;
  });
  const { region, projectId } = read;
  return { provider: "huaweicloud", region, project: projectId, endpoint: [...new Set(places)].join(",") };
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

function isOrigin(text: string): boolean {
  if (!URL.canParse(text) || /[{}]/.test(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return protocol in defaultPorts && pathname === "/" && `${search}${hash}${username}${password}` === "";
}
