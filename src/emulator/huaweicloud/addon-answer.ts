import { versionOf } from "./addon-values.ts";
import { newerThan } from "./addon-version.ts";
import type { Addon } from "./tables.ts";
import { templateOf } from "./templates.ts";

/** An add-on as CCE shows it. In the manual's samples `targetVersions` is null, and there is nothing about rollbacks. */
export function addonAnswer(addon: Addon, wire: "sdk" | "manual"): object {
  const { uid, clusterID, version, addonTemplateName, values = {} } = addon;
  const { creationTimestamp = EPOCH, updateTimestamp = EPOCH, Reason = "", message = "" } = addon;
  const template = templateOf(addonTemplateName);
  const { status = "running", previousVersion } = addon;
  const more = {
    targetVersions: newerThan(template, version),
    isRollbackable: previousVersion !== undefined,
    ...(previousVersion === undefined ? {} : { previousVersion }),
  };
  return {
    kind: "Addon",
    apiVersion: "v3",
    metadata: { uid, name: addonTemplateName, creationTimestamp, updateTimestamp },
    spec: {
      ...{ clusterID, version, addonTemplateName, addonTemplateType: "helm", addonTemplateLogo: "" },
      ...{ addonTemplateLabels: [template.label], description: template.description, values },
    },
    status: {
      ...{ status, Reason, message },
      ...(wire === "sdk" ? more : { targetVersions: null }),
      currentVersion: versionOf(template, version),
    },
  };
}

const EPOCH = "1970-01-01T00:00:00Z";
