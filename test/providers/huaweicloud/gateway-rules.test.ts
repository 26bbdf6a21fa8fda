import { describe, expect, it } from "vitest";
import { deletionObstacle, gatewayRow } from "../../../providers/huaweicloud/gateway-answer.ts";
import {
  gatewayConstraints,
  gatewayRemarks,
  gatewaySpec,
  windowEnd,
} from "../../../providers/huaweicloud/gateway-rules.ts";

const plain = { instanceName: "edge", specId: "BASIC", vpcId: "v", subnetId: "s", securityGroupId: "g" };

function complaints(more: object): readonly string[] {
  return gatewayConstraints(gatewaySpec.parse({ ...plain, ...more })).map(
    ({ field, message }) => `${field} ${message}`,
  );
}

describe("the constraints of a gateway", () => {
  it.each([
    [{ maintainEnd: "02:00:00" }, /^maintainEnd needs maintainBegin/],
    [{ maintainBegin: "02:00:00", maintainEnd: "10:00:00" }, /^maintainEnd must be .* 06:00:00; got "10:00:00"/],
    [{ bandwidthChargingMode: "traffic" }, /^bandwidthChargingMode needs a bandwidthSize above 0/],
    [{ bandwidthChargingMode: "traffic", bandwidthSize: 0 }, /^bandwidthChargingMode needs/],
    [{ ingressBandwidthChargingMode: "traffic" }, /^ingressBandwidthChargingMode needs ingressBandwidthSize/],
    [{ eipId: "e", ingressBandwidthSize: 5 }, /^eipId is for gateways on LVS/],
    [{ eipId: "e", loadbalancerProvider: "elb" }, /^eipId is for gateways on LVS; use ingressBandwidthSize/],
    [{ ingressBandwidthSize: 5, loadbalancerProvider: "lvs" }, /^ingressBandwidthSize is for gateways on ELB/],
    [{ specId: "NLB_BASIC" }, /^specId NLB_BASIC stands behind load balancers; add elbIds/],
    [{ elbIds: ["e"] }, /^elbIds is for NLB editions/],
    [{ specId: "NLB_BASIC", elbIds: ["e"], bandwidthSize: 5 }, /^bandwidthSize is not for NLB editions/],
    [
      { customIngressPorts: ["HTTP", "HTTPS"].map((protocol) => ({ protocol, ingressPort: 8080 })) },
      /^customIngressPorts names a port twice/,
    ],
    [{ tags: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, ""])) }, /^tags holds more than 20/],
  ])("refuse %j", (more, complaint) => {
    const found = complaints(more);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(complaint);
  });

  it.each([
    {},
    { maintainBegin: "22:00:00", maintainEnd: "02:00:00" },
    { bandwidthSize: 5, bandwidthChargingMode: "traffic" },
    { specId: "NLB_BASIC_IPV6", elbIds: ["e"], bandwidthSize: 0 },
    { eipId: "e", loadbalancerProvider: "lvs" },
    { specId: "SOMETHING_NEW" },
  ])("accept %j", (more) => {
    expect(complaints(more)).toEqual([]);
  });

  it.each([
    { instanceName: "ab" },
    { instanceName: "a".repeat(65) },
    { description: "a < b" },
    { description: "x".repeat(256) },
    { maintainBegin: "03:00:00" },
    { bandwidthSize: 2001 },
    { ingressBandwidthSize: 4 },
    { customIngressPorts: [{ protocol: "HTTP", ingressPort: 80 }] },
    { vpcepServiceName: "a.b" },
    { availableZoneIds: [] },
  ])("the schema refuses %j", (more) => {
    expect(gatewaySpec.safeParse({ ...plain, ...more }).success).toBe(false);
  });

  it("a window ends four hours after it began", () => {
    expect(["02:00:00", "18:00:00", "22:00:00"].map(windowEnd)).toEqual(["06:00:00", "22:00:00", "02:00:00"]);
  });
});

describe("the remarks on an edition", () => {
  const live = (spec: string, more: object = {}) =>
    gatewayRow({ id: "1", instance_name: "e", spec, status: "Running", ...more });
  const refused = (from: string, to: string, more: object = {}) =>
    gatewayRemarks(live(from, more), { specId: to }, ["specId"]).map(({ message }) => message);

  it.each([
    ["BASIC", "PROFESSIONAL"],
    ["PLATINUM", "PLATINUM_X2"],
    ["NLB_BASIC_IPV6", "NLB_PLATINUM_IPV6"],
    ["BASIC", "NLB_BASIC"],
    ["ENTERPRISE", "SOMETHING_NEW"],
    ["SOMETHING_OLD", "BASIC"],
  ])("say nothing of %s that becomes %s", (from, to) => {
    expect(refused(from, to)).toEqual([]);
  });

  it.each([
    ["PROFESSIONAL", "BASIC"],
    ["PLATINUM_X8", "PLATINUM"],
    ["ENTERPRISE_IPV6", "BASIC_IPV6"],
  ])("refuse that %s becomes %s", (from, to) => {
    expect(refused(from, to)).toEqual([`an edition can only grow: ${from} cannot become ${to}`]);
  });

  it("refuse any other edition where there is an order for months or years", () => {
    expect(refused("BASIC", "PLATINUM", { charging_mode: 1 })).toEqual([
      expect.stringContaining("cannot change its order"),
    ]);
    expect(gatewayRemarks(live("BASIC"), { specId: "PLATINUM" }, ["description"])).toEqual([]);
    expect(gatewayRemarks({ id: "1", spec: { specId: "BASIC" } }, { specId: "PLATINUM" }, ["specId"])).toEqual([]);
    expect(deletionObstacle({ id: "1", spec: {} })).toBeUndefined();
  });
});
