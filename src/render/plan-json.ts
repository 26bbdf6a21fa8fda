import type { Address } from "../core/address.ts";
import type { Plan } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import { byText } from "../core/values.ts";
import { type CairnSection, cairnSection } from "./cairn-section.ts";
import { jsonText } from "./json-text.ts";
import { isChange } from "./plan-counts.ts";
import { referenceIds } from "./reference-id.ts";
import { resourceAddress } from "./resource-address.ts";
import {
  plannedSpec,
  type ResourceChange,
  type ResourceContext,
  resourceChange,
  resourceDrift,
} from "./resource-json.ts";

/** What a plan document says beyond the plan. */
export type PlanDocumentOptions = {
  readonly kinds: Kinds;
  readonly cairnVersion: string;
  /** Given, it stands as `terraform_version`, for tools that ask for one. */
  readonly terraformVersion?: string;
  /** Digests of everything that the plan read, by address. */
  readonly fingerprints?: Readonly<Record<Address, string>>;
};

/** Terraform's plan representation 1.2 with cairn's own knowledge under `cairn`. */
export type PlanDocument = {
  readonly format_version: "1.2";
  readonly terraform_version?: string;
  readonly planned_values: object;
  readonly resource_drift: readonly ResourceChange[];
  readonly resource_changes: readonly ResourceChange[];
  readonly configuration: object;
  /** True where apply has something to do and nothing stands in its way. */
  readonly applyable: boolean;
  /** False where errors, targets or excludes leave differences out of the plan. */
  readonly complete: boolean;
  readonly errored: boolean;
  readonly cairn: CairnSection;
};

/** A plan as a plain document. Every resource has an entry, unchanged ones as no-op. Pure; no secret is in it. */
export function planDocument(plan: Plan, options: PlanDocumentOptions): PlanDocument {
  const context = { plan, kinds: options.kinds, display: { referenceText: referenceIds(plan), secret: null } };
  const errored = plan.errors.length > 0;
  return {
    format_version: "1.2",
    ...(options.terraformVersion === undefined ? {} : { terraform_version: options.terraformVersion }),
    planned_values: plannedValues(plan, context),
    resource_drift: plan.changes.flatMap((change) => resourceDrift(change, context) ?? []),
    resource_changes: plan.changes.map((change) => resourceChange(change, context)),
    configuration: configuration(plan),
    applyable: !errored && plan.refusals.length === 0 && isActive(plan),
    complete: !errored && plan.left.length === 0,
    errored,
    cairn: cairnSection(plan, options),
  };
}

function isActive({ changes, operations }: Plan): boolean {
  return changes.some(isChange) || operations.some(({ action }) => action === "resume");
}

/** The plan document as JSON text. */
export function renderPlanJson(plan: Plan, options: PlanDocumentOptions): string {
  return jsonText(planDocument(plan, options));
}

function plannedValues({ changes }: Plan, context: ResourceContext): object {
  const resources = changes.flatMap((change) => {
    const planned = plannedSpec(change, context);
    if (planned === undefined) return [];
    return [
      { ...resourceAddress(change), schema_version: 0, values: planned.value, sensitive_values: planned.sensitive },
    ];
  });
  return { root_module: resources.length === 0 ? {} : { resources } };
}

/** What is declared, without expressions: manifests have none that Terraform's tools could follow. */
function configuration({ changes }: Plan): object {
  const declared = changes.filter(
    ({ action, after }) => after !== undefined && action !== "delete" && action !== "forget",
  );
  const providers = [...new Set(declared.map(({ cloud }) => cloud.provider))].sort(byText);
  const resources = declared.map((change) => {
    const { provider_name, ...rest } = resourceAddress(change);
    return { ...rest, provider_config_key: provider_name, schema_version: 0 };
  });
  return {
    provider_config: Object.fromEntries(providers.map((name) => [name, { name, full_name: name }])),
    root_module: resources.length === 0 ? {} : { resources },
  };
}
