import fc from "fast-check";
import { lastSegment } from "../../src/core/address.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { mostly } from "./field-values.ts";
import { type Before, type Recipe, without } from "./recipe.ts";

const optional = <T extends Value>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });

/** Templates that the emulator offers, with two versions of each, the older one first. */
const versions: Readonly<Record<string, readonly [string, string]>> = {
  coredns: ["1.28.7", "1.30.33"],
  "metrics-server": ["1.3.60", "1.3.90"],
  autoscaler: ["1.28.51", "1.31.8"],
};

const custom = fc.record(
  { multiAZEnabled: fc.boolean(), cluster_id: fc.constant("c-1"), tenant_id: fc.constant("t-1") },
  { requiredKeys: ["cluster_id", "tenant_id"] },
);

/** Every kind of Huawei Cloud. */
export const huaweicloudRecipes: Readonly<Record<string, Recipe>> = {
  AddonInstance: {
    names: Object.keys(versions).flatMap((template) => [`blue/${template}`, `green/${template}`]),
    most: 3,
    values: {
      clusterId: mostly<Value>(6, "cce-1", "cce-2"),
      version: optional(fc.constant("new")),
      values: fc.record({ custom, flavor: optional(fc.constant({ replicas: 2 })) }) as fc.Arbitrary<Fields>,
    },
    fit: fittingAddon,
  },
  ApigInstance: {
    names: ["front", "back"],
    most: 2,
    values: {
      specId: mostly<Value>(4, "BASIC", "PROFESSIONAL", "NLB_BASIC"),
      availableZoneIds: mostly<Value>(6, ["z-b", "z-a"], ["z-a"]),
      maintainBegin: fc.constantFrom("02:00:00", "06:00:00"),
      maintainEnd: fc.constant(undefined),
      bandwidthSize: optional(fc.constantFrom(5, 10)),
      ingressBandwidthSize: optional(fc.constantFrom(5, 10)),
      eipId: optional(fc.constantFrom("eip-1", "eip-2")),
      tags: optional(fc.constantFrom<Value>({ team: "web" }, { team: "web", stage: "test" }, {})),
      customIngressPorts: fc.uniqueArray(
        fc.record({ protocol: fc.constantFrom("HTTP", "HTTPS"), ingressPort: fc.constantFrom(8443, 9443) }),
        { maxLength: 2, selector: ({ ingressPort }) => ingressPort },
      ),
    },
    fit: fittingGateway,
  },
};

/** The version is one of the template's that the name's last segment says, and no field but `custom` is needed by all. */
function fittingAddon(spec: Fields, _: Before, name: string): Fields {
  const [old, newest] = versions[lastSegment(name)] ?? [];
  const version = spec["version"] === "old" ? old : newest;
  return { ...spec, ...(spec["version"] === undefined || version === undefined ? {} : { version }) };
}

/** What goes with which way in, out and edition. */
function fittingGateway(spec: Fields): Fields {
  const isBalanced = String(spec["specId"]).startsWith("NLB_");
  const isLvs = spec["loadbalancerProvider"] === "lvs";
  const drop = [
    ...(isBalanced ? ["bandwidthSize", "bandwidthChargingMode"] : ["elbIds"]),
    ...(spec["bandwidthSize"] === undefined ? ["bandwidthChargingMode"] : []),
    ...(spec["ingressBandwidthSize"] === undefined || isLvs ? ["ingressBandwidthChargingMode"] : []),
    ...(isLvs ? ["ingressBandwidthSize"] : ["eipId"]),
  ];
  const balanced = isBalanced ? { elbIds: spec["elbIds"] ?? ["elb-1"], loadbalancerProvider: "elb" } : {};
  return without({ ...spec, ...balanced }, ...drop);
}
