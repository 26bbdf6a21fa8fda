import { recordOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Live, Readiness } from "../../src/core/kind.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { names } from "./action.ts";
import { idOf, shown, textOf } from "./decode.ts";

/** The fields of a cluster in the answers of its list and its detail. */
export const clusterAnswers = [
  ...names("InstanceId ClusterTitle BusinessCode EnvType RegionId VpcId VswitchIds PodCIDR ServiceCIDR KeyPair"),
  ...names("Status CreateStatus BasicInfo ClusterInstanceId ClusterName Vswitchs NetInfo ProdCIDR"),
];

/** A cluster as a row of the list shows it. Rows may hold root's password in clear: it goes no further than here. */
export function clusterInRow(row: Fields): Live {
  return {
    id: idOf(row, "InstanceId"),
    spec: shown({
      clusterTitle: textOf(row, "ClusterTitle"),
      ...common(row),
      vswitchIds: row["VswitchIds"],
      podCidr: textOf(row, "PodCIDR"),
      serviceCidr: textOf(row, "ServiceCIDR"),
      keyPair: textOf(row, "KeyPair"),
    }),
    facts: shown({ status: textOf(row, "Status"), createStatus: textOf(row, "CreateStatus") }),
  };
}

/** A cluster as its detail shows it; what details leave out is as it was known last. */
export function clusterInDetail(detail: Fields, { id, spec: last }: Pick<Live, "id" | "spec">): Live {
  const [basics, net] = [recordOf(detail, "BasicInfo"), recordOf(detail, "NetInfo")];
  const seen = shown({
    clusterTitle: textOf(basics, "ClusterName"),
    ...common(basics),
    vswitchIds: basics["Vswitchs"],
    podCidr: textOf(net, "ProdCIDR"),
    serviceCidr: textOf(net, "ServiceCIDR"),
  });
  const { businessCode, clusterEnvType, keyPair } = last;
  // The answer's own id, so that an answer about another cluster is noticed.
  const own = textOf(basics, "ClusterInstanceId") ?? id;
  return { id: own, spec: { ...shown({ businessCode, clusterEnvType, keyPair }), ...seen } };
}

/** The API documents one state, "running": whatever does not sound final counts as on its way. */
export function clusterCondition(live: Live): Readiness {
  const status = textOf(live.facts ?? {}, "status");
  if (status === undefined) return { state: "pending", reason: "the list of clusters does not show it yet" };
  if (status === "running") return { state: "ready" };
  const step = textOf(live.facts ?? {}, "createStatus");
  const reason = `its status is "${status}"${step === undefined ? "" : ` (CreateStatus ${step})`}`;
  return { state: isGoing(live) || /fail|error/i.test(status) ? "failed" : "pending", reason };
}

/** Why a cluster that was to be deleted stays, where its status sounds as if the cloud had given that up. */
export function clusterRemovalFailure(live: Live): string | undefined {
  const status = textOf(live.facts ?? {}, "status") ?? "";
  return /delet/i.test(status) && !isGoing(live) ? `its status is "${status}"` : undefined;
}

/** True for a cluster whose deletion has begun, and has not failed. */
export function isGoing({ facts = {} }: Live): boolean {
  return /delet(?!.*(?:fail|error))/i.test(textOf(facts, "status") ?? "");
}

function common(row: Fields): Readonly<Record<string, Value | undefined>> {
  const type = wholeOf(row, "EnvType");
  return {
    businessCode: textOf(row, "BusinessCode"),
    clusterEnvType: type === undefined ? undefined : ["test", "pro"][type],
    regionId: textOf(row, "RegionId"),
    vpcId: textOf(row, "VpcId"),
  };
}
