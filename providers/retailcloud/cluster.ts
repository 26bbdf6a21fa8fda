import { z } from "zod";
import { recordOf } from "../../src/core/answer-fields.ts";
import type { Creation, Live } from "../../src/core/kind.ts";
import { immutable, secret, unordered, writeOnly } from "../../src/core/traits.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import {
  clusterAnswers,
  clusterCondition,
  clusterInDetail,
  clusterInRow,
  clusterRemovalFailure,
  isGoing,
} from "./cluster-answers.ts";
import { callUnless } from "./declined.ts";
import { idOf } from "./decode.ts";
import { described, optionalText, text } from "./fields.ts";
import { defineResource } from "./resource.ts";

/** The password travels in the body: proxies write queries into their logs. */
const createCluster = defineAction({
  name: "CreateCluster",
  method: "POST",
  mutating: true,
  query: [
    ...names("BusinessCode CloudMonitorFlags ClusterEnvType ClusterTitle ClusterType CreateWithLogIntegration KeyPair"),
    ...names("PodCIDR PublicSlb RegionId ServiceCIDR SnatEntry VpcId Vswitchids"),
  ],
  body: names("Password"),
  answers: names("ClusterInstanceId"),
});

const listClusters = defineAction({
  name: "ListCluster",
  method: "GET",
  mutating: false,
  query: names("BusinessCode EnvType PageNum PageSize"),
  answers: clusterAnswers,
});

const describeCluster = defineAction({
  name: "QueryClusterDetail",
  method: "GET",
  mutating: false,
  query: names("ClusterInstanceId"),
  answers: clusterAnswers,
});

const deleteCluster = defineAction({
  name: "DeleteCluster",
  method: "POST",
  mutating: true,
  query: names("ClusterInstanceId"),
});

const passwordRule = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[^A-Za-z\d]).{8,}$/;
const passwordText = "must have 8 characters or more, with a capital and a small letter, a digit and a sign";

const spec = z.strictObject({
  clusterTitle: described(immutable(text()), "the last segment of metadata.name where it is left out"),
  businessCode: described(
    immutable(z.enum(["JST", "NEW_RETAIL", "MINI_APP", "SUPPLY", "MESSAGE"])),
    "the business domain",
  ),
  clusterEnvType: described(immutable(z.enum(["test", "pro"])), "for tests, or for production"),
  clusterType: immutable(writeOnly(z.enum(["Windows", "Serverless", "Standard"]))),
  regionId: immutable(text()),
  vpcId: immutable(text()),
  vswitchIds: described(immutable(unordered(z.array(text()).min(1))), "the switches of its network"),
  podCidr: described(immutable(optionalText()), "the addresses of pods; needed unless the cluster is Serverless"),
  serviceCidr: described(immutable(optionalText()), "the addresses of services; needed unless it is Serverless"),
  keyPair: described(immutable(optionalText()), "the key pair of the machines that join; either this or a password"),
  password: described(
    immutable(writeOnly(secret(z.string().regex(passwordRule, passwordText).optional()))),
    "root's password on the machines that join; either this or a key pair",
  ),
  publicSlb: described(immutable(writeOnly(z.boolean().optional())), "whether the API server can be reached publicly"),
  snatEntry: described(immutable(writeOnly(z.boolean().default(true))), "whether the network gets a way out"),
  cloudMonitor: described(
    immutable(writeOnly(z.boolean().default(true))),
    "whether machines that join later are monitored",
  ),
  createWithLogIntegration: described(
    immutable(writeOnly(z.boolean().default(false))),
    "whether logs are collected; for Standard clusters alone",
  ),
});

type Wanted = z.output<typeof spec>;

/** A cluster. The vendor does not say that titles are unique; cairn recognises clusters by them all the same. */
export const cluster = defineResource({
  kind: "Cluster",
  description: "a Kubernetes cluster, to which environments are allocated",
  spec,
  naming: "clusterTitle",
  scope: [],
  identity: ({ clusterTitle }) => String(clusterTitle),
  constraints,
  protected: true,
  billable: true,
  readiness: {
    check: clusterCondition,
    removalFailure: clusterRemovalFailure,
    ...{ firstLookMs: 30_000, intervalMs: 15_000, timeoutMs: 1_800_000 },
  },
  calls: { list: listClusters, read: describeCluster, create: createCluster, remove: deleteCluster },
  list: listAll,
  read,
  create: async (api, creation) => {
    const answer = await api.call(createCluster, toParams(creation));
    return { id: idOf(recordOf(answer, "Result"), "ClusterInstanceId") };
  },
  remove: async (api, { id }) => {
    // A run that was killed may have begun it already.
    const isDone = async (): Promise<boolean> => {
      const live = await read(api, { id, spec: {} });
      return live === undefined || isGoing(live);
    };
    await callUnless(() => api.call(deleteCluster, { ClusterInstanceId: id }), isDone);
  },
});

function constraints(wanted: Wanted) {
  const { clusterType, keyPair, password, podCidr, serviceCidr, createWithLogIntegration } = wanted;
  const hasOwnNet = clusterType === "Serverless";
  const rules = [
    [keyPair && password, "password", "excludes keyPair; keep one of the two"],
    [!(keyPair || password), "keyPair", "is needed, or else a password; add one of the two"],
    [!(hasOwnNet || podCidr), "podCidr", `is needed for clusterType ${clusterType}; add it`],
    [!(hasOwnNet || serviceCidr), "serviceCidr", `is needed for clusterType ${clusterType}; add it`],
    [
      createWithLogIntegration && clusterType !== "Standard",
      "createWithLogIntegration",
      "is for clusterType Standard; take it out",
    ],
  ] as const;
  return rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ field, message }));
}

function toParams({ spec: wanted }: Creation<Wanted>) {
  return {
    ClusterTitle: wanted.clusterTitle,
    BusinessCode: wanted.businessCode,
    ClusterEnvType: wanted.clusterEnvType.toUpperCase(),
    ClusterType: wanted.clusterType,
    RegionId: wanted.regionId,
    VpcId: wanted.vpcId,
    Vswitchids: wanted.vswitchIds,
    PodCIDR: wanted.podCidr,
    ServiceCIDR: wanted.serviceCidr,
    KeyPair: wanted.keyPair,
    Password: wanted.password,
    PublicSlb: wanted.publicSlb === undefined ? undefined : Number(wanted.publicSlb),
    SnatEntry: Number(wanted.snatEntry),
    CloudMonitorFlags: Number(wanted.cloudMonitor),
    CreateWithLogIntegration: wanted.createWithLogIntegration ? true : undefined,
  };
}

async function listAll(api: RetailCloud): Promise<readonly Live[]> {
  return (await api.pages(listClusters, {}, { id: (row) => idOf(row, "InstanceId") })).map(clusterInRow);
}

/** The list alone shows how a cluster is; what it lacks is asked for by its id. */
async function read(api: RetailCloud, { id, spec: last }: Pick<Live, "id" | "spec">): Promise<Live | undefined> {
  const listed = (await listAll(api)).find((live) => live.id === id);
  if (listed !== undefined) return listed;
  const detail = await api.find(describeCluster, { ClusterInstanceId: id });
  return detail === undefined ? undefined : clusterInDetail(detail, { id, spec: last });
}
