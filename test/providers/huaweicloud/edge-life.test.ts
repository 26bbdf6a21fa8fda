import { describe, expect, it } from "vitest";
import { addon, type EdgeProject, edgeProject, gateway } from "./edge-project.ts";

/** What becomes of an object, one manifest after the other. */
type Story = {
  readonly kind: "AddonInstance" | "ApigInstance";
  readonly made: object;
  /** Each is an update of the one object. */
  readonly updates: readonly object[];
  /** The same object by another name: of its manifest, or in the cloud. */
  readonly renamed: object;
  /** Each needs a new object. */
  readonly replacements: readonly object[];
  /** The cloud's field that tells one object from the next. */
  readonly id: "uid" | "instance_id";
  /** Where the object is replaced. */
  readonly address: string;
};

const scaler = { cluster_id: "c1", tenant_id: "t1" };
const values = { custom: { ...scaler, logLevel: 5 }, flavor: { name: "Single" } };
const autoscaler = { addonTemplateName: "autoscaler", version: "1.25.21", values };
const edge = {
  loadbalancerProvider: "elb",
  ipv6Enable: true,
  bandwidthSize: 5,
  ingressBandwidthSize: 5,
  tags: { a: "1" },
};
const ports = [{ protocol: "HTTPS", ingressPort: 8443 }];
const last = {
  ...edge,
  ...{ description: "new", maintainBegin: "10:00:00", securityGroupId: "sg-2", vpcepServiceName: "edge" },
  ...{ bandwidthSize: 8, bandwidthChargingMode: "traffic", ingressBandwidthSize: 9, customIngressPorts: ports },
  ...{ ingressBandwidthChargingMode: "traffic", tags: { a: "2", b: "3" }, enterpriseProjectId: "e1" },
};
const { tags: _, description: __, customIngressPorts: ___, ...fewer } = last;

const stories: readonly Story[] = [
  {
    kind: "AddonInstance",
    made: addon("one", autoscaler),
    updates: [
      addon("one", { ...autoscaler, values: { ...values, custom: { ...scaler, maxNodesTotal: 9 } } }),
      addon("one", { ...autoscaler, values: { ...values, flavor: { name: "HA" } } }),
      addon("one", { ...autoscaler, values: { ...values, basic: { swr_user: "mine" } } }),
      addon("one", { ...autoscaler, version: "1.28.51" }),
    ],
    renamed: addon("two", { ...autoscaler, version: "1.28.51" }),
    replacements: [
      addon("two", { ...autoscaler, clusterId: "c2" }),
      addon("two", { addonTemplateName: "metrics-server", clusterId: "c2" }),
    ],
    ...{ id: "uid", address: "AddonInstance/two" },
  },
  {
    kind: "ApigInstance",
    made: gateway("one", edge),
    updates: [gateway("one", last), gateway("one", fewer), gateway("one", { ...fewer, specId: "ENTERPRISE" })],
    renamed: gateway("one", { ...fewer, instanceName: "renamed", specId: "ENTERPRISE" }),
    replacements: [
      gateway("one", { vpcId: "vpc-2", loadbalancerProvider: "elb", ipv6Enable: true }),
      gateway("one", { vpcId: "vpc-2", subnetId: "net-2", loadbalancerProvider: "elb", ipv6Enable: true }),
      gateway("one", {
        vpcId: "vpc-2",
        subnetId: "net-2",
        availableZoneIds: ["z-c"],
        loadbalancerProvider: "elb",
        ipv6Enable: true,
      }),
      gateway("one", {
        vpcId: "vpc-2",
        subnetId: "net-2",
        availableZoneIds: ["z-c"],
        loadbalancerProvider: "lvs",
        ipv6Enable: true,
      }),
      gateway("one", { vpcId: "vpc-2", subnetId: "net-2", availableZoneIds: ["z-c"], loadbalancerProvider: "lvs" }),
    ],
    ...{ id: "instance_id", address: "ApigInstance/one" },
  },
];

const ways: readonly (readonly [string, object])[] = [
  ["an access key", { accessKey: "cairn", secretKey: "cairn-secret" }],
  ["a token", { user: { name: "cairn", password: "cairn-password", domain: "cairn" } }],
];

function idsIn(project: EdgeProject, { kind, id }: Story): readonly unknown[] {
  return project.rows(kind).map((row) => row[id]);
}

async function replace(project: EdgeProject, manifest: object, { address }: Story): Promise<void> {
  project.declare(manifest);
  const { code, stderr } = await project.cairn(`apply --yes --allow destroy=${address}`);
  expect(stderr).not.toContain("error[");
  expect(code).toBe(0);
  expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
}

describe.each(ways)("by %s", (_way, settings) => {
  it.each(stories)("$kind is made, changed, renamed, made anew, destroyed and adopted", async (story) => {
    const project = edgeProject({ settings });
    // `settle` applies, and expects that a plan is empty then: server-filled values never show.
    await project.settle(story.made);
    const [made] = idsIn(project, story);
    for (const update of [...story.updates, story.renamed]) {
      await project.settle(update);
      expect(idsIn(project, story)).toEqual([made]);
    }
    let before = made;
    for (const replacement of story.replacements) {
      await replace(project, replacement, story);
      const ids = idsIn(project, story);
      expect([ids.length, ids.includes(before)]).toEqual([1, false]);
      [before] = ids;
    }
    const [row] = project.rows(story.kind);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect([project.rows(story.kind), project.ledger().entries]).toEqual([[], {}]);
    project.emulator.reset({ huaweicloud: { [story.kind]: [row] } });
    await project.settle(story.replacements.at(-1) ?? story.made);
    expect(project.emulator.calls().filter(({ action }) => /^(Create|Update)[AI]/.test(action))).toEqual([]);
    expect(idsIn(project, story)).toEqual([before]);
    await project.settle();
    expect(idsIn(project, story)).toEqual([before]);
  });
});
