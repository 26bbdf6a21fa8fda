import { describe, expect, it } from "vitest";
import { edgeProject, gateway } from "./edge-project.ts";

/** Field by field: what it becomes, what else it stands on, and the calls that take it there. */
const changes: readonly (readonly [field: string, from: object, to: object, calls: readonly string[]])[] = [
  ["instanceName", {}, { instanceName: "renamed" }, ["UpdateInstanceV2"]],
  ["description", {}, { description: "new" }, ["UpdateInstanceV2"]],
  ["description", { description: "old" }, {}, ["UpdateInstanceV2"]],
  ["securityGroupId", {}, { securityGroupId: "sg-2" }, ["UpdateInstanceV2"]],
  ["maintainBegin", {}, { maintainBegin: "10:00:00" }, ["UpdateInstanceV2"]],
  [
    "maintainEnd",
    { maintainBegin: "02:00:00", maintainEnd: "06:00:00" },
    { maintainBegin: "02:00:00" },
    ["UpdateInstanceV2"],
  ],
  ["vpcepServiceName", { vpcepServiceName: "a" }, { vpcepServiceName: "b" }, ["UpdateInstanceV2"]],
  ["bandwidthSize", {}, { bandwidthSize: 5 }, ["AddEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, { bandwidthSize: 8 }, ["UpdateEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, { bandwidthSize: 0 }, ["RemoveEngressEipV2"]],
  ["bandwidthSize", { bandwidthSize: 5 }, {}, ["RemoveEngressEipV2"]],
  [
    "bandwidthChargingMode",
    { bandwidthSize: 5 },
    { bandwidthSize: 5, bandwidthChargingMode: "traffic" },
    ["UpdateEngressEipV2"],
  ],
  [
    "bandwidthChargingMode",
    { bandwidthSize: 5, bandwidthChargingMode: "traffic" },
    { bandwidthSize: 5 },
    ["UpdateEngressEipV2"],
  ],
  ["ingressBandwidthSize", {}, { ingressBandwidthSize: 5 }, ["AddIngressEipV2"]],
  ["ingressBandwidthSize", { ingressBandwidthSize: 5 }, { ingressBandwidthSize: 20 }, ["UpdateIngressEipV2"]],
  ["ingressBandwidthSize", { ingressBandwidthSize: 5 }, {}, ["RemoveIngressEipV2"]],
  [
    "ingressBandwidthChargingMode",
    { ingressBandwidthSize: 5 },
    { ingressBandwidthSize: 5, ingressBandwidthChargingMode: "traffic" },
    ["UpdateIngressEipV2"],
  ],
  ["eipId", { loadbalancerProvider: "lvs" }, { loadbalancerProvider: "lvs", eipId: "eip-1" }, ["AddEipV2"]],
  [
    "eipId",
    { loadbalancerProvider: "lvs", eipId: "eip-1" },
    { loadbalancerProvider: "lvs", eipId: "eip-2" },
    ["AddEipV2"],
  ],
  ["eipId", { loadbalancerProvider: "lvs", eipId: "eip-1" }, { loadbalancerProvider: "lvs" }, ["RemoveEipV2"]],
  ["tags", {}, { tags: { a: "1" } }, ["BatchCreateOrDeleteInstanceTags"]],
  [
    "tags",
    { tags: { a: "1", b: "2" } },
    { tags: { a: "3", c: "4" } },
    ["BatchCreateOrDeleteInstanceTags", "BatchCreateOrDeleteInstanceTags"],
  ],
  ["tags", { tags: { a: "1" } }, {}, ["BatchCreateOrDeleteInstanceTags"]],
  ["enterpriseProjectId", {}, { enterpriseProjectId: "e2" }, ["MigrateResource"]],
  ["enterpriseProjectId", { enterpriseProjectId: "e1" }, {}, ["MigrateResource"]],
  [
    "customIngressPorts",
    { customIngressPorts: [{ protocol: "HTTP", ingressPort: 8080 }] },
    { customIngressPorts: [{ protocol: "HTTPS", ingressPort: 8080 }] },
    ["DeleteCustomIngressPort", "AddCustomIngressPort"],
  ],
  [
    "customIngressPorts",
    { customIngressPorts: [{ protocol: "HTTP", ingressPort: 8080 }] },
    {},
    ["DeleteCustomIngressPort"],
  ],
  [
    "elbIds",
    { specId: "NLB_BASIC", elbIds: ["e1", "e2"] },
    { specId: "NLB_BASIC", elbIds: ["e3", "e2"] },
    ["BatchCreateExtraElbs", "BatchDeleteExtraElbs"],
  ],
  ["specId", {}, { specId: "ENTERPRISE" }, ["CreatePostPayResizeOrder"]],
];

/** The emulator names one operation in its own way. */
const ours: Readonly<Record<string, string>> = { EpsMigrateResource: "MigrateResource" };

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe("ApigInstance", () => {
  it.each(changes)(
    "%s is changed from %j to %j by its own calls alone, as predicted",
    async (field, from, to, calls) => {
      const project = edgeProject();
      await project.settle(gateway("edge", from));
      const [before] = project.rows("ApigInstance");
      project.declare(gateway("edge", to));
      const planned = await project.plan();
      expect(planned.actions).toEqual({ edge: "update" });
      expect(new Set(planned.fields["ApigInstance/edge"]?.map((path) => path.split(/[.[]/)[0]))).toEqual(
        new Set([field]),
      );
      expect(planned.calls).toEqual(counted(calls));
      project.emulator.clearCalls();
      await project.settle(gateway("edge", to));
      const sent = project.emulator.calls().map(({ action }) => ours[action] ?? action);
      expect(sent.filter((action) => !/^(List|Show)/.test(action))).toEqual(calls);
      expect(project.rows("ApigInstance")).toMatchObject([{ instance_id: before?.["instance_id"] }]);
    },
  );
});
