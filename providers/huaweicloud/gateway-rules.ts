import { z } from "zod";
import type { Live, Remark } from "../../src/core/kind.ts";
import { cannotUnset, describedOnly, disruption, immutable, unordered } from "../../src/core/traits.ts";
import { byText, type Fields } from "../../src/core/values.ts";
import { isBalanced } from "./gateway-besides.ts";

const hours = ["02:00:00", "06:00:00", "10:00:00", "14:00:00", "18:00:00", "22:00:00"] as const;

const id = (description: string) => z.string().min(1).describe(description);
const charging = (description: string) =>
  describedOnly(z.enum(["bandwidth", "traffic"]).describe(description)).optional();

/** A field that is fixed with the creation, and that lists lack. */
function fixed<S extends z.ZodType>(schema: S): S {
  return immutable(describedOnly(schema));
}

const ports = z
  .array(z.strictObject({ protocol: z.enum(["HTTP", "HTTPS"]), ingressPort: z.int().min(1024).max(49_151) }))
  .max(40)
  .describe("ports beside 80 and 443; a port has one protocol");

/** The spec of a dedicated gateway. */
export const gatewaySpec = z.strictObject({
  instanceName: z
    .string()
    .min(3)
    .max(64)
    .describe("unique in the project; the last segment of metadata.name where it is left out"),
  specId: disruption(
    id("the edition, e.g. BASIC or PROFESSIONAL; it can only grow, which takes 15 to 30 minutes and changes addresses"),
    "restart",
  ),
  vpcId: fixed(id("the VPC")),
  subnetId: fixed(id("the network id of the subnet")),
  securityGroupId: describedOnly(id("the security group; gateways behind ELB ignore it")),
  availableZoneIds: fixed(
    unordered(z.array(z.string().min(1)).min(1).describe("codes of zones, in any order")),
  ).optional(),
  description: describedOnly(
    z
      .string()
      .max(255)
      .regex(/^[^<>]*$/, "must not hold < or >"),
  ).optional(),
  maintainBegin: cannotUnset(
    describedOnly(z.enum(hours).describe("when the four hours begin in which the vendor may work on it")),
    "a gateway always has a maintenance window; name the one that it should have",
  ).optional(),
  maintainEnd: describedOnly(z.enum(hours).describe("four hours after maintainBegin; need not be written")).optional(),
  bandwidthSize: describedOnly(
    z.int().min(0).max(2000).describe("Mbit/s from the gateway to the internet; 0 is no way out"),
  ).optional(),
  bandwidthChargingMode: charging("how the way out is billed; bandwidth where it is left out"),
  eipId: describedOnly(id("an elastic IP, by which the internet reaches a gateway on LVS")).optional(),
  ingressBandwidthSize: describedOnly(
    z
      .int()
      .min(5)
      .max(2000)
      .describe("Mbit/s from the internet to a gateway on ELB, at an address that the cloud assigns"),
  ).optional(),
  ingressBandwidthChargingMode: charging("how the way in is billed; bandwidth where it is left out"),
  loadbalancerProvider: fixed(z.enum(["lvs", "elb"]).describe("the region decides where it is left out")).optional(),
  elbIds: describedOnly(
    unordered(z.array(z.string().min(1)).min(1).describe("load balancers before a gateway of an NLB edition")),
  ).optional(),
  ipv6Enable: fixed(z.boolean().describe("whether the internet reaches it by IPv6")).optional(),
  enterpriseProjectId: id("the enterprise project; the default one where it is left out").optional(),
  tags: describedOnly(z.record(z.string().min(1).max(128), z.string().max(255)).transform(sorted)).optional(),
  vpcepServiceName: cannotUnset(
    describedOnly(
      z
        .string()
        .regex(/^[\w-]{1,16}$/, "must be at most 16 letters, digits, _ and -")
        .meta({ description: "the name of its endpoint service", examples: ["orders"] }),
    ),
    "a gateway's endpoint service always has a name; name the one that it should have",
  ).optional(),
  customIngressPorts: describedOnly(unordered(ports, ["protocol", "ingressPort"])).optional(),
});

function sorted(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).sort(([left], [right]) => byText(left, right)));
}

/** A gateway as it is wanted. */
export type WantedGateway = z.output<typeof gatewaySpec>;

/** The end of the maintenance window that begins at the given hour. */
export function windowEnd(begin: string): string {
  const hour = (Number(begin.slice(0, 2)) + 4) % 24;
  return `${String(hour).padStart(2, "0")}:00:00`;
}

type Violation = { readonly field: string; readonly message: string };
type Rule = readonly [broken: boolean, field: string, message: string];

/** Rules between the fields of a gateway. */
export function gatewayConstraints(wanted: WantedGateway): readonly Violation[] {
  return [...windowRules(wanted), ...publicRules(wanted), ...editionRules(wanted), ...listRules(wanted)]
    .filter(([broken]) => broken)
    .map(([, field, message]) => ({ field, message }));
}

function windowRules({ maintainBegin: begin, maintainEnd: end }: WantedGateway): readonly Rule[] {
  if (end === undefined) return [];
  if (begin === undefined) return [[true, "maintainEnd", "needs maintainBegin, four hours before it; add that"]];
  const right = windowEnd(begin);
  return [[end !== right, "maintainEnd", `must be four hours after maintainBegin, which is ${right}; got "${end}"`]];
}

function publicRules(wanted: WantedGateway): readonly Rule[] {
  const { eipId, loadbalancerProvider: balancer, bandwidthSize, ingressBandwidthSize } = wanted;
  const [hasEip, hasIngress] = [eipId !== undefined, ingressBandwidthSize !== undefined];
  const both = "is for gateways on LVS, ingressBandwidthSize for those on ELB; take one of them out";
  return [
    [
      wanted.bandwidthChargingMode !== undefined && !bandwidthSize,
      "bandwidthChargingMode",
      "needs a bandwidthSize above 0; add that, or take this out",
    ],
    [
      wanted.ingressBandwidthChargingMode !== undefined && !hasIngress,
      "ingressBandwidthChargingMode",
      "needs ingressBandwidthSize; add that, or take this out",
    ],
    [hasEip && hasIngress, "eipId", both],
    [hasEip && balancer === "elb", "eipId", "is for gateways on LVS; use ingressBandwidthSize"],
    [hasIngress && balancer === "lvs", "ingressBandwidthSize", "is for gateways on ELB; use eipId"],
  ];
}

function editionRules({ specId, elbIds, bandwidthSize = 0 }: WantedGateway): readonly Rule[] {
  if (!isBalanced(specId)) {
    return [[elbIds !== undefined, "elbIds", `is for NLB editions, and specId is ${specId}; take it out`]];
  }
  return [
    [elbIds === undefined, "specId", `${specId} stands behind load balancers; add elbIds`],
    [bandwidthSize > 0, "bandwidthSize", `is not for NLB editions such as ${specId}; take it out`],
  ];
}

function listRules({ customIngressPorts = [], tags = {} }: WantedGateway): readonly Rule[] {
  const numbers = new Set(customIngressPorts.map(({ ingressPort }) => ingressPort));
  const twice = "names a port twice; a port has one protocol";
  return [
    [numbers.size < customIngressPorts.length, "customIngressPorts", twice],
    [Object.keys(tags).length > 20, "tags", "holds more than 20 tags, which is the most; take some out"],
  ];
}

const sizes = ["BASIC", "PROFESSIONAL", "ENTERPRISE", "PLATINUM"];

/** How large an edition is among those of its family; undefined for names that are not known. */
function rankOf(edition: string): { readonly family: string; readonly rank: number } | undefined {
  const [, before = "", size = "", times = "1", after = ""] =
    /^(NLB_)?([A-Z]+?)(?:_X(\d+))?(_IPV6)?$/.exec(edition) ?? [];
  const rank = sizes.indexOf(size);
  return rank < 0 ? undefined : { family: `${before}${after}`, rank: rank * 100 + Number(times) };
}

/** The edition grows in one direction alone, and an order is needed for it where the gateway is billed by the month or year. */
export function gatewayRemarks(
  { spec, facts = {} }: Live,
  wanted: Fields,
  changed: readonly string[],
): readonly Remark[] {
  if (!changed.includes("specId")) return [];
  const [before, after] = [String(spec["specId"]), String(wanted["specId"])];
  const [small, large] = [rankOf(after), rankOf(before)];
  const refused = (message: string, help: string): readonly Remark[] => [
    { field: "specId", message, refuses: true, help },
  ];
  if (facts["chargingMode"] === 1) {
    return refused(
      `${before} is billed by the month or year, and the API cannot change its order to ${after}`,
      "change the edition in the console, then write it here",
    );
  }
  if (small === undefined || large === undefined || small.family !== large.family || small.rank > large.rank) return [];
  return refused(
    `an edition can only grow: ${before} cannot become ${after}`,
    `write ${before}, or have the gateway made anew with --replace and --allow destroy`,
  );
}
