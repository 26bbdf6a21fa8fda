import { recordOf } from "../../src/core/answer-fields.ts";
import type { Live, Readiness, Remark } from "../../src/core/kind.ts";
import type { Fields } from "../../src/core/values.ts";
import { idOf, present, textOf, textsOf } from "./decode.ts";

/** What the cloud calls the states of an add-on, in small letters; others are on their way, or may come round. */
const good = new Set(["running", "available"]);
const bad = new Set(["installfailed", "upgradefailed", "deletefailed", "rollbackfailed", "unknown"]);
const moving = new Set(["installing", "upgrading", "rollbacking", "deleting"]);

/** An add-on as lists and single answers show it. */
export function addonLive(item: Fields): Live {
  const shown = recordOf(item, "spec");
  const status = recordOf(item, "status");
  return {
    id: idOf(recordOf(item, "metadata"), "uid"),
    spec: present({
      clusterId: textOf(shown, "clusterID"),
      addonTemplateName: textOf(shown, "addonTemplateName"),
      version: textOf(shown, "version"),
      values: valuesOf(shown),
    }),
    facts: present({
      status: textOf(status, "status"),
      reason: textOf(status, "Reason") ?? textOf(status, "reason"),
      message: textOf(status, "message"),
      targetVersions: textsOf(status, "targetVersions"),
    }),
  };
}

/** Old add-ons show more parts than can be declared. */
function valuesOf(shown: Fields): Fields {
  const { basic, custom, flavor } = recordOf(shown, "values");
  return present({ basic, custom, flavor });
}

/** Whether an add-on works. One that is abnormal may still come round. */
export function addonReadiness({ facts = {} }: Live): Readiness {
  const status = textOf(facts, "status") ?? "without a status";
  if (good.has(status.toLowerCase())) return { state: "ready" };
  const why = [textOf(facts, "reason"), textOf(facts, "message")].filter((text) => text !== undefined);
  const reason = [status, ...why].join(": ");
  return { state: bad.has(status.toLowerCase()) ? "failed" : "pending", reason };
}

/** Why an add-on that was to be removed stays, once the cloud has given that up. */
export function addonRemovalFailure(live: Live): string | undefined {
  const seen = addonReadiness(live);
  return seen.state === "failed" && /^deletefailed/i.test(seen.reason) ? seen.reason : undefined;
}

/** While an add-on is on its way it can neither be changed nor removed; what failed or is abnormal can. */
export function addonStillness(item: Fields): Readiness {
  const status = textOf(recordOf(item, "status"), "status") ?? "";
  return moving.has(status.toLowerCase()) ? { state: "pending", reason: status } : { state: "ready" };
}

/** The cloud tells which versions it would upgrade to, and means it as advice. */
export function addonRemarks(
  { spec: live, facts = {} }: Live,
  wanted: Fields,
  changed: readonly string[],
): readonly Remark[] {
  const offered = textsOf(facts, "targetVersions") ?? [];
  if (!changed.includes("version") || wanted["version"] === undefined || offered.length === 0) return [];
  const message = `${live["addonTemplateName"]} ${live["version"]} can be upgraded to ${offered.join(", ")}, says the cloud`;
  const help = "declare one of these, or expect the cloud to refuse another one";
  return [{ field: "version", message, refuses: false, help }];
}
